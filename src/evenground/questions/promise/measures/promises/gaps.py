"""Fields of a promise, and what the absence of each prevents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenground.language import N_


class Prevents(StrEnum):
    """What cannot be done or said without a field."""

    MEASURING = "measuring"
    DELIVERED_SHARE = "delivered_share"
    BEFORE_AND_AFTER = "before_and_after"
    CHECKING_THE_BASELINE = "checking_the_baseline"
    BEING_LATE = "being_late"
    ASKING = "asking"
    LOOKING_IT_UP = "looking_it_up"
    RULE = "rule"
    WORST_GROUP = "worst_group"
    ADJUSTING = "adjusting"
    EVALUATION = "evaluation"
    DECISION = "decision"
    HARM = "harm"
    METHOD_SET_BEFOREHAND = "method_set_beforehand"
    WHO_BENEFITS = "who_benefits"
    WHERE = "where"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A field that is not there: its columns (any one would do), and what that prevents.

    ``code`` tells gaps apart; ``what`` is a sentence marked for translation.
    """

    code: str
    columns: tuple[str, ...]
    prevents: Prevents
    what: str


def _gap(columns: str, prevents: Prevents, what: str, *, code: str = "") -> Gap:
    return Gap(
        code=code or columns or prevents.value,
        columns=tuple(columns.split()),
        prevents=prevents,
        what=what,
    )


ALWAYS = (
    _gap("who", Prevents.ASKING, N_("Nobody is named who promised it: there is nobody to ask.")),
    _gap("document", Prevents.LOOKING_IT_UP, N_("No document: the words cannot be looked up.")),
    _gap("by", Prevents.BEING_LATE, N_("No date: it can never be late.")),
    _gap("place", Prevents.WHERE, N_("No place: it is kept wherever something improves.")),
    _gap("groups", Prevents.WHO_BENEFITS, N_("No group: it is kept whoever gets it.")),
    _gap("informs", Prevents.DECISION, N_("No decision: whatever comes out, nobody waits for it.")),
)
"""What every promise needs, one judged by accounts too."""

MEASURED = (
    _gap("indicator", Prevents.MEASURING, N_("No indicator: nothing measures it.")),
    _gap("unit", Prevents.MEASURING, N_("No unit: nobody knows what the number means.")),
    _gap("baseline", Prevents.DELIVERED_SHARE, N_("No baseline: no delivered share.")),
    _gap(
        "target change change_share",
        Prevents.DELIVERED_SHARE,
        N_("No value promised: no delivered share."),
        code="value",
    ),
    _gap(
        "baseline_date",
        Prevents.BEFORE_AND_AFTER,
        N_("No date of the baseline: nobody can tell whether it was from before the start."),
    ),
    _gap(
        "baseline_dataset",
        Prevents.CHECKING_THE_BASELINE,
        N_("No dataset behind the baseline: it cannot be checked."),
    ),
    _gap(
        "outcome_source", Prevents.EVALUATION, N_("No source of outcome data: nothing to evaluate.")
    ),
    _gap(
        "minimum_effect",
        Prevents.RULE,
        N_("No smallest worthwhile effect: the rule can say neither scale nor stop."),
    ),
    _gap(
        "floor_worst_group",
        Prevents.WORST_GROUP,
        N_("No floor: a group may lose without the rule noticing."),
    ),
    _gap(
        "delivery_threshold",
        Prevents.ADJUSTING,
        N_("No threshold of delivery: too little of it leads to no adjustment."),
    ),
)
"""What a promise needs that an indicator is to judge."""

COST = (
    _gap(
        "target",
        Prevents.DELIVERED_SHARE,
        N_("No amount: no overrun of cost can be told."),
        code="amount",
    ),
    _gap(
        "unit",
        Prevents.MEASURING,
        N_("No currency and price year: nobody knows what the number means."),
        code="currency",
    ),
)
"""What a promised cost needs beside ``ALWAYS``; a promised date needs nothing else."""

NO_HARM = _gap("", Prevents.HARM, N_("No harm is watched: a gain here may be paid for elsewhere."))
NO_METHOD = _gap(
    "",
    Prevents.METHOD_SET_BEFOREHAND,
    N_("Not said how it will be judged: the method can be chosen once the result is known."),
)
GAPS = (*ALWAYS, *MEASURED, *COST, NO_HARM, NO_METHOD)
"""All there are."""
