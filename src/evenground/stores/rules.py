"""Check one converted column against the rules of the data model, and say what was assumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, Problem, ProblemKind, nearest_name
from evenground.schema import Column, Kind
from evenground.stores import table_messages as say
from evenground.stores.cells.conversion import Converted, Why
from evenground.stores.cells.dates import is_year
from evenground.stores.cells.numbers import readings
from evenground.stores.draft import Draft
from evenground.stores.listing import capped

PER_CENT = 100


def check_column(
    draft: Draft, column: Column, source: str, converted: Converted, *, marks: bool = True
) -> Converted:
    """Return the column with values that break a rule taken out, each said with its row.

    Parameters
    ----------
    draft
        The table being read; problems are added to it.
    column
        The model's column.
    source
        The column's name in the file.
    converted
        The converted column.
    marks
        Whether to say which signs were read as missing or withheld.
    """
    place = replace(draft.raw.place, column=source)
    if marks:
        _say_marks(draft, place, converted)
    _say_style(draft, column, place, converted)
    _say_unreadable(draft, column, place, converted)
    if column.kind in {Kind.NUMBER, Kind.INTEGER}:
        converted = _as_share(draft, column, place, converted)
        converted = _within_bounds(draft, column, place, converted)
        converted = _not_all_zero(draft, column, place, converted)
    if column.kind is Kind.INTEGER:
        converted = _whole(draft, place, converted)
    if column.choices:
        converted = _chosen(draft, column, place, converted)
    return converted


def _say_marks(draft: Draft, place: Place, converted: Converted) -> None:
    """Say which signs were read as missing or withheld, each with its number of rows."""
    kinds = {
        Why.MISSING: say.READ_AS_MISSING,
        Why.WITHHELD: say.READ_AS_WITHHELD,
        Why.PLACEHOLDER: say.PLACEHOLDER_DATES,
    }
    for why, kind in kinds.items():
        for text, rows in converted.texts_of(why):
            kept = rows[draft.kept[rows]]
            if len(kept):
                at = draft.at(int(kept[0]), place.column)
                draft.say(kind.at(at, value=text, n_rows=len(kept), table=draft.schema.name))


def _say_style(draft: Draft, column: Column, place: Place, converted: Converted) -> None:
    style = converted.style
    if not style.name:
        return
    is_date = column.kind is Kind.DATE
    first = _first_row(draft, place)
    if not style.sure:
        kind = say.DATE_ORDER_OPEN if is_date else say.DECIMAL_MARK_OPEN
        draft.say(kind.at(first, value=style.name, table=draft.schema.name))
    elif not is_date and style.shown and style.name == ",":
        draft.say(say.DECIMAL_COMMA.at(first, value=style.name, table=draft.schema.name))
    if is_date and converted.cells is not None:
        year = next((text for text in converted.cells.texts if is_year(text)), "")
        if year:
            draft.say(say.YEARS_AS_DATES.at(first, value=year))
    if style.mixed:
        at = _first_other(draft, converted, place, first)
        draft.say(say.DECIMAL_MARKS_MIXED.at(at, value=style.name, table=draft.schema.name))


def _first_other(draft: Draft, converted: Converted, place: Place, first: Place) -> Place:
    """Return the place of the first cell that can be read with the other decimal mark only."""
    if converted.cells is None:
        return first
    for position, distinct in enumerate(converted.cells.index):
        read = readings(converted.cells.texts[distinct])
        wanted = read.comma if converted.style.name == "," else read.point
        if wanted is None and (read.point is not None or read.comma is not None):
            return draft.at(position, place.column)
    return first


def _first_row(draft: Draft, place: Place) -> Place:
    return replace(place, row=int(draft.raw.rows[0])) if len(draft.raw.rows) else place


def _say_unreadable(draft: Draft, column: Column, place: Place, converted: Converted) -> None:
    kind = {
        Kind.DATE: say.NOT_A_DATE,
        Kind.BOOLEAN: say.NOT_YES_OR_NO,
    }.get(column.kind, say.NOT_A_NUMBER)
    found = [(text, rows[draft.kept[rows]]) for text, rows in converted.unreadable()]
    _list(draft, place, [(t, r) for t, r in found if len(r)], lambda _: kind)


def _list(
    draft: Draft,
    place: Place,
    found: list[tuple[str, NDArray[np.int64]]],
    kind_of: Callable[[str], ProblemKind],
    **fields: Any,
) -> None:
    """List problems in the order of their rows; beyond a number they are counted."""
    ordered = sorted(found, key=lambda one: int(one[1][0]))
    draft.say(
        *capped(
            kind_of(text).at(
                draft.at(int(rows[0]), place.column), value=text, n_rows=len(rows), **fields
            )
            for text, rows in ordered
        )
    )


def _numbers(converted: Converted) -> NDArray[np.float64]:
    values: Any = converted.values.cast("float64")
    return values.to_numpy(zero_copy_only=False)


def _within_bounds(draft: Draft, column: Column, place: Place, converted: Converted) -> Converted:
    low = -np.inf if column.low is None else column.low
    high = np.inf if column.high is None else column.high
    values = _numbers(converted)
    with np.errstate(invalid="ignore"):
        out = draft.kept & ((values < low) | (values > high))
    if not out.any():
        return converted
    fields = {"low": _bound(low), "high": _bound(high), "unit": column.unit}
    kind = say.BELOW_LOWEST if high == np.inf else say.OUT_OF_RANGE
    found = [(f"{values[p]:g}", np.array([p])) for p in np.flatnonzero(out)]
    _list(draft, place, found, lambda _: kind, **fields)
    return without(converted, out)


def _as_share(draft: Draft, column: Column, place: Place, converted: Converted) -> Converted:
    """Divide a column of shares by 100 when it is plainly in per cent: whole column, and said."""
    import pyarrow as pa

    if not column.unit.startswith("share"):
        return converted
    values = _numbers(converted)
    known = values[draft.kept & np.isfinite(values)]
    in_percent = len(known) and known.max() > 1 and known.min() >= 0 and known.max() <= PER_CENT
    if not in_percent or ((known > 0) & (known < 1)).any():
        return converted
    draft.say(say.PERCENT_AS_SHARE.at(_first_row(draft, place), value=f"{known.max():g}"))
    return replace(converted, values=pa.array(values / PER_CENT, pa.float64(), from_pandas=True))


def _bound(value: float) -> str:
    return f"{value:g}"


def _whole(draft: Draft, place: Place, converted: Converted) -> Converted:
    values = _numbers(converted)
    with np.errstate(invalid="ignore"):
        broken = draft.kept & np.isfinite(values) & (values != np.floor(values))
    found = [(f"{values[p]:g}", np.array([p])) for p in np.flatnonzero(broken)]
    _list(draft, place, found, lambda _: say.NOT_WHOLE)
    return without(converted, broken) if broken.any() else converted


def _not_all_zero(draft: Draft, column: Column, place: Place, converted: Converted) -> Converted:
    """Take margins that are all zero for "none published": a margin of zero claims certainty."""
    if column.name != "margin":
        return converted
    values = _numbers(converted)
    known = draft.kept & np.isfinite(values)
    if not known.any() or values[known].any():
        return converted
    draft.say(say.MARGINS_ALL_ZERO.at(_first_row(draft, place), value=0, n_rows=int(known.sum())))
    return without(converted, known, why=Why.MISSING)


def _chosen(draft: Draft, column: Column, place: Place, converted: Converted) -> Converted:
    """Forgive capitals and spaces; take out what is no choice."""
    import pyarrow as pa

    known = {choice.casefold(): choice for choice in column.choices}
    texts: list[str | None] = converted.values.to_pylist()
    chosen = [
        None if text is None else known.get(text.casefold().replace(" ", "_")) for text in texts
    ]
    wrong: dict[str, list[int]] = {}
    for position, (text, choice) in enumerate(zip(texts, chosen, strict=True)):
        if text is not None and choice is None and draft.kept[position]:
            wrong.setdefault(text, []).append(position)
    for text, rows in wrong.items():
        near = nearest_name(text, column.choices)
        at, listed = draft.at(rows[0], place.column), ", ".join(column.choices)
        draft.say(say.NOT_A_CHOICE.at(at, value=text, nearest=near, n_rows=len(rows), known=listed))
    out = np.array([t is not None and c is None for t, c in zip(texts, chosen, strict=True)], bool)
    return without(replace(converted, values=pa.array(chosen, pa.string())), out)


def without(
    converted: Converted, out: NDArray[np.bool_], *, why: Why = Why.UNREADABLE
) -> Converted:
    """Return the column with some values taken out and the reason noted."""
    import pyarrow as pa

    positions = pa.array(np.arange(len(out)), mask=out)
    values = converted.values.take(positions)
    reasons = np.where(out, np.uint8(why), converted.why).astype(np.uint8)
    return replace(converted, values=values, why=reasons)


def as_problems(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their rows."""
    return tuple(sorted(problems, key=lambda p: (p.place.row or 0, p.place.column, p.code)))
