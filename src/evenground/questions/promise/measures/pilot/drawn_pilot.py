"""The draw: which areas take part and which get what, so that it can be sealed and looked at again.

Sources: Morgan and Rubin (2012), Annals of Statistics 40, 1263-1282 (drawn again until balanced to
a threshold set beforehand); Bruhn and McKenzie (2009), American Economic Journal: Applied Economics
1, 200-232 (how it was drawn has to be said, and the test has to follow it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Whole, wrong
from evenground.questions.promise.measures.pilot.null_intervals import baseline_covariates
from evenground.questions.promise.measures.pilot.pilot_design import PilotDesign
from evenground.questions.promise.measures.pilot.pilot_options import Past
from evenground.questions.promise.measures.randomised.assignments import (
    N_DRAWS,
    Assignments,
    assignments_of,
)
from evenground.questions.promise.measures.randomised.permutation import reference_set
from evenground.questions.promise.measures.randomised.rerandomisation import (
    BalanceRule,
    accepted_assignments,
    balance_threshold,
)
from evenground.questions.promise.measures.randomised.scheme import (
    Scheme,
    even_scheme,
    scheme_data,
    scheme_of,
)

_STREAM = 104_729
_DRAWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPilot:
    """A draw with all that it takes to draw it again, or to list what else could have come.

    Attributes
    ----------
    design
        The pilot.
    chosen, shape (n_areas,)
        Rows of the history that take part, in their order.
    labels, shape (n_areas,)
        What each got: 1 treated and 0 not, or its step from 0.
    scheme
        What the lots could have given.
    rule
        The balance that was asked for; ``None`` if none.
    seed
        Of the draw.
    """

    design: PilotDesign
    chosen: Whole
    labels: Whole
    scheme: Scheme
    rule: BalanceRule | None
    seed: int

    @property
    def data(self) -> Mapping[str, Any]:
        """The draw as plain data, without names of areas."""
        rule = None
        if self.rule is not None:
            rule = {
                "covariates": self.rule.covariates.tolist(),
                "largest_mahalanobis_distance": self.rule.threshold,
            }
        return {
            "design": self.design.design,
            "n_areas": self.design.n_areas,
            "n_periods": self.design.n_periods,
            "n_baseline": self.design.n_baseline,
            "n_steps": self.design.n_steps,
            "starts": (self.design.starts - self.design.n_baseline).tolist(),
            "scheme": scheme_data(self.scheme),
            "balance": rule,
            "seed": self.seed,
            "labels": self.labels.tolist(),
        }


def drawn_pilot(past: Past, design: PilotDesign, *, accepted: float = 1.0) -> DrawnPilot:
    """Return areas and assignment drawn by lot, the same for the same seed.

    Parameters
    ----------
    past
        History with its seed; its last periods serve as baseline for the balance.
    design
        The pilot.
    accepted
        Share of assignments that the rule of balance accepts, above 0 to 1; 1 for no rule.

    Raises
    ------
    UsageError
        If there are fewer areas than the pilot has, or balance is asked for without a baseline.
    """
    rng = np.random.default_rng([past.seed, _STREAM])
    n_units = len(past.outcomes)
    chosen = np.sort(rng.permutation(n_units)[: design.n_areas]).astype(np.int64)
    strata = np.zeros(n_units, np.int64) if past.strata is None else past.strata
    scheme = even_scheme(strata[chosen], design.n_labels)
    rule = None
    if accepted < 1:
        n_all = past.outcomes.shape[1]
        known = baseline_covariates(past.outcomes[chosen, n_all - design.n_baseline :])
        threshold = balance_threshold(known.shape[1], accepted, n_labels=design.n_labels)
        rule = BalanceRule(covariates=known, threshold=threshold)
        every = accepted_assignments(scheme, rule, rng=rng, n_draws=_DRAWS)
    else:
        every = assignments_of(scheme, rng=rng, n_draws=1)
    labels = every.labels[int(rng.integers(every.n))]
    return DrawnPilot(
        design=design, chosen=chosen, labels=labels, scheme=scheme, rule=rule, seed=past.seed
    )


def sealed_assignments(
    data: Mapping[str, Any], *, rng: np.random.Generator | None = None, n_draws: int = N_DRAWS
) -> tuple[Whole, Assignments]:
    """Return the assignment that came and all that could have come, from a draw as it was sealed.

    Parameters
    ----------
    data
        What ``DrawnPilot.data`` wrote down, with or without names.
    rng, n_draws
        Used only where there are too many to list.

    Returns
    -------
    tuple
        Labels, shape (n_areas,), and the assignments that a permutation test runs over: after a
        draw that was balanced, those that the rule accepts.

    Raises
    ------
    UsageError
        If this is no draw, the assignment cannot have come from its scheme or breaks its rule, or
        they must be drawn and no source of chance is given.
    """
    if not {"scheme", "balance", "labels"} <= set(data):
        raise wrong("no_draw", N_("this is no draw: {found}"), found=", ".join(sorted(data)))
    scheme, rule = scheme_of(data["scheme"]), data["balance"]
    if rule is None:
        every = assignments_of(scheme, rng=rng, n_draws=n_draws)
    else:
        balanced = BalanceRule(
            covariates=np.asarray(rule["covariates"], dtype=np.float64),
            threshold=float(rule["largest_mahalanobis_distance"]),
        )
        every = accepted_assignments(scheme, balanced, rng=rng, n_draws=n_draws)
    labels, came = reference_set(data["labels"], every)
    return labels[came], every
