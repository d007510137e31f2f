"""Difference-in-differences with enumerated re-assignment: for a short history.

Each unit's mean from the start on, less its mean before, is compared between treated and others.
Every set of as many units, the treated among them, takes the place of the treated in turn; under
"no effect on anybody" all are as likely as the real one where it was drawn at random, and the test
is exact. The effect is ranked by its size (two-sided), its own assignment included. The interval
holds the constant effects that the test does not reject: whether an assignment counts against a
given effect changes at two points that are known in closed form, so the ends are exact.

Source: Fisher (1935), The Design of Experiments, section 21; Rosenbaum (2002), Observational
Studies, 2nd edition, chapter 2 (inversion); Conley and Taber (2011), Inference with difference in
differences with a small number of policy changes, Review of Economics and Statistics 93, 113-125.
"""

from __future__ import annotations

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.placebo_test import ALPHA, Ranked
from evenground.questions.promise.measures.synthetic.reassignments import reassignments


def enumerated_did(
    panel: Panel, *, alpha: float = ALPHA, rng: np.random.Generator | None = None
) -> Ranked:
    """Return the effect by difference-in-differences among all re-assignments.

    Parameters
    ----------
    panel
        All treated units start at one time, which may be the second of two; others never treated.
    alpha
        Two-sided level of test and interval, 0-1.
    rng
        Source of chance, needed only where there are more than 10,000 assignments.

    Raises
    ------
    UsageError
        If nobody or everybody is treated, starts differ, there is no time before the start, or
        assignments must be drawn without ``rng``.
    """
    treated = panel.ever_treated
    cohorts = panel.cohorts
    if cohorts.size != 1 or cohorts[0] < 1 or treated.all():
        raise wrong(
            "one_start_needed",
            N_("{n_starts} starts, {n_treated} of {n_units} units treated; one start with a time "
               "before it, and units never treated, are needed"),
            n_starts=int(cohorts.size),
            n_treated=int(treated.sum()),
            n_units=panel.n_units,
        )  # fmt: skip
    if not 0 < alpha < 1:
        raise wrong("alpha_range", N_("alpha is {found}; it must lie within 0-1"), found=alpha)
    start = int(cohorts[0])
    # The mean course changes no difference between units and would cost digits.
    apart = panel.outcomes - panel.outcomes.mean(axis=0)
    change = apart[:, start:].mean(axis=1) - apart[:, :start].mean(axis=1)
    sets, enumerated = reassignments(treated.size, int(treated.sum()), rng=rng)
    if not enumerated:
        sets = np.vstack([treated[None, :], sets])
    return _ranked(change, treated, sets, (alpha, enumerated))


def _ranked(change: Vector, treated: Flags, sets: Flags, how: tuple[float, bool]) -> Ranked:
    alpha, enumerated = how
    effect = float(_differences(change, treated[None, :])[0])
    found = _differences(change, sets)
    n = found.size
    at_least = np.abs(found) >= abs(effect) * (1 - 1e-12)
    at_least |= (sets == treated).all(axis=1)
    p = float(at_least.mean())
    allowed = int(np.floor(alpha * n * (1 + 1e-12)))
    lows, highs = _turning_points(effect, found, _differences(treated.astype(np.float64), sets))
    # Besides the real assignment its mirror image, if there is one, counts against every effect.
    always = int(np.isneginf(lows).sum())
    rank = min(max(allowed, always), n - 1)
    return Ranked(
        effect=effect,
        p=p,
        low=float(np.partition(lows, rank)[rank]),
        high=float(-np.partition(-highs, rank)[rank]),
        level=rank / n,
        cannot_tell=allowed < always,
        n_assignments=n,
        enumerated=enumerated,
        monte_carlo_error=0.0 if enumerated else float(np.sqrt(p * (1 - p) / (n - 1))),
        standard_error=float(found.std()),
        standard_error_unbiased=float(found.std(ddof=1)) if n > 1 else float("nan"),
    )


def _differences(values: Vector, sets: Flags) -> Vector:
    """Return the mean of each set less the mean of the others, shape (n_sets,)."""
    n_treated = int(sets[0].sum())
    inside = sets @ values
    return inside / n_treated - (values.sum() - inside) / (values.size - n_treated)


def _turning_points(effect: float, found: Vector, shares: Vector) -> tuple[Vector, Vector]:
    """Return between which effects each assignment counts, shape (n_sets,) each.

    With an effect ``t`` taken off, an assignment finds ``found - t shares`` and the real one
    ``effect - t``; the first is no smaller in size just between these two points, of which the
    real effect lies in the middle.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(shares < 1 - 1e-12, (effect - found) / (1 - shares), -np.inf)
        other = np.where(shares > -1 + 1e-12, (effect + found) / (1 + shares), np.inf)
    lows, highs = np.minimum(one, other), np.maximum(one, other)
    always = (shares >= 1 - 1e-12) | (shares <= -1 + 1e-12)
    lows[always], highs[always] = -np.inf, np.inf
    return lows, highs
