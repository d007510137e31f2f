"""Sensors at one place that disagree beyond their own noise.

Limits of agreement: mean difference, and 1.96 standard deviations of differences to either side,
with intervals (Bland and Altman 1986, Lancet i, 307-310). The readings compared are daily medians;
neighbouring days are alike, so the number of days that count is ``n (1 - r) / (1 + r)`` with r the
correlation of differences on neighbouring days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message, settled
from evenground.methods.validation import Vector
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.network.daily import Daily, columns_of, daily
from evenground.questions.data.measures.network.reference import Places

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "colocated_disagreement"
LEAST_DAYS = 14
"""Days that two sensors must share."""
WITHIN_METRES = 20.0
"""Sensors no farther apart stand at one place."""
NORMAL = 1.96
_LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How two sensors at one place agree, first less second, in the unit of the column.

    Attributes
    ----------
    first, second, column
        The sensors, and what they measure.
    n_days, n_effective
        Days that both have, and how many independent ones these are worth.
    bias, bias_low, bias_high
        Mean difference of daily medians with its interval at 95 %.
    lower, lower_low, lower_high, upper, upper_low, upper_high
        Limits of agreement, each with its interval at 95 %.
    noise
        Noise of a difference of two single readings; ``nan`` if it is unknown.
    tolerance
        What they may differ by: as declared, or 1.96 times that noise.
    disagree
        Whether the mean difference surely exceeds the tolerance, or one of the limits surely does;
        ``None`` without a tolerance.
    """

    first: str
    second: str
    column: str
    n_days: int
    n_effective: float
    bias: float
    bias_low: float
    bias_high: float
    lower: float
    lower_low: float
    lower_high: float
    upper: float
    upper_low: float
    upper_high: float
    noise: float
    tolerance: float
    disagree: bool | None

    def shown(self) -> dict[str, Any]:
        """Return it ready for JSON."""
        figures = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: (settled(value) if np.isfinite(value) else None)
            if isinstance(value, float)
            else value
            for name, value in figures.items()
        }


def colocated_disagreement(
    folded: pa.Table,
    *,
    pairs: Sequence[tuple[str, str]] = (),
    places: Places | None = None,
    tolerance: float | None = None,
) -> Check:
    """Return how many pairs of sensors at one place disagree.

    Parameters
    ----------
    folded
        The folded table.
    pairs
        Codes of sensors that stand at one place.
    places
        Where sensors stand; those within twenty metres of each other are pairs too.
    tolerance
        What two sensors may differ by, in the unit of the column; without it, what the noise of
        their readings explains.
    """
    definition = Message(
        code="definition.colocated_disagreement",
        parameters={"n_days": LEAST_DAYS, "metres": WITHIN_METRES},
    )
    wanted = tuple(dict.fromkeys((*pairs, *pairs_within(places, WITHIN_METRES))))
    if not wanted:
        return _not_established("no_pairs", definition)
    found = [
        agreement
        for column in columns_of(folded)
        for agreement in agreements(daily(folded, column), wanted, tolerance)
    ]
    told = [one for one in found if one.disagree is not None]
    if not told:
        return _not_established("too_few_days", definition)
    check = Check.counted(
        NAME, sum(bool(one.disagree) for one in told), unit="pairs", definition=definition
    )
    return check.showing(pairs=len(told), agreements=[one.shown() for one in found])


def pairs_within(places: Places | None, metres: float) -> list[tuple[str, str]]:
    """Return pairs of sensors that stand no farther apart than that, in order of their codes."""
    if places is None:
        return []
    from shapely import Point, STRtree

    xy = np.stack([places.x, places.y], axis=1)
    known = np.flatnonzero(np.isfinite(xy).all(axis=1))
    if known.size == 0:
        return []
    where = [Point(*xy[k]) for k in known]
    one, other = STRtree(where).query(where, predicate="dwithin", distance=metres)
    codes = [places.sensor[k] for k in known]
    both = {(codes[a], codes[b]) for a, b in zip(one, other, strict=True)}
    return sorted(pair for pair in both if pair[0] < pair[1])


def agreements(
    days: Daily, pairs: Sequence[tuple[str, str]], tolerance: float | None = None
) -> list[Agreement]:
    """Return how pairs of sensors agree in one column, those with too few common days left out."""
    at = {code: i for i, code in enumerate(days.sensors)}
    found: list[Agreement] = []
    for first, second in pairs:
        if first not in at or second not in at:
            continue
        i, j = at[first], at[second]
        difference = days.median[i] - days.median[j]
        if np.isfinite(difference).sum() < LEAST_DAYS:
            continue
        noise = float(np.hypot(days.noise[i], days.noise[j]))
        allowed = NORMAL * noise if tolerance is None else tolerance
        found.append(_agreement((first, second, days.column), difference, noise, allowed))
    return found


def _agreement(
    who: tuple[str, str, str], difference: Vector, noise: float, tolerance: float
) -> Agreement:
    from scipy import special

    known = difference[np.isfinite(difference)]
    n, bias, spread = known.size, float(known.mean()), float(known.std(ddof=1))
    effective = _effective(difference, bias)
    t = float(special.stdtrit(max(effective - 1, 1.0), (1 + _LEVEL) / 2))
    mean_error, limit_error = t * spread / np.sqrt(effective), t * spread * np.sqrt(3 / effective)
    lower, upper = bias - NORMAL * spread, bias + NORMAL * spread
    return Agreement(
        first=who[0], second=who[1], column=who[2], n_days=n, n_effective=effective,
        bias=bias, bias_low=bias - mean_error, bias_high=bias + mean_error,
        lower=lower, lower_low=lower - limit_error, lower_high=lower + limit_error,
        upper=upper, upper_low=upper - limit_error, upper_high=upper + limit_error,
        noise=noise, tolerance=tolerance,
        disagree=None if not np.isfinite(tolerance) else bool(
            abs(bias) - mean_error > tolerance
            or upper - limit_error > tolerance
            or lower + limit_error < -tolerance
        ),
    )  # fmt: skip


def _effective(difference: Vector, bias: float) -> float:
    """Return how many independent days differences (n_days,) are worth, 2 or more."""
    rest = difference - bias
    both = np.isfinite(rest[1:]) & np.isfinite(rest[:-1])
    known = rest[np.isfinite(rest)]
    total = float(known @ known)
    r = float(rest[1:][both] @ rest[:-1][both]) / total if total > 0 else 0.0
    r = min(max(r, 0.0), 0.98)
    return max(known.size * (1 - r) / (1 + r), 2.0)


def _not_established(why: str, definition: Message) -> Check:
    reason = Message(
        code=f"reason.colocated_disagreement.{why}",
        parameters={"n_days": LEAST_DAYS, "metres": WITHIN_METRES},
    )
    return Check.not_established(NAME, unit="pairs", definition=definition, reason=reason)
