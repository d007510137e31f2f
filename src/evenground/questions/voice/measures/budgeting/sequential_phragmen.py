"""Phragmén's sequential rule: voters earn money at one pace; who can buy a project first, does.

Source: Phragmén (1894), as described for budgets by Los, Christoff and Grossi (2022), Proportional
budget allocations: towards a systematization, IJCAI, 398-404, section 2; it ends with the first
project that would overspend the budget. The exhaustive variant passes over those that do not fit.
"""

from __future__ import annotations

from typing import Literal

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.count_record import limits_recorded
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.outcome import (
    Certificate,
    Outcome,
    Recorded,
    Step,
    cost_of,
)
from evenground.questions.voice.measures.budgeting.phragmen_count import phragmen_path
from evenground.questions.voice.measures.budgeting.phragmen_exact import exact_phragmen
from evenground.questions.voice.measures.budgeting.satisfaction import support_in_words
from evenground.questions.voice.measures.budgeting.tie_order import checked_order


def sequential_phragmen(
    election: Election,
    *,
    too_dear: Literal["stop", "skip"] = "stop",
    limits: Limits | None = None,
    ties: tuple[int, ...] | None = None,
) -> Outcome:
    """Return the outcome of Phragmén's sequential rule.

    Parameters
    ----------
    election
        Ballots, costs and budget. Naming a project is supporting it: points and ranks are not
        looked at, and the record says so.
    too_dear
        ``"stop"``: the count ends as soon as one of the projects that could be bought first does
        not fit into the budget; ``"skip"``: such projects are passed over until none fits.
    limits
        Who takes part, caps and conflicts; what these keep out is passed over.
    ties
        All places, the one that wins ties first; as listed for ``None``.

    Returns
    -------
    Outcome
        ``value`` of a step is the money that each supporter had earned when the project was bought,
        in currency; a project that nobody supports is never bought.

    Raises
    ------
    UsageError
        If limits, order or variant do not go with the election.
    """
    if too_dear not in ("stop", "skip"):
        raise wrong("too_dear_unknown", N_("{found} is neither stop nor skip"), found=too_dear)
    kept, order = limits or Limits(), checked_order(election, ties)
    stops = too_dear == "stop"
    path = phragmen_path(election, stops=stops, limits=kept, order=order)
    steps = exact_phragmen(election, stops=stops, limits=kept, order=order)
    funded = tuple(step.project for step in steps)
    return Outcome(
        funded=funded,
        cost=cost_of(election, funded),
        rule="phragmen",
        record=_recorded(election, too_dear, limits_recorded(election, kept, order)),
        steps=steps,
        certificate=_certified(path, steps),
    )


def _recorded(
    election: Election, too_dear: str, limits: dict[str, Recorded]
) -> dict[str, Recorded]:
    support = support_in_words(election)
    known: dict[str, Recorded] = {"support": support, "without_support": "never funded"}
    return {**known, "too_dear": too_dear, **limits}


def _certified(path: tuple[int, ...], steps: tuple[Step, ...]) -> Certificate:
    same = path == tuple(step.project for step in steps)
    return Certificate(
        exact=True,
        found="replayed" if same else "recounted",
        n_steps=len(steps),
        reason=None if same else "the fast count took another path within rounding",
    )
