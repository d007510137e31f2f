"""Who benefits: the effect on each group, so that the groups' effects add up to the total's.

All groups are weighed as the total is, with the unit and time weights of the total, and with
population shares fixed at the baseline. An estimator with given weights is linear in the outcomes,
so the groups' contributions add up to the total effect exactly; weights fitted to each group apart
would not. With the same shares everywhere a group's effect is what the estimator finds in its own
series; with shares that differ from unit to unit, it is its contribution per member among the
treated, in which differing shares of the donors take part.

Source: weights after Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic
Review 111, 4088-4118, equation 1; the adding-up is linearity.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, matrix, wrong
from evenground.questions.promise.measures.panel import Panel
from evenground.questions.promise.measures.synthetic.assignment_contrasts import effects_of
from evenground.questions.promise.measures.synthetic.placebo_test import (
    ALPHA,
    Ranked,
    placebo_contrasts,
    ranked,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import Method
from evenground.questions.promise.measures.synthetic.treated_block import treated_block


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoBenefits:
    """Effects by group.

    Attributes
    ----------
    groups
        Names, in the order given.
    total
        Effect on everybody, with p and interval from placebos, in the outcome's unit.
    effects
        For each group the effect on its members, with p and interval from the same placebos.
    contributions, shape (n_groups,)
        What each group adds to the total effect; their sum is the total effect.
    shares, shape (n_groups,)
        Share of each group among the treated at the baseline, 0-1, adding up to 1.
    """

    groups: tuple[str, ...]
    total: Ranked
    effects: tuple[Ranked, ...]
    contributions: Vector
    shares: Vector


def who_benefits(
    groups: Mapping[str, Panel],
    shares: ArrayLike,
    *,
    method: Method = "sdid",
    alpha: float = ALPHA,
    rng: np.random.Generator | None = None,
) -> WhoBenefits:
    """Return the effect on each group.

    Parameters
    ----------
    groups
        A panel for each group, of the same units and times; one start for all treated.
    shares, shape (n_groups,) or (n_groups, n_units)
        Share of each group at the baseline, above 0, adding up to 1 over groups: the same
        everywhere, or unit by unit.
    method, alpha, rng
        As in ``placebo_test``.

    Raises
    ------
    UsageError
        If panels or shares do not fit together, or as ``placebo_test`` does.
    """
    panels = tuple(groups.values())
    given = shares_of_groups(panels, shares)
    outcomes = [share[:, None] * one.outcomes for share, one in zip(given, panels, strict=True)]
    first = panels[0]
    whole = Panel(outcomes=np.sum(outcomes, axis=0), first_treated=first.first_treated)
    block = treated_block(whole)
    contrasts, members, enumerated = placebo_contrasts(block, method, mode="exact", rng=rng)
    in_place: Vector = members / members.sum(axis=1, keepdims=True)
    parts = [effects_of(contrasts, one) for one in outcomes]
    everybody = np.sum(parts, axis=0)
    told = [
        ranked(float(each[0]), each[1:], alpha=alpha, enumerated=enumerated)
        for each in (everybody, *(p / (in_place @ s) for p, s in zip(parts, given, strict=True)))
    ]
    return WhoBenefits(
        groups=tuple(groups),
        total=told[0],
        effects=tuple(told[1:]),
        contributions=np.array([part[0] for part in parts]),
        shares=given @ in_place[0],
    )


def shares_of_groups(panels: Sequence[Panel], shares: ArrayLike) -> Vector:
    """Return the share of each group in each unit, shape (n_groups, n_units).

    Parameters
    ----------
    panels
        One for each group.
    shares, shape (n_groups,) or (n_groups, n_units)
        The same everywhere, or unit by unit.

    Raises
    ------
    UsageError
        If panels differ in units, times or starts, or shares are not above 0 and add up to 1.
    """
    if not panels or any(not _alike(panels[0], other) for other in panels[1:]):
        raise wrong(
            "groups_differ",
            N_("{n} panels; at least one is needed, and all of the same units, times and starts"),
            n=len(panels),
        )
    given = np.asarray(shares, dtype=np.float64)
    if given.ndim == 1:
        given = np.tile(given[:, None], (1, panels[0].n_units))
    given = matrix("shares", given, shape=(len(panels), panels[0].n_units))
    total = given.sum(axis=0)
    off: Flags = np.abs(total - 1) > 1e-9  # noqa: PLR2004 - rounding of shares that are divided
    if off.any() or given.min() <= 0:
        raise wrong(
            "shares_of_groups",
            N_("shares of groups add up to {least}-{most}, the least is {smallest}; they must be "
               "above 0 and add up to 1 in every unit"),
            least=float(total.min()),
            most=float(total.max()),
            smallest=float(given.min()),
        )  # fmt: skip
    return given


def _alike(one: Panel, other: Panel) -> bool:
    return one.outcomes.shape == other.outcomes.shape and bool(
        (one.first_treated == other.first_treated).all()
    )
