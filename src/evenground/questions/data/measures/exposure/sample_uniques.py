"""Of rows that are unique in a sample, how many are so among everybody?

Source: Skinner and Elliot (2002), "A measure of disclosure risk for microdata", Journal of the
Royal Statistical Society B 64, 855-867: the chance that a match with a unique row is correct is
estimated by ``f n1 / (f n1 + 2 (1 - f) n2)``, with n1 unique rows, n2 pairs and the sampling
fraction f, and no model of who is alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.exact_limits import share_limits
from evenground.methods.validation import wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRisk:
    """Chance that somebody found by a unique row is the right person.

    Attributes
    ----------
    share, low, high, confidence
        0-1, with its interval; ``share`` is ``None`` where no class has one or two rows.
    n_unique, n_pairs, fraction
        Classes of one row, classes of two rows, and the part of all people that is in the table.
    """

    share: float | None
    low: float
    high: float
    confidence: float
    n_unique: int
    n_pairs: int
    fraction: float

    @property
    def definition(self) -> Message:
        """What was estimated."""
        return Message(code="definition.match_risk", parameters={"fraction": self.fraction})


def match_risk(
    n_unique: int, n_pairs: int, *, fraction: float, confidence: float = 0.95
) -> MatchRisk:
    """Return the chance that a match with a row unique in the sample is correct.

    Parameters
    ----------
    n_unique, n_pairs
        Classes of one and of two rows.
    fraction
        Part of all people that the table holds, above 0 and at most 1; drawn at random.
    confidence
        Level of the interval: Clopper and Pearson's of ``n1 / (n1 + n2)``, as if classes were drawn
        independently, put through the formula.

    Raises
    ------
    UsageError
        If a count is negative or the fraction is outside 0-1.
    """
    if n_unique < 0 or n_pairs < 0 or not 0 < fraction <= 1:
        raise wrong(
            "match_risk",
            N_("{n_unique} unique rows, {n_pairs} pairs, a fraction of {fraction}"),
            n_unique=n_unique, n_pairs=n_pairs, fraction=fraction,
        )  # fmt: skip
    n = n_unique + n_pairs
    low, high = (float(one) for one in share_limits(n_unique, n, confidence=confidence))
    return MatchRisk(
        share=_risk(n_unique / n, fraction) if n else None,
        low=_risk(low, fraction),
        high=_risk(high, fraction),
        confidence=confidence,
        n_unique=n_unique,
        n_pairs=n_pairs,
        fraction=fraction,
    )


def _risk(part: float, fraction: float) -> float:
    """Return the risk for a part ``n1 / (n1 + n2)``; it rises with it."""
    right, wrong_ones = fraction * part, 2 * (1 - fraction) * (1 - part)
    return right / (right + wrong_ones) if right + wrong_ones > 0 else 1.0
