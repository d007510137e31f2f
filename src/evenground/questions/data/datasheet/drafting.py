"""Draft a datasheet as TOML for a person to finish: what is known stands, the rest is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenground.language import N_, Language
from evenground.questions.data.datasheet import schemas
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.datasheet.toml_values import toml_key, toml_value
from evenground.questions.data.datasheet.writing import as_mapping
from evenground.questions.data.measures.columns.column_profile import ColumnProfile, Holds
from evenground.schema import Column, Kind, TableSchema

WIDTH = 96
"""Characters to a line of a comment."""
MOST_COLUMNS = 60
"""Columns that are asked about one by one; of the others only what is known is written."""
_HEAD = N_(
    "Datasheet: what no data can show. Fill in what you know; a line that begins with # is a note "
    "or an example, and takes effect once the # is gone. What stays empty stays open: nothing is "
    "held against the data because nobody wrote it down, and nothing is taken as met."
)
_GUESSED = N_("guessed: {reason}")
_CHECK = N_("These were guessed from the data. Please correct them.")
_FOUND = N_(
    "Found in the data: {low} to {high}. Write what the instrument can give, not what was found."
)
_MORE = N_("Further columns of the data ({n}) are asked about in the same way: [columns.name]")
_ONE_OF = N_("one of: {choices}")
_TABLE_OF = {
    "access": schemas.ACCESS,
    "roles": schemas.ROLES,
    "columns": schemas.COLUMN,
    "needed": schemas.NEEDED,
    "reference": schemas.REFERENCE,
    "colocated": schemas.COLOCATED,
    "models": schemas.MODELS,
    "declared": schemas.DECLARED,
    "changes": schemas.CHANGES,
}
_DECLARED_FIRST = (
    "sustainability_and_reliability", "methodological_transparency", "relevance", "legal_basis",
)  # fmt: skip
"""What only a person can vouch for."""


def draft(
    sheet: Datasheet,
    *,
    speaks: Language,
    profiles: Sequence[ColumnProfile] = (),
    guessed: Mapping[str, str] | None = None,
) -> str:
    """Return a datasheet as commented TOML; read back, it is the same datasheet.

    Parameters
    ----------
    sheet
        What is known already: a title, roles that were guessed, a cadence that was found.
    speaks
        Language of the notes.
    profiles
        What the columns hold, so that each is asked about with its own extremes.
    guessed
        Why a role was guessed, in words, by role.
    """
    known = as_mapping(sheet)
    writer = _Draft(known, speaks, guessed or {})
    lines = [*writer.note(speaks.text(_HEAD)), "", "format = 1", *writer.keys(schemas.DATASHEET)]
    lines += writer.table("access", known.get("access", {}))
    lines += writer.roles()
    lines += writer.columns(profiles)
    lines += writer.by_name("needed", ("operate", "decide"))
    lines += writer.table("reference", known.get("reference", {}))
    for name in ("colocated", "models"):
        lines += writer.several(name)
    lines += writer.declared()
    lines += writer.several("changes")
    return "\n".join(lines) + "\n"


class _Draft:
    """Writes the parts of one datasheet; ``known`` is what stands, the rest are examples."""

    def __init__(
        self, known: Mapping[str, Any], speaks: Language, guessed: Mapping[str, str]
    ) -> None:
        self.known, self.speaks, self.guessed = known, speaks, guessed

    def note(self, text: str) -> list[str]:
        lines, line = list[str](), "#"
        for word in " ".join(text.split()).split(" "):
            if len(line) + 1 + len(word) > WIDTH:
                lines.append(line)
                line = "#"
            line += f" {word}"
        return [*lines, line]

    def keys(self, schema: TableSchema) -> Iterator[str]:
        """Write the keys at the top, each under its explanation."""
        for column in schema.columns:
            yield ""
            yield from self.note(self._told(column))
            yield self._line(column, self.known)

    def table(self, name: str, known: Mapping[str, Any]) -> list[str]:
        """Write one table; where nothing of it is known, all of it is an example."""
        schema = _TABLE_OF[name]
        return [
            "",
            *self.note(self.speaks.text(schema.meaning)),
            *self._body(f"[{name}]", schema, known),
        ]

    def several(self, name: str) -> list[str]:
        """Write a list of tables, or an example of one."""
        schema = _TABLE_OF[name]
        lines = ["", *self.note(self.speaks.text(schema.meaning))]
        for one in self.known.get(name) or [{}]:
            lines += self._body(f"[[{name}]]", schema, one)
        return lines

    def by_name(self, name: str, first: Sequence[str]) -> list[str]:
        """Write tables within a table: those that are known, and those always asked for."""
        schema = _TABLE_OF[name]
        known: Mapping[str, Any] = self.known.get(name, {})
        lines = ["", *self.note(self.speaks.text(schema.meaning))]
        for inner in dict.fromkeys((*first, *known)):
            head = f"[{name}.{toml_key(inner)}]"
            lines += self._body(head, schema, known.get(inner, {}), there=inner in known)
        return lines

    def declared(self) -> list[str]:
        schema = _TABLE_OF["declared"]
        known: Mapping[str, Any] = self.known.get("declared", {})
        lines = ["", *self.note(self.speaks.text(schema.meaning))]
        for name in dict.fromkeys((*_DECLARED_FIRST, *known)):
            head = f"[[declared.{toml_key(name)}]]"
            for one in known.get(name) or [{}]:
                there = name in known
                lines += self._body(head, schema, one, there=there)
        return lines

    def roles(self) -> list[str]:
        lines = self.table("roles", self.known.get("roles", {}))
        if not self.guessed:
            return lines
        check = self.note(self.speaks.text(_CHECK))
        reasons = [
            line
            for role, reason in self.guessed.items()
            for line in self.note(f"{role}: {self.speaks.text(_GUESSED).format(reason=reason)}")
        ]
        return [*lines[:2], *check, *reasons, *lines[2:]]

    def columns(self, profiles: Sequence[ColumnProfile]) -> list[str]:
        schema = _TABLE_OF["columns"]
        known: Mapping[str, Any] = self.known.get("columns", {})
        by_name = {profile.name: profile for profile in profiles[:MOST_COLUMNS]}
        lines = ["", *self.note(self.speaks.text(schema.meaning))]
        for name in dict.fromkeys((*by_name, *known)):
            lines += self._body(
                f"[columns.{toml_key(name)}]", schema, known.get(name, {}), there=name in known,
                notes=self._found(by_name.get(name)),
            )  # fmt: skip
        if not by_name and not known:
            lines += self._body("[columns.pm25]", schema, {})
        left = len(profiles) - len(by_name)
        more = self.note(self.speaks.text(_MORE).format(n=left)) if left else []
        return [*lines, *more]

    def _found(self, profile: ColumnProfile | None) -> list[str]:
        if profile is None or profile.low is None or profile.high is None:
            return []
        if profile.holds in {Holds.DAY, Holds.MOMENT, Holds.MOMENT_UTC, Holds.FLAG}:
            return []
        found = self.speaks.text(_FOUND).format(low=f"{profile.low:g}", high=f"{profile.high:g}")
        return self.note(found)

    def _body(
        self,
        header: str,
        schema: TableSchema,
        known: Mapping[str, Any],
        *,
        there: bool = False,
        notes: Sequence[str] = (),
    ) -> list[str]:
        """Write one table with a line for each key; without anything known it is an example."""
        mark = "" if known or there else "# "
        keys = (f"{self._line(one, known)}    # {self._told(one)}" for one in schema.columns)
        return ["", f"{mark}{header}", *notes, *keys]

    def _line(self, column: Column, known: Mapping[str, Any]) -> str:
        key = toml_key(column.name)
        if column.name in known:
            return f"{key} = {toml_value(known[column.name])}"
        return f"# {key} = {_example(column)}"

    def _told(self, column: Column) -> str:
        meaning = self.speaks.text(column.meaning)
        if not column.choices:
            return meaning
        listed = self.speaks.text(_ONE_OF).format(choices=", ".join(column.choices))
        return f"{meaning}; {listed}"


def _example(column: Column) -> str:
    example = column.example or next(iter(column.choices), "")
    if column.unit == schemas.LIST:
        parts = [part.strip() for part in example.split(";") if part.strip()]
        number = column.kind is Kind.NUMBER
        return "[" + ", ".join(part if number else toml_value(part) for part in parts) + "]"
    if column.unit == schemas.NAMES:
        pairs = [part.partition("=") for part in example.split(";")]
        return toml_value({key.strip(): text.strip() for key, _, text in pairs})
    if column.kind is Kind.DATE:
        return "2026-03-01"
    if column.kind is Kind.BOOLEAN:
        return "true" if example == "yes" else "false"
    if column.kind in {Kind.INTEGER, Kind.NUMBER}:
        return example or "0"
    return toml_value(example)
