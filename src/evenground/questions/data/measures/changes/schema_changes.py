"""Columns that come, go or change their type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.measures.changes.absences import EXPECTED, absences
from evenground.questions.data.measures.changes.by_period import ByPeriod
from evenground.questions.data.measures.checks import Check

NAME = "schema_changes"
Files = Mapping[str, Mapping[str, str]]


def schema_changes(files: Files, periods: ByPeriod | None) -> Check:
    """Return the check of columns that are not the same in every file, or empty in whole periods.

    Parameters
    ----------
    files
        File to its columns, each with its type, in order.
    periods
        Figures by period of what is in the files, if rows belong to periods.

    Returns
    -------
    Check
        ``detail``: ``files`` (how many), ``changes`` from each file to the next (``added``,
        ``removed``, ``renamed`` where only capitals, spaces and signs differ, ``retyped``),
        ``empty`` (column, and the periods from which to which it holds nothing), ``columns``.
    """
    several = len(files) > 1
    code = "files" if several else "periods"
    definition = Message(code=f"definition.{NAME}.{code}", parameters={"expected": int(EXPECTED)})
    if not several and periods is None:
        reason = Message(code="reason.one_file")
        return Check.not_established(NAME, unit="columns", definition=definition, reason=reason)
    changes = list(_between(files))
    empty = list(_empty(periods)) if periods is not None else []
    columns = {name for change in changes for name in change["columns"]}
    columns |= {one["column"] for one in empty}
    check = Check.counted(NAME, len(columns), unit="columns", definition=definition)
    return check.showing(columns=sorted(columns), files=len(files), changes=changes, empty=empty)


def _between(files: Files) -> Iterator[dict[str, Any]]:
    for (before, was), (after, now) in pairwise(files.items()):
        removed = [name for name in was if name not in now]
        added = [name for name in now if name not in was]
        renamed = list(_renamed(removed, added))
        retyped = [
            {"column": name, "was": was[name], "now": kind}
            for name, kind in now.items()
            if name in was and was[name] != kind
        ]
        if not (removed or added or retyped):
            continue
        old, new = ({pair[side] for pair in renamed} for side in (0, 1))
        yield {
            "before": before,
            "after": after,
            "added": sorted(name for name in added if name not in new),
            "removed": sorted(name for name in removed if name not in old),
            "renamed": renamed,
            "retyped": sorted(retyped, key=lambda one: one["column"]),
            "columns": sorted({*removed, *added, *(one["column"] for one in retyped)}),
        }


def _renamed(removed: list[str], added: list[str]) -> Iterator[list[str]]:
    """Yield pairs of an old and a new name that differ only in capitals, spaces and signs."""
    news = {_bare(name): name for name in sorted(added, reverse=True)}
    for name in sorted(removed):
        new = news.pop(_bare(name), None)
        if new is not None:
            yield [name, new]


def _bare(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _empty(periods: ByPeriod) -> Iterator[dict[str, Any]]:
    for column, filled in sorted(periods.filled.items()):
        for one in absences(filled, periods.n_rows):
            if one.expected >= EXPECTED:
                yield {
                    "column": column,
                    "from": periods.labels[one.first],
                    "to": periods.labels[one.last],
                    "rows": int(periods.n_rows[one.first : one.last + 1].sum()),
                }
