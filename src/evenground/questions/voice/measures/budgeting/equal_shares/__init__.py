"""The Method of Equal Shares with its completions, each outcome with an exact certificate."""

from evenground.questions.voice.measures.budgeting.equal_shares.bounded_overspending import (
    bounded_overspending,
)
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
from evenground.questions.voice.measures.budgeting.equal_shares.winners_at import winners_at

__all__ = [
    "COMPLETIONS",
    "SATISFACTIONS",
    "STARTS",
    "Completion",
    "EqualSharesVariant",
    "Satisfaction",
    "Start",
    "bounded_overspending",
    "equal_shares",
    "winners_at",
]
