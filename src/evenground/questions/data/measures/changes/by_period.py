"""What was asked of a table, laid out period by period in the order of time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import settled
from evenground.questions.data.measures.changes.asked import (
    CATEGORIES,
    FORMS,
    PERIODS,
    QUARTERS,
    TIMES,
)
from evenground.questions.data.measures.changes.looked_at import LookedAt
from evenground.questions.data.measures.changes.periods import Period, in_order
from evenground.questions.data.measures.columns.column_profile import Writing

if TYPE_CHECKING:
    import pyarrow as pa

CODE = "code"
"""Form of a short text without spaces or small letters; other words are ``words``."""
NUMBER = "number"
"""Form of everything that is written as a plain number."""
_PLAIN = (
    Writing.WHOLE.value, Writing.LEADING_ZERO.value, Writing.POINT.value, Writing.COMMA.value,
    Writing.THOUSANDS.value, Writing.COMMA_OR_THOUSANDS.value,
)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NOTHING = (Writing.EMPTY.value, Writing.SIGN.value)
Counts = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Numbers of a column by period, shape ``(periods,)``: other than zero, without their signs.

    ``at`` has shape ``(periods, 3)``: lower quarter, middle, upper quarter; ``nan`` without any.
    """

    n: Counts
    total: Floats
    at: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ByPeriod:
    """Figures by period.

    Attributes
    ----------
    labels
        The periods, in the order of time; shape ``(periods,)``.
    n_rows
        Rows of each period.
    filled
        Column to rows with a value, by period.
    categories
        Column to category to rows, by period.
    forms
        Column to form and length of text to rows, by period.
    sizes
        Column of numbers to its figures.
    short
        Whether a year has several periods.
    """

    labels: tuple[str, ...]
    n_rows: Counts
    filled: Mapping[str, Counts]
    categories: Mapping[str, Mapping[str, Counts]] = field(
        default_factory=dict[str, Mapping[str, Counts]]
    )
    forms: Mapping[str, Mapping[tuple[str, int], Counts]] = field(
        default_factory=dict[str, Mapping[tuple[str, int], Counts]]
    )
    sizes: Mapping[str, Sizes] = field(default_factory=dict[str, Sizes])
    short: bool = False


def by_period(found: Mapping[str, pa.Table], looked: LookedAt, period: Period) -> ByPeriod:
    """Return the figures of ``asked``, periods in order; rows may come in any order.

    Rows of a period that is written in two ways are added up; its quarters are of most of them.
    """
    times = {row["period"]: row["time"] for row in _rows(found.get(TIMES))}
    rows = _rows(found[PERIODS])
    at, written = in_order((row["period"] for row in rows), period, times)
    places: list[list[dict[str, Any]]] = [[] for _ in written]
    for row in sorted(rows, key=lambda row: (-row["n_rows"], str(row["period"]))):
        if row["period"] in at:
            places[at[row["period"]]].append(row)
    names = {column.position: column.name for column in (*looked.categories, *looked.forms)}
    values = _texts(_rows(found.get(CATEGORIES)), at, names)
    formed = {**values, **_texts(_rows(found.get(FORMS)), at, names)}
    return ByPeriod(
        labels=written,
        n_rows=_whole(places, "n_rows"),
        filled={one.name: _whole(places, f"{one.position}_filled") for one in looked.presence},
        categories={name: _added(texts, "value", len(written)) for name, texts in values.items()},
        forms={name: _added(texts, "form", len(written)) for name, texts in formed.items()},
        sizes={one.name: _sizes(places, one.position) for one in looked.numbers},
        short=period.short,
    )


def _rows(table: pa.Table | None) -> list[dict[str, Any]]:
    return table.to_pylist() if table is not None else []


def _texts(
    rows: Sequence[Mapping[str, Any]], at: Mapping[str | int, int], names: Mapping[int, str]
) -> dict[str, list[dict[str, Any]]]:
    """Return the texts of each column that say something, with their form and period."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["looks"] not in _NOTHING and row["period"] in at:
            form = (_form(row["looks"], is_code=row["code"]), row["length"])
            told = {**row, "at": at[row["period"]], "form": form}
            if "value" in row:
                told["value"] = row["value"].strip()
            found.setdefault(names[row["position"]], []).append(told)
    return found


def _form(looks: str, *, is_code: bool) -> str:
    if looks in _PLAIN:
        return NUMBER
    return CODE if is_code and looks == Writing.WORDS.value else looks


def _added(texts: Sequence[Mapping[str, Any]], key: str, periods: int) -> dict[Any, Counts]:
    found: dict[Any, Counts] = {}
    for text in texts:
        n = found.setdefault(text[key], np.zeros(periods, dtype=np.int64))
        n[text["at"]] += text["n"]
    return found


Places = Sequence[Sequence[Mapping[str, Any]]]
"""The rows of each period: one, or several where it is written in several ways, most first."""


def _whole(places: Places, name: str) -> Counts:
    return np.array([sum(int(row[name] or 0) for row in rows) for rows in places], dtype=np.int64)


def _floats(values: Iterable[float | None]) -> Floats:
    known = (np.nan if value is None else settled(float(value)) for value in values)
    return np.array(list(known), dtype=np.float64)


def _sizes(places: Places, position: int) -> Sizes:
    none = [None] * len(QUARTERS)
    quarters = [rows[0][f"{position}_quarters"] or none for rows in places]
    totals = (sum(row[f"{position}_total"] or 0 for row in rows) for rows in places)
    return Sizes(
        n=_whole(places, f"{position}_sized"),
        total=_floats(totals),
        at=_floats(one for row in quarters for one in row).reshape(-1, len(QUARTERS)),
    )


def together(parts: Iterable[Counts], periods: int) -> Counts:
    """Return the sum of counts by period; zeros where there are none."""
    total = np.zeros(periods, dtype=np.int64)
    for part in parts:
        total += part
    return total


def says_period(categories: Mapping[str, Counts], labels: Sequence[str]) -> bool:
    """Whether most categories bear the year of the period that they are in: names of files, say."""
    years = [found[0] if (found := _YEAR.search(label)) else "" for label in labels]
    said = sum(
        all(years[at] and years[at] in name for at in np.flatnonzero(n))
        for name, n in categories.items()
    )
    return said > len(categories) / 2
