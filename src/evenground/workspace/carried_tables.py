"""What carrying over means for each table: counts are divided, shares are averaged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Problem
from evenground.methods.interpolation import (
    Overlaps,
    carried_counts,
    carried_margins,
    carried_rate_margins,
    carried_rates,
)
from evenground.stores.table import ReadTable, arrow_schema
from evenground.workspace import messages as say

if TYPE_CHECKING:
    import pyarrow as pa

    Floats = NDArray[np.float64]

_COUNT_UNITS = re.compile(
    r"(people|persons?|residents|inhabitants|households?|families|children|adults|workers|dwellings"
    r"|homes|units?|jobs|number|count|n|cases|incidents|requests|visits|trips|personer|hushåll"
    r"|invånare|bostäder|antal|einwohner|anzahl|usd|eur|sek|gbp|dkk|nok)",
    re.IGNORECASE,
)
_MEAN_UNITS = re.compile(
    r".*(%|percent|per cent|procent|prozent|share|andel|anteil|rate|\bper\b|/|mean|median|average"
    r"|index|ratio|score|points|poäng|minutes|years|years old|°|µg|ug|db|km|\bm\b).*",
    re.IGNORECASE,
)
_MEAN_NAMES = re.compile(
    r"(.*[\W_])?(pct|percent|share|rate|ratio|median|mean|average|avg|index|score|per|andel|medel)s?"
    r"([\W_].*)?",
    re.IGNORECASE,
)
_RANKS = re.compile(
    r"(.*[\W_])?(rank|decile|quintile|quartile|tercile|class|decil|klass)s?([\W_].*)?",
    re.IGNORECASE,
)


class BridgeLike(Protocol):
    """What is needed of a bridge between two editions."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Codes of the old areas."""
        ...

    @property
    def targets(self) -> tuple[str, ...]:
        """Codes of the areas in force."""
        ...

    @property
    def overlaps(self) -> Overlaps:
        """How the old divide over the new."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Rows on the boundaries in force, and what could not be carried."""

    table: pa.Table
    lost: tuple[Problem, ...] = ()


def carried_population(read: ReadTable, bridge: BridgeLike, _: Sequence[float]) -> Carried:
    """Divide counts of people over the areas in force, group by group and vintage by vintage.

    Margins are carried as roots of sums of squares; a known rounding becomes the rounding of a sum
    of parts, by the same rule.
    """
    blocks: list[dict[str, Any]] = []
    for (group, vintage), rows in _sets(read, ("group", "vintage")).items():
        columns = _by_source(rows, bridge, ("count", "margin", "rounded_to"))
        counts = carried_counts(columns["count"], bridge.overlaps)
        margins = carried_margins(columns["margin"], bridge.overlaps)
        rounding = carried_margins(columns["rounded_to"], bridge.overlaps)
        for position, code in enumerate(bridge.targets):
            if np.isfinite(counts[position]):
                blocks.append(
                    {
                        "area_id": code, "group": group, "vintage": vintage,
                        "count": float(counts[position]), "margin": _known(margins[position]),
                        "rounded_to": _known(rounding[position]),
                    }
                )  # fmt: skip
    return Carried(table=_table(read, blocks))


def carried_indicators(read: ReadTable, bridge: BridgeLike, people: Sequence[float]) -> Carried:
    """Carry indicators: counts are divided, shares and means averaged by people, ranks left out.

    A share with its numerator and denominator is worked out anew from both.
    """
    blocks: list[dict[str, Any]] = []
    lost: list[Problem] = []
    for (indicator, period), rows in _sets(read, ("indicator", "period")).items():
        sort = sort_of(indicator, [row["unit"] or "" for row in rows])
        if sort in {"rank", "unknown"}:
            kind = say.RANKS_NOT_CARRIED if sort == "rank" else say.COUNT_OR_SHARE
            lost.append(kind.at(read.place, value=indicator, n_rows=len(rows)))
            continue
        values = _carried_values(rows, bridge, people, counts=sort == "count")
        for position, code in enumerate(bridge.targets):
            if np.isfinite(values["value"][position]):
                carried = {name: _known(column[position]) for name, column in values.items()}
                first = {"unit": rows[0]["unit"], "source": rows[0]["source"]}
                blocks.append(
                    {"area_id": code, "indicator": indicator, "period": period, **first, **carried}
                )
    return Carried(table=_table(read, blocks), lost=tuple(lost))


def _carried_values(
    rows: Sequence[Mapping[str, Any]], bridge: BridgeLike, people: Sequence[float], *, counts: bool
) -> dict[str, Floats]:
    names = ("value", "margin", "numerator", "denominator")
    columns, overlaps = _by_source(rows, bridge, names), bridge.overlaps
    above = carried_counts(columns["numerator"], overlaps)
    below = carried_counts(columns["denominator"], overlaps)
    if counts:
        value = carried_counts(columns["value"], overlaps)
        margin = carried_margins(columns["margin"], overlaps)
    else:
        weight = _weight(columns["denominator"], people)
        value = carried_rates(columns["value"], overlaps, people=weight)
        margin = carried_rate_margins(columns["margin"], overlaps, people=weight)
    return {"value": value, "margin": margin, "numerator": above, "denominator": below}


def _weight(denominator: Floats, people: Sequence[float]) -> Floats:
    """Return what shares are of: their own denominator, else people, else each area alike."""
    for weight in (denominator, np.asarray(people, dtype=np.float64)):
        if np.isfinite(weight).all():
            return weight
    return np.ones(len(denominator))


def sort_of(indicator: str, units: Sequence[str]) -> str:
    """Return whether an indicator is a ``count``, a ``mean``, a ``rank``, or ``unknown``."""
    if _RANKS.fullmatch(indicator):
        return "rank"
    unit = next((unit for unit in units if unit), "")
    if _MEAN_NAMES.fullmatch(indicator) or _MEAN_UNITS.fullmatch(unit):
        return "mean"
    return "count" if _COUNT_UNITS.fullmatch(unit) else "unknown"


def _sets(
    read: ReadTable, keys: tuple[str, str]
) -> dict[tuple[str, str | None], list[Mapping[str, Any]]]:
    found: dict[tuple[str, str | None], list[Mapping[str, Any]]] = {}
    for row in read.table.to_pylist():
        found.setdefault((row[keys[0]], row[keys[1]]), []).append(row)
    return found


def _by_source(
    rows: Sequence[Mapping[str, Any]], bridge: BridgeLike, names: Sequence[str]
) -> dict[str, Floats]:
    """Return columns in the order of the bridge's sources, not a number where there is no row."""
    at = {code: position for position, code in enumerate(bridge.sources)}
    columns = {name: np.full(len(at), np.nan) for name in names}
    for row in rows:
        for name in names:
            if row[name] is not None:
                columns[name][at[row["area_id"]]] = row[name]
    return columns


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _table(read: ReadTable, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    import pyarrow as pa

    schema = arrow_schema(read.schema)
    return pa.Table.from_pylist([dict(row) for row in rows], schema=schema)


CARRIERS: Mapping[str, Callable[[ReadTable, BridgeLike, Sequence[float]], Carried]] = {
    "population": carried_population,
    "indicators": carried_indicators,
}
