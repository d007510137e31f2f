"""Which criteria of fairness cannot hold at once where what is predicted is unequally frequent.

Sources: Chouldechova (2017), "Fair prediction with disparate impact", Big Data 5, 153-163, equation
2.6: ``FPR = p/(1-p) (1-PPV)/PPV (1-FNR)``; Kleinberg, Mullainathan and Raghavan (2017), "Inherent
trade-offs in the fair determination of risk scores", ITCS 2017, theorem 1.1 (first as
arXiv:1609.05807, 2016); Barocas, Hardt and Narayanan (2023), Fairness and Machine Learning,
chapter 3, for statistical parity.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.data.measures.predictions.decisions import Decisions
from evenground.questions.data.measures.predictions.error_rates import (
    CANNOT_TELL,
    GroupRate,
    error_rates,
    rate_differences,
)

STATISTICAL_PARITY = "statistical_parity"
EQUAL_FALSE_POSITIVES, EQUAL_FALSE_NEGATIVES = "equal_false_positives", "equal_false_negatives"
PREDICTIVE_PARITY = "predictive_parity"
CALIBRATION = "calibration_within_groups"
BALANCE_POSITIVE, BALANCE_NEGATIVE = "balance_for_positives", "balance_for_negatives"
CRITERIA = (
    STATISTICAL_PARITY, EQUAL_FALSE_POSITIVES, EQUAL_FALSE_NEGATIVES, PREDICTIVE_PARITY,
    CALIBRATION, BALANCE_POSITIVE, BALANCE_NEGATIVE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Criteria that exclude one another where base rates differ.

    Attributes
    ----------
    criteria
        Codes out of ``CRITERIA``.
    unless
        Code of the exception: ``perfect`` prediction, or ``uninformative``, decisions that do not
        hang on what comes.
    source
        Who showed it.
    """

    criteria: tuple[str, ...]
    unless: str
    source: str


CONFLICTS = (
    Conflict(
        criteria=(PREDICTIVE_PARITY, EQUAL_FALSE_POSITIVES, EQUAL_FALSE_NEGATIVES),
        unless="perfect",
        source="Chouldechova (2017)",
    ),
    Conflict(
        criteria=(CALIBRATION, BALANCE_POSITIVE, BALANCE_NEGATIVE),
        unless="perfect",
        source="Kleinberg, Mullainathan and Raghavan (2017)",
    ),
    Conflict(
        criteria=(STATISTICAL_PARITY, EQUAL_FALSE_POSITIVES, EQUAL_FALSE_NEGATIVES),
        unless="uninformative",
        source="Barocas, Hardt and Narayanan (2023)",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessConflicts:
    """What base rates rule out.

    Attributes
    ----------
    base_rate
        By group, with intervals.
    differ
        ``True``: some group's base rate surely differs from the largest group's, and ``conflicts``
        hold. ``None``: it cannot be told.
    pairs
        Groups whose base rate surely differs, each with the reference.
    conflicts
        Criteria that cannot hold at once; empty where ``differ`` is ``None``.
    implied_false_positive_rate, shape (n_groups,)
        What each group's rate of false positives would be if all groups had the predictive value
        and the rate of false negatives of all rows together; not a number where that is undefined.
    """

    base_rate: GroupRate
    differ: bool | None
    pairs: tuple[tuple[str, str], ...]
    conflicts: tuple[Conflict, ...]
    implied_false_positive_rate: Vector


def fairness_conflicts(given: Decisions, *, confidence: float = 0.95) -> FairnessConflicts:
    """Return which criteria of fairness these groups' base rates rule out together.

    Parameters
    ----------
    given
        Decisions and outcomes by group.
    confidence
        Level at which base rates are told apart, for all groups together.
    """
    rates = error_rates(given, confidence=confidence)
    base = rates["base_rate"]
    apart = [
        (one.group, one.reference)
        for one in rate_differences(base, confidence=confidence)
        if one.told != CANNOT_TELL
    ]
    return FairnessConflicts(
        base_rate=base,
        differ=True if apart else None,
        pairs=tuple(apart),
        conflicts=CONFLICTS if apart else (),
        implied_false_positive_rate=implied_false_positive_rate(given, base.value),
    )


def implied_false_positive_rate(given: Decisions, base_rate: Vector) -> Vector:
    """Return the false-positive rates that common predictive value and false negatives imply.

    Parameters
    ----------
    given
        Decisions of all groups, of which the common values are taken.
    base_rate, shape (n_groups,)
        0-1.

    Returns
    -------
    array, shape (n_groups,)
        ``p/(1-p) (1-PPV)/PPV (1-FNR)``; above 1 where no decisions could do it; not a number where
        nobody was selected or nothing came.
    """
    tp, fp = float(given.true_positive.sum()), float(given.false_positive.sum())
    fn = float(given.false_negative.sum())
    p = np.asarray(base_rate, dtype=np.float64)
    usable: Flags = np.asarray((p < 1) & (tp > 0))
    odds = np.divide(p, 1 - p, out=np.full(p.size, np.nan), where=usable)
    return odds * (fp / tp if tp else np.nan) * (tp / (tp + fn) if tp + fn else np.nan)
