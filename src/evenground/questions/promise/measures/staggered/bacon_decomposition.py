"""What the two-way fixed-effects estimate is made of: every comparison of two cohorts.

Source: Goodman-Bacon (2021), Difference-in-differences with variation in treatment timing, Journal
of Econometrics 225, 254-277, theorem 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong
from evenground.questions.promise.measures.large_panels.panel_sums import PanelSums, sums_of
from evenground.questions.promise.measures.panel import Panel

Kind = Literal["treated v never", "earlier v later", "later v earlier", "treated v always"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaconDecomposition:
    """Two-by-two comparisons whose weighted sum is the two-way fixed-effects estimate.

    Attributes
    ----------
    kind, shape (n_comparisons,)
        ``later v earlier`` and ``treated v always`` hold cohorts against others that are treated
        already: where effects grow with time they pull the estimate the wrong way.
    treated, control, shape (n_comparisons,)
        First columns of treatment; ``n_times`` for never.
    weight, shape (n_comparisons,)
        0-1; they add up to 1.
    estimate, shape (n_comparisons,)
        Difference-in-differences of the two, in the outcome's unit.
    overall
        Their weighted sum: the two-way fixed-effects estimate.
    """

    kind: tuple[Kind, ...]
    treated: Whole
    control: Whole
    weight: Vector
    estimate: Vector
    overall: float

    def weight_of(self, kind: Kind) -> float:
        """Return the weight of all comparisons of one kind, 0-1."""
        return float(self.weight[np.array([one == kind for one in self.kind], bool)].sum())


def bacon_decomposition(panel: Panel | PanelSums) -> BaconDecomposition:
    """Return the comparisons behind the two-way fixed-effects estimate.

    Parameters
    ----------
    panel
        Balanced; units or sums.

    Raises
    ------
    UsageError
        If outcomes are missing (leave out units that are not observed at all times), or all units
        begin treatment together.
    """
    sums = sums_of(panel)
    if not sums.balanced:
        raise wrong(
            "panel_unbalanced",
            N_("the decomposition needs every unit at each time; leave out those that are not"),
        )
    starts, cohort = np.unique(sums.first_treated, return_inverse=True)
    rows = np.bincount(cohort, sums.n[:, 0])
    level = sums.total.sum(axis=1, keepdims=True) / sums.n_times
    means = np.stack([np.bincount(cohort, column) for column in (sums.total - level).T], axis=1)
    means /= rows[:, None]
    after = np.arange(sums.n_times) >= starts[:, None]
    share = after.mean(axis=1)
    size = rows / rows.sum()
    found = [
        _compared(means, (starts, share, size), one, other)
        for one in range(starts.size)
        for other in range(starts.size)
        if one != other and 0 < share[one] < 1
    ]
    if not found:
        raise wrong("one_cohort", N_("all units begin treatment together: nothing to compare"))
    weight = np.array([w for _, _, _, w, _ in found])
    weight /= weight.sum()
    estimate = np.array([e for *_, e in found])
    return BaconDecomposition(
        kind=tuple(kind for kind, *_ in found),
        treated=np.array([one for _, one, *_ in found]),
        control=np.array([other for _, _, other, *_ in found]),
        weight=weight,
        estimate=estimate,
        overall=float(weight @ estimate),
    )


def _compared(
    means: Vector, cohorts: tuple[Whole, Vector, Vector], one: int, other: int
) -> tuple[Kind, int, int, float, float]:
    """Return kind, cohorts, unscaled weight and estimate of one cohort held against another."""
    starts, share, size = cohorts
    n_times = means.shape[1]
    g, h = int(starts[one]), int(starts[other])
    if h in {0, n_times}:
        kind, window = ("treated v never" if h else "treated v always"), (0, n_times)
        variance = share[one] * (1 - share[one])
    elif g < h:
        kind, window = "earlier v later", (0, h)
        variance = (share[one] - share[other]) * (1 - share[one])
    else:
        kind, window = "later v earlier", (h, n_times)
        variance = share[one] * (share[other] - share[one])
    change = [
        means[row, g : window[1]].mean() - means[row, window[0] : g].mean() for row in (one, other)
    ]
    # With sizes as shares of all, (n_k + n_l)^2 n_kl (1 - n_kl) is the product of the two sizes.
    return kind, g, h, float(size[one] * size[other] * variance), float(change[0] - change[1])
