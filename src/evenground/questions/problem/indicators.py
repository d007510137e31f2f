"""The needs that were stated or listed: values by area, whom they are per, which way is worse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special

from evenground.frame.areas import TOTAL, Frame
from evenground.frame.columns import AreaColumns, Vector, counts_of
from evenground.frame.naming import per_unit
from evenground.methods.margins_of_error import (
    UncertainCounts,
    standard_error,
    total_error,
)
from evenground.methods.validation import Flags
from evenground.protocol import Case
from evenground.questions.problem.tables import FOR_NEED

if TYPE_CHECKING:
    import pyarrow as pa

SHARES = {"%": 100.0, "percent": 100.0, "per cent": 100.0, "share": 1.0, "share 0-1": 1.0}
"""Units of shares, and what the whole is in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One need, as measured.

    Attributes
    ----------
    key, name, period, unit
        The indicator, what readers see, its date, and its unit or the code of one.
    value, error, shape (n_areas,)
        By area, per person or as an average; NaN where it is not known. Standard errors.
    people
        Whom the value is per or averages over.
    worse
        1 where more is worse, -1 where less is.
    whole
        What all of ``people`` would be in the unit, for a share; ``None`` for anything else.
    of, of_everyone
        What those are called whom it is per, and whether these are all residents.
    measured_by, weight, signed_by, signed_on
        As the city says.
    stated_by
        Who names it in stating the problem.
    """

    key: str
    name: str
    period: str
    unit: str
    value: Vector
    error: Vector
    people: UncertainCounts
    worse: int
    whole: float | None
    of: str
    of_everyone: bool
    measured_by: str
    weight: float | None
    signed_by: str
    signed_on: date | None
    stated_by: tuple[str, ...]

    @property
    def known(self) -> Flags:
        """Flags of areas where it is known and somebody lives, shape (n_areas,)."""
        return np.isfinite(self.value) & (self.people.value > 0)

    @property
    def need(self) -> Vector:
        """The value with more meaning more need, shape (n_areas,)."""
        return self.worse * self.value

    @property
    def in_need(self) -> Vector | None:
        """People or households in need by area, for a share; ``None`` for anything else."""
        if self.whole is None:
            return None
        return self._part_in_need(self.whole) * self.people.value

    def all_in_need(self, confidence: float) -> tuple[float, float, float] | None:
        """Return how many are in need in all areas, from and to; ``None`` for no share.

        Errors of the share and of how many there are add up as those of independent areas do.
        """
        if self.whole is None:
            return None
        part = self._part_in_need(self.whole)
        n = float((part * self.people.value)[self.known].sum())
        of_share = self.people.value * self.error / self.whole
        squares = (np.square(of_share) + np.square(part * total_error(self.people)))[self.known]
        apart = float(special.ndtri(0.5 + confidence / 2) * np.sqrt(squares.sum()))
        return n, max(0.0, n - apart), n + apart

    def _part_in_need(self, whole: float) -> Vector:
        part = np.clip(self.value / whole, 0.0, 1.0)
        return part if self.worse > 0 else 1.0 - part


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What indicators are read from."""

    values: AreaColumns
    population: AreaColumns
    units: Mapping[str, str]
    case: Case
    counted: frozenset[str]


def indicators_of(
    tables: Mapping[str, pa.Table], case: Case, areas: Frame
) -> tuple[Indicator, ...]:
    """Return the needs that have values: first those stated as the problem, then those listed."""
    keys = [one.indicator for one in case.initiative.problems if one.indicator]
    listed = {
        row["indicator"]: row
        for row in rows_of(tables.get("needs"))
        if row["indicator"] in keys or _is_of(row["domain"], case.initiative.domain)
    }
    order = {area_id: row for row, area_id in enumerate(areas.area_ids)}
    rows = needs_only(tables.get("indicators"))
    held = {} if rows is None else {"indicators": rows}
    people = {"population": tables["population"]} if "population" in tables else {}
    reading = _Reading(
        values=AreaColumns(order, held),
        population=AreaColumns(order, people),
        units=_units(rows_of(rows)),
        case=case,
        counted=frozenset(one.indicator for one in case.city.baselines if one.kind == "need"),
    )
    found = (
        _indicator(key, listed.get(key, {}), reading) for key in dict.fromkeys([*keys, *listed])
    )
    return tuple(one for one in found if one is not None and one.known.any())


def _units(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the unit of each indicator; none where its rows state several."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["unit"]:
            found.setdefault(row["indicator"], set()).add(row["unit"])
    return {key: units.pop() for key, units in found.items() if len(units) == 1}


def _is_of(domain: str | None, service: str) -> bool:
    """Tell whether a need is one for a service; a need of no service is one for any."""
    return not domain or domain.casefold() == service.casefold()


def rows_of(table: pa.Table | None) -> list[dict[str, Any]]:
    """Return the rows of a table, none where there is none."""
    return table.to_pylist() if table is not None else []


def needs_only(indicators: pa.Table | None) -> pa.Table | None:
    """Return the values of needs."""
    return _split(indicators, for_need=True)


def groups_only(indicators: pa.Table | None) -> pa.Table | None:
    """Return the values that sort areas into groups."""
    return _split(indicators, for_need=False)


def _split(indicators: pa.Table | None, *, for_need: bool) -> pa.Table | None:
    if indicators is None or FOR_NEED not in indicators.column_names:
        return indicators
    import pyarrow as pa

    flags = [bool(flag) == for_need for flag in indicators[FOR_NEED].to_pylist()]
    return indicators.filter(pa.array(flags, pa.bool_()))


def _indicator(key: str, row: Mapping[str, Any], reading: _Reading) -> Indicator | None:
    stated = [one for one in reading.case.initiative.problems if one.indicator == key]
    worse_when = row.get("worse_when") or (stated[0].worse_when if stated else "more")
    value, margin = (reading.values.values("indicators", key, name) for name in ("value", "margin"))
    error = standard_error(np.nan_to_num(margin))
    per = row.get("per") or (TOTAL if key in reading.counted else "")
    unit = reading.units.get(key, "")
    whole = SHARES.get(unit.strip().casefold())
    people = _people(row.get("share_of") or per or TOTAL, reading)
    if per:
        value, error, unit = _rates(value, error, people, of=per, case=reading.case)
        whole = None
    return Indicator(
        key=key,
        name=row.get("name") or key.replace("_", " "),
        period=_period(key, row, reading),
        unit=unit,
        value=value,
        error=error,
        people=people,
        worse=-1 if worse_when == "less" else 1,
        whole=whole,
        of=_named(row.get("share_of") or per or TOTAL, reading.case),
        of_everyone=(row.get("share_of") or per or TOTAL) == TOTAL,
        measured_by=row.get("measured_by") or "",
        weight=row.get("weight"),
        signed_by=row.get("signed_by") or "",
        signed_on=row.get("signed_on"),
        stated_by=tuple(dict.fromkeys(one.by for one in stated)),
    )


def _people(group: str, reading: _Reading) -> UncertainCounts:
    counts, _, _ = counts_of(reading.population, "population", group)
    return counts


def _rates(
    count: Vector, error: Vector, people: UncertainCounts, *, of: str, case: Case
) -> tuple[Vector, Vector, str]:
    """Return counts per so many people; as many could have come out otherwise (Poisson).

    The error of how many people there are goes in as in any ratio: (count / people) times it.
    """
    per = case.settings.number("rate_per")
    living = people.value > 0
    rate = np.divide(per * count, people.value, out=np.full_like(count, np.nan), where=living)
    counted = np.square(error) + np.nan_to_num(np.maximum(count, 0.0))
    spread = np.sqrt(counted + np.square(np.nan_to_num(rate) / per * total_error(people)))
    errors = np.divide(per * spread, people.value, out=np.zeros_like(count), where=living)
    return rate, errors, per_unit(per, _named(of, case))


def _named(group: str, case: Case) -> str:
    """Return what a group of the population table is called."""
    for baseline in case.city.baselines:
        if baseline.group == group and not baseline.indicator and baseline.kind != "area":
            return baseline.unit or baseline.name
    for grouping in case.city.groups:
        if group in grouping.names:
            return grouping.names[group]
    return "wording:residents" if group == TOTAL else group.replace("_", " ")


def _period(key: str, row: Mapping[str, Any], reading: _Reading) -> str:
    return str(row.get("period") or reading.values.period(key))
