"""Error rates of decisions by group or area, with exact intervals, and how groups differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import Flags, Vector, Whole, wrong
from evenground.questions.data.measures.predictions.decisions import Decisions
from evenground.questions.data.measures.predictions.two_shares import TwoShares, two_shares

RATES = (
    "selection_rate", "base_rate", "true_positive_rate", "false_positive_rate",
    "false_negative_rate", "true_negative_rate", "positive_predictive_value",
    "negative_predictive_value", "accuracy",
)  # fmt: skip
LEAST = 20
"""Of fewer cases a group's rate is not told apart from others'."""
MORE, LESS, CANNOT_TELL = "more", "less", "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRate:
    """One rate by group.

    Attributes
    ----------
    name
        One of ``RATES``.
    groups
        Names, in order.
    count, n, shape (n_groups,)
        How many of how many.
    value, low, high, shape (n_groups,)
        Rate with Clopper and Pearson's interval, 0-1; ``value`` is not a number where ``n`` is 0.
    confidence, least
        Level of the intervals; cases below which a group's rate cannot be told.
    """

    name: str
    groups: tuple[str, ...]
    count: Whole
    n: Whole
    value: Vector
    low: Vector
    high: Vector
    confidence: float
    least: int

    @property
    def is_enough(self) -> Flags:
        """Whether a group has enough cases, shape (n_groups,)."""
        return self.n >= self.least

    def reason(self, group: int) -> Message | None:
        """Return why the rate of a group cannot be told, or ``None``."""
        if self.is_enough[group]:
            return None
        parameters = {"group": self.groups[group], "n": int(self.n[group]), "least": self.least}
        return Message(code="reason.error_rates.few", parameters=parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateDifference:
    """A group's rate beside the reference group's.

    Attributes
    ----------
    rate, group, reference
        Name of the rate and of both groups.
    both
        Difference and ratio, group to reference; ``None`` where either has no case.
    told
        ``more``, ``less`` or ``cannot_tell``: by the interval of the difference, and never where a
        group has too few cases.
    """

    rate: str
    group: str
    reference: str
    both: TwoShares | None
    told: str


def error_rates(
    given: Decisions, *, confidence: float = 0.95, least: int = LEAST
) -> dict[str, GroupRate]:
    """Return every rate by its name.

    Parameters
    ----------
    given
        Decisions and outcomes by group.
    confidence
        Level of each interval, 0-1.
    least
        Cases below which a group's rate cannot be told, at least 1.

    Notes
    -----
    With TP, FP, FN, TN: selection ``(TP+FP)/n``, base rate ``(TP+FN)/n``, true positives
    ``TP/(TP+FN)``, false positives ``FP/(FP+TN)``, false negatives ``FN/(TP+FN)``, true negatives
    ``TN/(FP+TN)``, predictive values ``TP/(TP+FP)`` and ``TN/(TN+FN)``, accuracy ``(TP+TN)/n``.
    """
    if least < 1:
        raise wrong("least", N_("least is {least}"), least=least)
    return {
        name: _rate(name, given.groups, cells, confidence=confidence, least=least)
        for name, cells in _cells(given).items()
    }


def rate_differences(
    rate: GroupRate, *, reference: str | None = None, confidence: float = 0.95
) -> tuple[RateDifference, ...]:
    """Return each other group's rate beside the reference's.

    Parameters
    ----------
    rate
        One rate by group.
    reference
        Name of the group to compare with; ``None`` takes the one with most cases.
    confidence
        Level that holds for all differences of this rate together: each interval is at
        ``1 - (1 - confidence) / (n_groups - 1)`` (Bonferroni).

    Raises
    ------
    UsageError
        If there is no such group.
    """
    if not rate.groups:
        return ()
    if reference is not None and reference not in rate.groups:
        raise wrong("reference", N_("There is no group {name}"), name=reference)
    base = int(np.argmax(rate.n)) if reference is None else rate.groups.index(reference)
    level = 1 - (1 - confidence) / max(len(rate.groups) - 1, 1)
    others = (one for one in range(len(rate.groups)) if one != base)
    return tuple(_difference(rate, one, base, confidence=level) for one in others)


def _rate(
    name: str, groups: tuple[str, ...], cells: tuple[Whole, Whole], *, confidence: float, least: int
) -> GroupRate:
    count, n = cells
    low, high = share_limits(count, n, confidence=confidence)
    value = np.divide(count, n, out=np.full(n.size, np.nan), where=n > 0)
    return GroupRate(
        name=name, groups=groups, count=count, n=n, value=value, low=low, high=high,
        confidence=confidence, least=least,
    )  # fmt: skip


def _cells(given: Decisions) -> dict[str, tuple[Whole, Whole]]:
    tp, fp = given.true_positive, given.false_positive
    fn, tn = given.false_negative, given.true_negative
    n = given.n_rows
    cells = (
        (tp + fp, n), (tp + fn, n), (tp, tp + fn), (fp, fp + tn), (fn, tp + fn), (tn, fp + tn),
        (tp, tp + fp), (tn, tn + fn), (tp + tn, n),
    )  # fmt: skip
    return dict(zip(RATES, cells, strict=True))


def _difference(rate: GroupRate, one: int, base: int, *, confidence: float) -> RateDifference:
    both = None
    if rate.n[one] > 0 and rate.n[base] > 0:
        shares = [(int(rate.count[at]), int(rate.n[at])) for at in (one, base)]
        both = two_shares(shares[0], shares[1], confidence=confidence)
    enough = bool(rate.is_enough[one] and rate.is_enough[base])
    told = CANNOT_TELL
    if both is not None and enough:
        told = MORE if both.difference_low > 0 else LESS if both.difference_high < 0 else told
    return RateDifference(
        rate=rate.name, group=rate.groups[one], reference=rate.groups[base], both=both, told=told
    )
