"""How groups are named, and lists of them kept short: what is left out stands in the table."""

from __future__ import annotations

from collections.abc import Iterable

from evenground.evidence import Message, Parameter, Table
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.predicting import Judged

MORE_UNTOLD = "caveat.group.more"
MOST_NAMED = 6
"""A sentence names so many groups."""


def named_group(name: str) -> Parameter:
    """Return a group's name, or words for rows without one."""
    return name or Message(code="group.none")


def few(said: Iterable[Message], more: str = "group.more") -> tuple[Message, ...]:
    """Return the first of many messages, and one that tells of more: the wording ``more``."""
    listed = tuple(said)
    if len(listed) <= MOST_NAMED:
        return listed
    return (*listed[:MOST_NAMED], Message(code=more))


def table_key(name: str, audit: DatasetAudit, judged: Judged) -> str:
    """Return the key of a table by group; that by area stands beside one by group."""
    beside = judged.by == "area" and audit.roles.group
    return f"{name}_by_area_{audit.key}" if beside else f"{name}_{audit.key}"


def column_of(audit: DatasetAudit, judged: Judged) -> str:
    """Return the column that tells groups, or areas, apart."""
    return str(getattr(audit.roles, judged.by))


def table_by_group(
    name: str,
    audit: DatasetAudit,
    judged: Judged,
    *,
    columns: tuple[str, ...],
    rows: tuple[tuple[Parameter, ...], ...],
) -> Table:
    """Return a table by group or by area, with the title ``table.<name>``."""
    known = {"title": audit.title, "by": column_of(audit, judged)}
    return Table(
        key=table_key(name, audit, judged),
        columns=columns,
        rows=rows,
        title=Message(code=f"table.{name}", parameters=known),
    )
