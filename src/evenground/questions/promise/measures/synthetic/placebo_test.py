"""Placebos: what is found for donors that nothing happened to, and where the effect ranks.

Every set of as many donors as are treated takes their place in turn, while the treated stay away.
The effect is ranked by its size, without regard to sign (two-sided), among all assignments, its own
included. The interval holds the constant effects that this test does not reject: taking such an
effect off what the treated did afterwards moves the estimate by just as much and leaves every
placebo as it is, so its ends are known in closed form.

Where 1 / assignments lies above the level asked for, no result could ever be told from chance: it
is said so, and the interval is that of the attainable level.

Source: Abadie, Diamond and Hainmueller (2010), Journal of the American Statistical Association 105,
493-505 (placebos in space); Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American
Economic Review 111, 4088-4118, algorithm 4 (standard error); Phipson and Smyth (2010), Statistical
Applications in Genetics and Molecular Biology 9, 39 (p of drawn assignments).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.assignment_contrasts import (
    Contrasts,
    contrasts_of,
    effects_of,
    plan_of,
)
from evenground.questions.promise.measures.synthetic.reassignments import reassignments
from evenground.questions.promise.measures.synthetic.synthetic_fit import Method, Mode
from evenground.questions.promise.measures.synthetic.treated_block import (
    TreatedBlock,
    treated_block,
)

ALPHA = 0.05
_LEAST_DONORS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Where an effect ranks among placebos.

    Attributes
    ----------
    effect
        The real one, in the outcome's unit.
    p
        ``(1 + placebos at least as large) / (1 + placebos)``, two-sided, 0-1.
    low, high
        Constant effects not rejected at ``level``, in the outcome's unit.
    level
        Two-sided level of the interval, 0-1: the largest multiple of ``1 / n_assignments`` that is
        not above alpha, or the least there is.
    cannot_tell
        Whether no result could be significant at alpha: ``1 / n_assignments > alpha``.
    n_assignments
        Placebos, and the real assignment.
    enumerated
        Whether these are all assignments; otherwise they were drawn.
    monte_carlo_error
        Standard error of ``p`` by drawing, 0-1; 0 where all are listed.
    standard_error, standard_error_unbiased
        Standard deviation of the placebos, divided by their number as in the source, and by one
        less.
    """

    effect: float
    p: float
    low: float
    high: float
    level: float
    cannot_tell: bool
    n_assignments: int
    enumerated: bool
    monte_carlo_error: float
    standard_error: float
    standard_error_unbiased: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceboTest:
    """The effect among placebos.

    Attributes
    ----------
    method, mode
        As in ``SyntheticFit``.
    ranked
        The effect, its p and interval.
    placebos, shape (n_placebos,)
        What was found for donors in the place of the treated, in the outcome's unit.
    members, shape (n_placebos, n_units)
        Who stood in the place of the treated.
    gap
        The largest duality gap behind them, in the outcome's unit squared.
    """

    method: Method
    mode: Mode
    ranked: Ranked
    placebos: Vector
    members: Flags
    gap: float


def placebo_test(
    panel: Panel,
    method: Method = "sdid",
    *,
    mode: Mode = "exact",
    alpha: float = ALPHA,
    rng: np.random.Generator | None = None,
) -> PlaceboTest:
    """Return where the effect ranks among placebos.

    Parameters
    ----------
    panel
        All treated units start at one time; the others are never treated.
    method, mode
        The estimator: ``sdid``, ``sc``, ``did`` or ``ascm``; ``exact`` or ``reference``.
    alpha
        Two-sided level of test and interval, 0-1.
    rng
        Source of chance, needed only where there are more than 10,000 assignments.

    Raises
    ------
    UsageError
        If nobody is treated, starts differ, too few donors or times are left, or assignments must
        be drawn without ``rng``.
    """
    block = treated_block(panel)
    contrasts, members, enumerated = placebo_contrasts(block, method, mode=mode, rng=rng)
    found = effects_of(contrasts, block.outcomes)
    return PlaceboTest(
        method=method,
        mode=mode,
        ranked=ranked(float(found[0]), found[1:], alpha=alpha, enumerated=enumerated),
        placebos=found[1:],
        members=members[1:],
        gap=contrasts.gap,
    )


def placebo_contrasts(
    block: TreatedBlock, method: Method, *, mode: Mode, rng: np.random.Generator | None
) -> tuple[Contrasts, Flags, bool]:
    """Return weights for the real assignment (first) and for placebos; who is treated in each.

    Raises
    ------
    UsageError
        If fewer than two donors would be left for a placebo, or ``rng`` is needed.
    """
    donors = block.donors
    if donors.size - block.n_treated < _LEAST_DONORS:
        raise wrong(
            "donors_few",
            N_("{n_donors} units never treated leave fewer than two donors for a placebo of "
               "{n_treated}"),
            n_donors=int(donors.size),
            n_treated=block.n_treated,
        )  # fmt: skip
    sets, enumerated = reassignments(donors.size, block.n_treated, rng=rng)
    members = np.zeros((len(sets), block.treated.size), dtype=np.bool_)
    members[:, donors] = sets
    plan = plan_of(block, method, mode=mode)
    real = contrasts_of(block.outcomes, block.treated[None, :], ~block.treated[None, :], plan=plan)
    others = contrasts_of(block.outcomes, members, ~members & ~block.treated, plan=plan)
    both = Contrasts(
        units=np.vstack([real.units, others.units]),
        times=np.vstack([real.times, others.times]),
        gap=max(real.gap, others.gap),
    )
    return both, np.vstack([block.treated[None, :], members]), enumerated


def ranked(effect: float, placebos: Vector, *, alpha: float, enumerated: bool) -> Ranked:
    """Return p and interval of an effect among placebos.

    Parameters
    ----------
    effect
        The real one.
    placebos, shape (n_placebos,)
        What was found for the others, one or more.
    alpha
        Two-sided level, 0-1.
    enumerated
        Whether the placebos are all that there are.

    Raises
    ------
    UsageError
        If ``alpha`` is not within 0-1.
    """
    if not 0 < alpha < 1:
        raise wrong("alpha_range", N_("alpha is {found}; it must lie within 0-1"), found=alpha)
    sizes = np.sort(np.abs(placebos))[::-1]
    # Equal but for rounding counts as equal, so that a tie is a tie in every unit of measurement.
    at_least = int((sizes >= abs(effect) * (1 - 1e-12)).sum())
    n = sizes.size + 1
    p = (1 + at_least) / n
    allowed = int(np.floor(alpha * n * (1 + 1e-12)))
    rank = min(max(allowed, 1), sizes.size)
    half = float(sizes[rank - 1])
    return Ranked(
        effect=effect,
        p=p,
        low=effect - half,
        high=effect + half,
        level=rank / n,
        cannot_tell=allowed < 1,
        n_assignments=n,
        enumerated=enumerated,
        monte_carlo_error=0.0 if enumerated else float(np.sqrt(p * (1 - p) / sizes.size)),
        standard_error=float(placebos.std()),
        standard_error_unbiased=float(placebos.std(ddof=1)) if sizes.size > 1 else float("nan"),
    )
