"""Join what a TOML file and the workbook beside it declare: each fills the other's gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from evenground.declaration import Declaration, Path, Written
from evenground.errors import Place, Problem, ProblemKind, Severity
from evenground.language import N_

SAID_TWICE = ProblemKind(
    code="said_twice",
    severity=Severity.NOTE,
    what=N_("{column} is {value} in {file} and {other} in {workbook}."),
    rule=N_("One thing can hold only one value; the one in {file} was used."),
    way_out=N_("Empty one of the two."),
)
ELSEWHERE = ("tables", "format", "data")
"""Keys that say where data lie; the file that is read first says so."""


def joined(first: Declaration, second: Declaration) -> Declaration:
    """Return both declarations as one; where both say something, ``first`` holds and it is noted.

    Tables with keys are joined key by key, lists of tables by the ``key`` of each.
    """
    join = _Join(first, second)
    other = {key: value for key, value in second.values.items() if key not in ELSEWHERE}
    values = join.tables(first.values, other, (), ())
    written = Written(file=first.written.file, places=join.places)
    problems = [*first.problems, *second.problems, *join.problems]
    return Declaration(values, written=written, problems=problems)


class _Join:
    def __init__(self, first: Declaration, second: Declaration) -> None:
        self.first = first.written
        self.second = second.written
        self.places: dict[Path, Place] = dict(first.written.places)
        self.problems: list[Problem] = []

    def tables(
        self, mine: Mapping[str, Any], other: Mapping[str, Any], at: Path, other_at: Path
    ) -> dict[str, Any]:
        """Join two tables; ``at`` is where they stand in the result, ``other_at`` in the second."""
        result = dict(mine)
        for key, value in other.items():
            here, there = (*at, key), (*other_at, key)
            if _blank(value):
                continue
            held = result.get(key)
            if _blank(held):
                result[key] = value
                self._take_places(here, there)
            elif isinstance(held, dict) and isinstance(value, dict):
                result[key] = self.tables(
                    cast("dict[str, Any]", held), cast("dict[str, Any]", value), here, there
                )
            elif _is_rows(held) and _is_rows(value):
                held_rows = cast("list[dict[str, Any]]", held)
                result[key] = self.rows(held_rows, cast("list[dict[str, Any]]", value), here, there)
            elif _words(held) != _words(value):
                self._twice(here, there, held, value)
        return result

    def rows(
        self, mine: list[dict[str, Any]], other: list[dict[str, Any]], at: Path, other_at: Path
    ) -> list[dict[str, Any]]:
        """Join two lists of tables by the key of each; rows without one are all kept."""
        result = list(mine)
        known = {str(row["key"]): place for place, row in enumerate(mine) if row.get("key")}
        for number, row in enumerate(other):
            place = known.get(str(row.get("key", "")))
            there = (*other_at, number)
            if place is not None:
                result[place] = self.tables(result[place], row, (*at, place), there)
            elif row not in result:
                self._take_places((*at, len(result)), there)
                result.append(row)
        return result

    def _take_places(self, here: Path, there: Path) -> None:
        for path, place in self.second.places.items():
            if path[: len(there)] == there:
                self.places[*here, *path[len(there) :]] = place
        self.places.setdefault(here, self.second.place(there))

    def _twice(self, here: Path, there: Path, held: object, value: object) -> None:
        place, other = self.first.place(here), self.second.place(there)
        self.problems.append(
            SAID_TWICE.at(place, value=_words(held), other=_words(value), workbook=other.file)
        )


def _blank(value: object) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(row, dict) for row in cast("list[Any]", value)
    )


def _words(value: object) -> str:
    """Write a value as a sheet would, so that both kinds of file can be compared."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(_words(one) for one in cast("list[object]", value))
    text = str(value).strip()
    return {"true": "yes", "false": "no"}.get(text, text)
