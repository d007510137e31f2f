"""Write the reference pages on what a city and an initiative declare, and on wording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from evenground.workspace import declared_keys as keys

if TYPE_CHECKING:
    from evenground.protocol import Question
    from evenground.schema import Column, TableSchema

Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]
Limits = Callable[["Column"], str]

CITY_LEAD = """\
What `city.toml` says beside [where its tables are](../table-entries.md). `evenground new city`
writes one with every key explained. In a [workbook](../../how-to/workbooks.md), the same keys stand
in the sheets of the same names.
"""
INITIATIVE_LEAD = """\
What `initiative.toml` says beside [where its tables are](../table-entries.md). Everything but title
and stage may be left out; the dossier then says "not given" and whom to ask. `evenground new
initiative` writes one with every key explained.
"""
WORDING_LEAD = """\
Every sentence that a dossier may hold, question by question, as it stands before names and numbers
are filled in. `{n:count}` is a number, `{moved:share}` a share told as "about two in three" or in
per cent, `{metres:metres}` a distance; how finely each is told depends on its interval.
[Translators](../../how-to/translate.md) work on these.
"""
KINDS = {keys.LIST: "list of texts", keys.YEARS: "amount by year", keys.NAMES: "name by value"}


def keys_section(title: str, schema: TableSchema, *, table: Table, limits: Limits) -> str:
    """Return the section on the keys of one part of a file."""
    rows = [
        (
            f"`{column.name}`{' (required)' if column.required else ''}",
            KINDS.get(column.unit, column.kind.value),
            limits(column),
            column.meaning,
            f"`{column.example}`" if column.example else "",
        )
        for column in schema.columns
    ]
    header = ("Key", "Type", "Values", "Meaning", "Example")
    return f"## {title}\n\n{schema.meaning}.\n\n{table(header, rows)}"


def city_page(table: Table, limits: Limits) -> str:
    """Return the page on ``city.toml``."""
    parts = (
        ("At the top", keys.CITY),
        ("`[levels.…]`", keys.LEVELS),
        ("`[[groups]]`", keys.GROUPS),
        ("`[[baselines]]`", keys.BASELINES),
    )
    sections = [keys_section(title, one, table=table, limits=limits) for title, one in parts]
    settings = "## `[settings]`\n\nEvery one is listed on [the page of settings](settings.md).\n"
    return "\n".join(["# `city.toml`\n", CITY_LEAD, *sections, settings])


def initiative_page(table: Table, limits: Limits) -> str:
    """Return the page on ``initiative.toml``."""
    parts = (
        ("At the top, `[decision]` and `[made_by]`", keys.INITIATIVE),
        ("`[[problems]]`", keys.PROBLEMS),
        ("`[[options]]`", keys.OPTIONS),
        ("Costs of an option", keys.COSTS),
    )
    sections = [keys_section(title, one, table=table, limits=limits) for title, one in parts]
    cost = (
        "In the text file, costs stand with their option: `cost = {2026 = 890000, 2027 = 168000}`. "
        "The table above is the sheet `costs` of a workbook.\n"
    )
    return "\n".join(["# `initiative.toml`\n", INITIATIVE_LEAD, *sections, cost])


def wording_page(questions: Sequence[Question], table: Table) -> str:
    """Return the page on the sentences of every question that has any."""
    parts = ["# Wording\n", WORDING_LEAD]
    for question in questions:
        rows = [
            (f"`{code}`", one if isinstance(one, str) else " / ".join(one))
            for code, one in question.wording.items()
            if one
        ]
        if rows:
            parts += [f"## {question.title}\n", table(("Code", "Sentence"), rows)]
    return "\n".join(parts)
