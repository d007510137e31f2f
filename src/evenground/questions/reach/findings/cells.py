"""Comparisons as estimates and rows of tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenground.evidence import Estimate, Message, Table
from evenground.frame.areas import Grouping
from evenground.frame.naming import headed, per_unit
from evenground.methods.chance_band import ChanceBand
from evenground.questions.reach.comparison import Comparison


def rate_unit(comparison: Comparison) -> str:
    """Return the unit of rates, such as ``per 10 000 residents``, as a wording code."""
    choice = comparison.baseline_of.choice
    return per_unit(comparison.rates.per if comparison.rates else 1, choice.unit or choice.name)


def rate(comparison: Comparison, row: int, *, about: str = "", name: str = "rate") -> Estimate:
    """Return the rate of one group with both errors."""
    rates = comparison.rates
    if rates is None:
        return Estimate.exact(name, 0.0, unit=rate_unit(comparison), about=about)
    return Estimate.estimated(
        name,
        float(rates.rate[row]),
        interval=(float(rates.low[row]), float(rates.high[row]), rates.confidence),
        unit=rate_unit(comparison),
        about=about,
    )


def counted_rate(comparison: Comparison, row: int) -> Estimate:
    """Return the rate of one group with the error of the counts of people alone."""
    rates = comparison.rates
    if rates is None or not comparison.baseline_of.has_margins:
        value = float(rates.rate[row]) if rates else 0.0
        return Estimate.exact("rate_counted", value, unit=rate_unit(comparison))
    return Estimate.estimated(
        "rate_counted",
        float(rates.rate[row]),
        interval=(float(rates.margin_low[row]), float(rates.margin_high[row]), rates.confidence),
        unit=rate_unit(comparison),
    )


def ratio(comparison: Comparison, *, about: str = "") -> Estimate | None:
    """Return the ratio of focus to reference; ``None`` where it is not a finite number."""
    found = comparison.ratio
    if found is None or not np.isfinite([found.ratio, found.low, found.high]).all():
        return None
    return Estimate.estimated(
        "ratio",
        found.ratio,
        interval=(found.low, found.high, found.confidence),
        unit="ratio",
        about=about,
    )


def total(comparison: Comparison, row: int, *, confidence: float = 0.90) -> Estimate:
    """Return a group's baseline with its margin at 90 %, the level that it is published at."""
    value = float(comparison.baseline.value[row])
    error = float(comparison.baseline.standard_error[row])
    unit = comparison.baseline_of.choice.unit or comparison.baseline_of.choice.name
    if error == 0 or not comparison.baseline_of.has_margins:
        return Estimate.exact("baseline", round(value, 3), unit=unit)
    margin = 1.645 * error
    return Estimate.estimated(
        "baseline",
        value,
        interval=(max(value - margin, 0.0), value + margin, confidence),
        unit=unit,
    )


def group_rows(grouping: Grouping, comparison: Comparison) -> Table:
    """Return the table of groups: units, baseline, rate."""
    rows = tuple(
        (
            name,
            _units(comparison.units[row]),
            total(comparison, row),
            counted_rate(comparison, row),
        )
        for row, name in enumerate(grouping.names)
    )
    people = "baseline_margin" if comparison.baseline_of.has_margins else "baseline"
    columns = ("group", "units", people, "rate_counted")
    return Table(key="groups", columns=columns, rows=rows, title=Message(code="table.groups"))


def share_rows(grouping: Grouping, compared: Sequence[Comparison]) -> Table:
    """Return each group's share of the units beside its share of every baseline."""
    compared = [one for one in compared if one.rates is not None]
    all_units = float(compared[0].units.sum())
    whole = [float(one.baseline.value.sum()) for one in compared]
    rows = tuple(
        (
            name,
            Estimate.exact("unit_share", float(compared[0].units[row]) / all_units, unit="share"),
            *(
                Estimate.exact(
                    "baseline_share", float(one.baseline.value[row]) / total, unit="share"
                )
                for one, total in zip(compared, whole, strict=True)
            ),
        )
        for row, name in enumerate(grouping.names)
    )
    columns = ("group", "unit_share", *(headed(one.baseline_of.choice.name) for one in compared))
    return Table(key="shares", columns=columns, rows=rows, title=Message(code="table.shares"))


def _units(value: float) -> Estimate:
    whole = round(float(value))
    is_whole = abs(value - whole) < 1e-9  # noqa: PLR2004 - sums of shares that make whole units
    return Estimate.exact("units", whole if is_whole else round(float(value), 1), unit="units")


def band(chance: ChanceBand, *, name: str, unit: str = "share", about: str = "") -> Estimate:
    """Return what chance placement gives, its middle with the band."""
    return Estimate.estimated(
        name,
        chance.median,
        interval=(chance.low, chance.high, chance.level),
        unit=unit,
        about=about,
    )


def could_be_chance(chance: ChanceBand) -> bool:
    """Tell whether the observed value lies where chance placements commonly do."""
    return 2 * min(chance.mid_p_low, chance.mid_p_high) > 1 - chance.level
