"""What is tried against an effect before it is believed."""

from evenground.questions.promise.measures.evaluation.checks.checks_of import (
    Around,
    Checks,
    checks_of,
)
from evenground.questions.promise.measures.evaluation.checks.group_effects import (
    GroupEffect,
    GroupEffects,
    group_effects,
)
from evenground.questions.promise.measures.evaluation.checks.which import CHECKS, Check

__all__ = [
    "CHECKS",
    "Around",
    "Check",
    "Checks",
    "GroupEffect",
    "GroupEffects",
    "checks_of",
    "group_effects",
]
