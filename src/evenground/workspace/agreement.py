"""Check that what ``city.toml`` names is in the tables: indicators, periods, groups of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.city import BaselineChoice, City, Group, GroupKind
from evenground.declaration import Declaration
from evenground.errors import Problem, ProblemKind, Severity, nearest_name
from evenground.language import N_

if TYPE_CHECKING:
    import pyarrow as pa

TOTAL = "total"
UNKNOWN_INDICATOR = ProblemKind(
    code="unknown_indicator",
    what=N_("{owner} uses the indicator {value}, which is not in the table of indicators."),
    rule=N_("Without it, {owner} cannot be shown."),
    way_out=N_("Add it to the table of indicators, or use one of: {known}."),
    suggestion=N_("Write {nearest}. The table has: {known}."),
)
UNKNOWN_PERIOD = ProblemKind(
    code="unknown_period",
    what=N_("{owner} uses {indicator} of {value}, and the table has none of that period."),
    rule=N_("Without it, {owner} cannot be shown."),
    way_out=N_("Use one of: {known}, or leave period out for the latest."),
)
UNKNOWN_POPULATION_GROUP = ProblemKind(
    code="unknown_population_group",
    what=N_("{owner} uses the group {value}, which is not in the table of population."),
    rule=N_("Without it, {owner} cannot be shown."),
    way_out=N_("Add it to the table of population, or use one of: {known}."),
    suggestion=N_("Write {nearest}. The table has: {known}."),
)
TOO_FEW_VALUES = ProblemKind(
    code="too_few_values",
    what=N_("{owner} needs {wanted} classes, and {indicator} has {value} different values."),
    rule=N_("Equal classes cannot be made from so few values."),
    way_out=N_("Ask for fewer classes, write breaks, or write by_value = true."),
)
NO_TOTAL = ProblemKind(
    code="no_total",
    severity=Severity.WARNING,
    what=N_("The table of population has no group total."),
    rule=N_("Rates are per resident, and shares are of all residents."),
    way_out=N_('Add rows with the group total, or to wide: total = "the column of all residents".'),
)
NEED_IS_A_SHARE = ProblemKind(
    code="need_is_a_share",
    severity=Severity.WARNING,
    what=N_("{owner} measures need by {value}, which looks like a share ({unit})."),
    rule=N_("Units are set against people in need, so need must be a number of people."),
    way_out=N_("Use an indicator that counts, for example people below the poverty line."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What the tables hold: periods and values of each indicator, groups of the population."""

    indicators: Mapping[str, Mapping[str, set[float]]] | None
    units: Mapping[str, str]
    groups: frozenset[str] | None


def disagreements(
    declared: Declaration, city: City, tables: Mapping[str, pa.Table]
) -> list[Problem]:
    """Return everything that the declaration names and the tables do not have.

    Where a table is missing altogether nothing is said: a missing table is an answer.
    """
    held = _held(tables)
    problems: list[Problem] = []
    for position, group in _written(declared, "groups", city.groups):
        one = Declaration(
            {}, written=declared.written, path=("groups", position), problems=problems
        )
        _check_group(one, group, held)
    for position, baseline in _written(declared, "baselines", city.baselines):
        one = Declaration(
            {}, written=declared.written, path=("baselines", position), problems=problems
        )
        _check_baseline(one, baseline, held)
    if held.groups is not None and TOTAL not in held.groups:
        problems.append(NO_TOTAL.at(declared.place("tables")))
    return problems


def _written(
    declared: Declaration, key: str, parsed: Iterable[Group | BaselineChoice]
) -> list[tuple[int, Any]]:
    """Pair each group or baseline with its position in the file."""
    listed: Any = declared.values.get(key, [])
    listed = listed if isinstance(listed, list) else [listed]
    keys = [str(one.get("key", "")) if isinstance(one, dict) else "" for one in listed]
    return [(keys.index(one.key), one) for one in parsed if one.key in keys]


def _held(tables: Mapping[str, pa.Table]) -> _Held:
    indicators: dict[str, dict[str, set[float]]] | None = None
    units: dict[str, str] = {}
    if "indicators" in tables and tables["indicators"].num_rows:
        indicators = {}
        columns = ("indicator", "period", "value", "unit")
        rows = zip(*(tables["indicators"][name].to_pylist() for name in columns), strict=True)
        for indicator, period, value, unit in rows:
            periods = indicators.setdefault(indicator, {})
            if value is not None:
                periods.setdefault(period or "", set()).add(value)
            units.setdefault(indicator, unit or "")
    groups = None
    if "population" in tables and tables["population"].num_rows:
        groups = frozenset(tables["population"]["group"].to_pylist())
    return _Held(indicators=indicators, units=units, groups=groups)


def _check_group(one: Declaration, group: Group, held: _Held) -> None:
    if group.kind is GroupKind.CLASSES:
        values = _check_indicator(one, group, held)
        if values is None or group.breaks or group.by_value:
            return
        if len(values) < group.classes:
            one.add(
                TOO_FEW_VALUES, "classes", value=len(values), owner=group.name,
                wanted=group.classes, indicator=group.indicator,
            )  # fmt: skip
        return
    for member in group.members:
        _check_people(one, "members", member, group.name, held)
    if group.against:
        _check_people(one, "against", group.against, group.name, held)


def _check_baseline(one: Declaration, baseline: BaselineChoice, held: _Held) -> None:
    if baseline.indicator:
        values = _check_indicator(one, baseline, held)
        unit = held.units.get(baseline.indicator, "")
        if values and baseline.kind == "need" and ("%" in unit or "share" in unit):
            one.add(
                NEED_IS_A_SHARE, "indicator", value=baseline.indicator, owner=baseline.name,
                unit=unit,
            )  # fmt: skip
    elif baseline.kind != "area":
        _check_people(one, "group", baseline.group, baseline.name, held)


def _check_indicator(
    one: Declaration, owner: Group | BaselineChoice, held: _Held
) -> set[float] | None:
    """Return the values of an indicator in its period, or ``None`` after saying what is missing."""
    if held.indicators is None:
        return None
    periods = held.indicators.get(owner.indicator)
    if periods is None:
        one.add(
            UNKNOWN_INDICATOR, "indicator", value=owner.indicator, owner=owner.name,
            nearest=nearest_name(owner.indicator, held.indicators),
            known=", ".join(sorted(held.indicators)),
        )  # fmt: skip
        return None
    if owner.period and owner.period not in periods:
        one.add(
            UNKNOWN_PERIOD, "period", value=owner.period, owner=owner.name,
            indicator=owner.indicator, known=", ".join(sorted(periods)),
        )  # fmt: skip
        return None
    return periods.get(owner.period or max(periods, default=""), set())


def _check_people(one: Declaration, key: str, group: str, owner: str, held: _Held) -> None:
    if held.groups is None or group in held.groups:
        return
    one.add(
        UNKNOWN_POPULATION_GROUP, key, value=group, owner=owner,
        nearest=nearest_name(group, held.groups), known=", ".join(sorted(held.groups)),
    )  # fmt: skip
