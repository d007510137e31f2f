"""What a rule set beforehand says: scale, adjust, stop, or cannot tell yet.

Everything is turned so that more is better for effects and worse for harms. *Scale* asks that all
conditions hold at once, which is an intersection-union test and needs no correction (Berger 1982,
Technometrics 24, 295-300). *Stop* for a harm asks whether any of several exceeds its limit, which
is corrected after Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenground.language import N_
from evenground.methods.multiple_testing import holm
from evenground.methods.validation import wrong


class RuleSays(StrEnum):
    """What follows by the rule."""

    SCALE = "scale"
    ADJUST = "adjust"
    STOP = "stop"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """An interval held against a number that was set beforehand.

    Attributes
    ----------
    name
        What is measured: a group, a harm, or empty for the effect itself.
    low, high
        The interval, in the unit of the number; infinite where an end is not known.
    limit
        The number: least effect worth having, floor, or largest harm that is borne.
    p_above
        For harms: one-sided p of "no more than the limit" (0-1); ``None`` where only the interval
        is known, which is then taken at its own level.
    """

    name: str = ""
    low: float
    high: float
    limit: float
    p_above: float | None = None

    @property
    def wholly_at_least(self) -> bool:
        """Whether even the lower end reaches the number."""
        return self.low >= self.limit

    @property
    def wholly_below(self) -> bool:
        """Whether even the upper end falls short of the number."""
        return self.high < self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """What the rule says, and by which conditions.

    Attributes
    ----------
    says
        The outcome.
    because
        Conditions that decide it, as (condition, name): ``effect_enough``, ``effect_too_small``,
        ``harm_over_limit``, ``harms_within``, ``group_below_floor``, ``groups_at_floor``,
        ``delivery_below_threshold``; for "cannot tell", those that are open.
    """

    says: RuleSays
    because: tuple[tuple[str, str], ...]


def sealed_rule(
    effect: Against,
    *,
    groups: Sequence[Against] = (),
    harms: Sequence[Against] = (),
    delivered: Against | None = None,
    alpha: float = 0.05,
) -> Ruled:
    """Return what follows from an effect, its groups, its harms and its delivered share.

    Parameters
    ----------
    effect
        Effect against the minimum worthwhile effect.
    groups
        Effects in groups against their floors.
    harms
        Harms against their limits; more is worse.
    delivered
        Delivered share against the threshold below which the initiative is adjusted.
    alpha
        Error that is shared among the harms (0-1).

    Raises
    ------
    UsageError
        If an interval's lower end lies above its upper end.
    """
    for one in (effect, *groups, *harms, *([delivered] if delivered else [])):
        if not one.low <= one.high:
            raise wrong(
                "interval_order",
                N_("the interval of {name} runs from {low} to {high}"),
                name=one.name or "effect",
                low=one.low,
                high=one.high,
            )
    over = harms_over_limit(harms, alpha=alpha)
    stop = [("harm_over_limit", name) for name in over]
    if effect.wholly_below:
        stop.insert(0, ("effect_too_small", effect.name))
    if stop:
        return Ruled(says=RuleSays.STOP, because=tuple(stop))
    adjust = [("group_below_floor", one.name) for one in groups if one.wholly_below]
    if delivered is not None and delivered.wholly_below:
        adjust.append(("delivery_below_threshold", delivered.name))
    if adjust:
        return Ruled(says=RuleSays.ADJUST, because=tuple(adjust))
    open_ = _still_open(effect, groups, harms)
    if open_:
        return Ruled(says=RuleSays.CANNOT_TELL, because=open_)
    met = [("effect_enough", effect.name)]
    met += [("groups_at_floor", one.name) for one in groups]
    met += [("harms_within", one.name) for one in harms]
    return Ruled(says=RuleSays.SCALE, because=tuple(met))


def harms_over_limit(harms: Sequence[Against], *, alpha: float) -> tuple[str, ...]:
    """Return names of harms that exceed their limit, with error ``alpha`` over all of them.

    A harm without a p-value counts where its interval lies above the limit, if it is the only one;
    beside others its own level is not enough, and it does not count.
    """
    known = [one for one in harms if one.p_above is not None]
    over: set[str] = set()
    if known:
        adjusted = holm([one.p_above or 0.0 for one in known], n_tests=len(harms))
        over = {one.name for one, p in zip(known, adjusted, strict=True) if p <= alpha}
    if len(harms) == 1 and not known and harms[0].low > harms[0].limit:
        over = {harms[0].name}
    return tuple(one.name for one in harms if one.name in over)


def _still_open(
    effect: Against, groups: Sequence[Against], harms: Sequence[Against]
) -> tuple[tuple[str, str], ...]:
    open_: list[tuple[str, str]] = []
    if not effect.wholly_at_least:
        open_.append(("effect_enough", effect.name))
    open_ += [("groups_at_floor", one.name) for one in groups if not one.wholly_at_least]
    open_ += [("harms_within", one.name) for one in harms if not one.high <= one.limit]
    return tuple(open_)
