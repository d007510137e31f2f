"""How much was promised to change, whichever way it was put: a value, a change, a share."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from evenground.language import N_
from evenground.methods.validation import wrong

AGREE_WITHIN = 0.01
"""Share of the change by which two ways of putting it may differ: promises are rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedChange:
    """A promised change, counted in the promised direction.

    Attributes
    ----------
    change
        In the indicator's unit, 0 or more where the promise makes sense, below 0 where the target
        lies on the wrong side of the baseline; ``None`` where it cannot be told.
    share
        ``change`` as a share of the baseline's size; ``None`` without a baseline, or if it is 0.
    target
        The value promised; ``None`` without baseline and target.
    direction
        ``more``, ``less`` or empty where it cannot be told.
    agrees
        Whether all ways in which it was put say the same.
    """

    change: float | None
    share: float | None
    target: float | None
    direction: str
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a promise states, in the indicator's unit; ``None`` for what it leaves out.

    ``change`` and ``change_share`` are counted in the promised direction, so that a quarter fewer
    is ``direction="less", change_share=0.25``.
    """

    direction: str = ""
    baseline: float | None = None
    target: float | None = None
    change: float | None = None
    change_share: float | None = None


def promised_change(stated: Stated) -> PromisedChange:
    """Return the change that a promise comes to.

    A target is held against the baseline; else the change as it was put; else its share of the
    baseline. Without a stated direction, baseline and target tell it. Definition: HM Treasury
    (2022), The Green Book, Box 9, "target improvement"; Australian Transport Assessment and
    Planning guidelines, T6 Benefits management, section 6.1, "target measure".

    Parameters
    ----------
    stated
        What the promise says.

    Raises
    ------
    UsageError
        If the direction is neither ``more``, ``less`` nor empty, or a number is not finite.
    """
    _refuse_unusable(stated)
    baseline, target = stated.baseline, stated.target
    direction = stated.direction or _direction(baseline, target)
    sign = {"more": 1.0, "less": -1.0}.get(direction, 0.0)
    ways: list[float] = []
    if baseline is not None and target is not None and sign:
        ways.append(sign * (target - baseline))
    if stated.change is not None:
        ways.append(stated.change)
    if baseline is not None and stated.change_share is not None:
        ways.append(stated.change_share * abs(baseline))
    change = ways[0] if ways else None
    if target is None and change is not None and baseline is not None and sign:
        target = baseline + sign * change
    share = stated.change_share
    if change is not None and baseline:
        share = change / abs(baseline)
    return PromisedChange(
        change=change,
        share=share,
        target=target,
        direction=direction,
        agrees=all(_alike(ways[0], way) for way in ways),
    )


def _direction(baseline: float | None, target: float | None) -> str:
    if baseline is None or target is None or baseline == target:
        return ""
    return "more" if target > baseline else "less"


def _alike(first: float, second: float) -> bool:
    return abs(first - second) <= AGREE_WITHIN * max(abs(first), abs(second))


def _refuse_unusable(stated: Stated) -> None:
    if stated.direction not in {"", "more", "less"}:
        raise wrong(
            "promise_direction",
            N_("direction is {direction}, expected more, less or nothing"),
            direction=stated.direction,
        )
    for name in ("baseline", "target", "change", "change_share"):
        value = getattr(stated, name)
        if value is not None and not isfinite(value):
            raise wrong("promise_number", N_("{name} is {found}"), name=name, found=value)
