"""The Method of Equal Shares with its completions, each outcome with an exact certificate."""

from evenground.questions.voice.measures.budgeting.equal_shares.equal_shares import (
    COMPLETIONS,
    STARTS,
    Completion,
    EqualSharesVariant,
    Start,
    equal_shares,
)
from evenground.questions.voice.measures.budgeting.equal_shares.support import (
    SATISFACTIONS,
    Satisfaction,
)

__all__ = [
    "COMPLETIONS",
    "SATISFACTIONS",
    "STARTS",
    "Completion",
    "EqualSharesVariant",
    "Satisfaction",
    "Start",
    "equal_shares",
]
