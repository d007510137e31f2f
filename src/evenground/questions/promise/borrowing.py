"""Results from elsewhere on which a promise rests, put together, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.promises.borrowed_effect import (
    BorrowedEffect,
    Sites,
    borrowed_effect,
    standard_errors_of,
)
from evenground.questions.promise.measures.promises.context_differences import (
    ContextDifferences,
    context_differences,
)
from evenground.questions.promise.stated import Promise, Row, number

USUAL_LEVEL = 0.95
"""Of intervals whose confidence is not stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowed:
    """What a promise borrows.

    Attributes
    ----------
    rows
        Results from elsewhere, as listed.
    effect
        What they say of this city.
    contexts
        This city beside each of the others, in the order in which they are first named.
    other_units
        Cities whose result is in another unit than the promise, and is not counted.
    crossed
        Cities whose interval has its ends the wrong way round, and is not counted.
    """

    rows: tuple[Row, ...]
    effect: BorrowedEffect
    contexts: Mapping[str, ContextDifferences]
    other_units: tuple[str, ...]
    crossed: tuple[str, ...]

    @property
    def cities(self) -> tuple[str, ...]:
        """Cities that results come from, each once."""
        return tuple(self.contexts)


def borrowed_of(context: Context, promise: Promise) -> Borrowed | None:
    """Return what a promise borrows from elsewhere; ``None`` where it borrows nothing."""
    rows = tuple(
        row for row in context.rows.get("borrowed", ()) if row["promise_id"] == promise.key
    )
    if not rows:
        return None
    contexts = _contexts(context, dict.fromkeys(row["from_city"] for row in rows))
    fitting = [row for row in rows if _fits(row, promise)]
    whole = [row for row in fitting if not _is_crossed(row)]
    return Borrowed(
        rows=rows,
        effect=borrowed_effect(
            Sites(
                effects=_numbers(whole, "effect"),
                standard_errors=standard_errors_of(
                    _numbers(whole, "low"), _numbers(whole, "high"),
                    level=np.nan_to_num(_numbers(whole, "level"), nan=USUAL_LEVEL),
                ),
                by_seller=any(row.get("found_by") == "vendor" for row in rows),
            ),
            contexts=tuple(contexts.values()),
            promised=promise.change.change,
            level=context.confidence,
        ),
        contexts=contexts,
        other_units=tuple(row["from_city"] for row in rows if row not in fitting),
        crossed=tuple(row["from_city"] for row in fitting if row not in whole),
    )  # fmt: skip


def _fits(row: Row, promise: Promise) -> bool:
    unit = row.get("unit") or ""
    return not unit or not promise.unit or unit.strip() == promise.unit.strip()


def _is_crossed(row: Row) -> bool:
    low, high = number(row, "low"), number(row, "high")
    return low is not None and high is not None and low > high


def _numbers(rows: Sequence[Row], name: str) -> Vector:
    found = [number(row, name) for row in rows]
    return np.array([np.nan if value is None else value for value in found], dtype=np.float64)


def _contexts(context: Context, cities: Mapping[str, None]) -> dict[str, ContextDifferences]:
    """Return this city beside each other one, measured by all cities but these two."""
    rows = context.rows.get("context_profile", ())
    known = {(row["city"], row["dimension"]): number(row, "value") for row in rows}
    dimensions = tuple(dict.fromkeys(row["dimension"] for row in rows))
    everyone = tuple(dict.fromkeys(row["city"] for row in rows))
    here = context.case.city.name

    def profile(city: str) -> list[float]:
        values = (known.get((city, dimension)) for dimension in dimensions)
        return [np.nan if value is None else value for value in values]

    return {
        there: context_differences(
            profile(here),
            profile(there),
            dimensions=dimensions,
            references=[profile(city) for city in everyone if city not in {here, there}],
        )
        for there in cities
    }
