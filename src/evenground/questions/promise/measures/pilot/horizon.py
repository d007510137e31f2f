"""What a pilot cannot see by its end: pilot, contract, life of the thing and delays on one axis."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from evenground.language import N_
from evenground.methods.validation import wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the axis, in months from the pilot's start: ``kind`` says of what."""

    kind: str
    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HorizonCheck:
    """Everything on one axis.

    Attributes
    ----------
    spans
        Of kind ``pilot``, ``contract``, ``asset_life`` (those that are known) and ``effect``: from
        the start to when that effect has shown.
    unseen
        Effects that show only after the pilot's end, in the order of showing.
    barely_seen
        Effects that show within it, but less than half of it remains to measure them.
    contract_after, life_after
        Months of contract and of use that lie beyond the pilot, 0 or more; ``None`` if not known.
    seen_of_contract, seen_of_life
        Share of each that the pilot covers, 0-1; ``None`` if not known.
    """

    spans: tuple[Span, ...]
    unseen: tuple[str, ...]
    barely_seen: tuple[str, ...]
    contract_after: float | None
    life_after: float | None
    seen_of_contract: float | None
    seen_of_life: float | None


def horizon_check(
    pilot_months: float,
    *,
    contract_months: float | None = None,
    asset_life_months: float | None = None,
    effect_delays: Mapping[str, float] | None = None,
) -> HorizonCheck:
    """Return what a pilot of so many months cannot see.

    Parameters
    ----------
    pilot_months
        From the first treated month to the end, above 0.
    contract_months, asset_life_months
        How long the city is bound, and how long the thing lasts, above 0; ``None`` if not known.
    effect_delays
        For each effect that is promised or feared, months until it has shown, 0 or more.

    Raises
    ------
    UsageError
        If a length is not above 0, or a delay is negative or missing.
    """
    delays = dict(effect_delays or {})
    lengths = {"pilot": pilot_months, "contract": contract_months, "asset_life": asset_life_months}
    for name, months in lengths.items():
        if months is not None and not (months > 0 and math.isfinite(months)):
            raise wrong("months", N_("{name} lasts {found} months"), name=name, found=months)
    for name, months in delays.items():
        if not (months >= 0 and math.isfinite(months)):
            raise wrong("months", N_("{name} shows after {found} months"), name=name, found=months)
    known = [
        Span(kind=name, name="", start=0.0, end=float(months))
        for name, months in lengths.items()
        if months is not None
    ]
    ordered = sorted(delays.items(), key=lambda one: (one[1], one[0]))
    effects = [Span(kind="effect", name=name, start=0.0, end=float(m)) for name, m in ordered]
    return HorizonCheck(
        spans=(*known, *effects),
        unseen=tuple(name for name, months in ordered if months > pilot_months),
        barely_seen=tuple(
            name for name, months in ordered if pilot_months / 2 < months <= pilot_months
        ),
        contract_after=_after(contract_months, pilot_months),
        life_after=_after(asset_life_months, pilot_months),
        seen_of_contract=_share(pilot_months, contract_months),
        seen_of_life=_share(pilot_months, asset_life_months),
    )


def _after(months: float | None, pilot: float) -> float | None:
    return None if months is None else max(0.0, months - pilot)


def _share(pilot: float, months: float | None) -> float | None:
    return None if months is None else min(1.0, pilot / months)
