"""Which options belong to which counting rules; one that changes nothing is told."""

from __future__ import annotations

from evenground.errors import Place, Problem, ProblemKind, Severity
from evenground.language import N_
from evenground.questions.voice.measures.budgeting.named_rules import RULES, Counting
from evenground.workspace.polls.counting import CountAsked

OF_ANOTHER_RULE = ProblemKind(
    code="option_of_another_rule",
    severity=Severity.WARNING,
    what=N_("{value} changes nothing in a count by {rule}."),
    rule=N_("It belongs to {rules}."),
    way_out=N_("Name one of these with --rule, or leave {value} out."),
)
_ADDED_UP = (*(rule for rule in RULES if rule.startswith("greedy")), "knapsack")
_RULES_OF = {
    "--satisfaction": ("mes", "bos", "knapsack"),
    "--completion": ("mes",),
    "--start": ("mes",),
    "--increment": ("mes",),
    "--too-dear": ("phragmen",),
    "--reserve": ("greedy-reserve",),
    "--scored-by": _ADDED_UP,
}


def unused_options(how: Counting, asked: CountAsked) -> tuple[Problem, ...]:
    """Return a warning for each option that was given and that the rule does not know.

    Parameters
    ----------
    how
        The count; where no rule was asked for, it is that of the file.
    asked
        What was asked for.
    """
    said = {
        "--satisfaction": asked.satisfaction,
        "--completion": asked.completion.removeprefix("none"),
        "--start": asked.start,
        "--increment": asked.increment is not None,
        "--too-dear": asked.too_dear,
        "--reserve": asked.reserve is not None,
        "--scored-by": asked.scored_by if how.threshold is None else "",
    }
    return tuple(
        OF_ANOTHER_RULE.at(Place(), value=option, rule=how.rule, rules=", ".join(_RULES_OF[option]))
        for option, given in said.items()
        if given and how.rule not in _RULES_OF[option]
    )
