"""Reach: Who gets it, who doesn't, and does it even out or widen?"""

from evenground.language import N_
from evenground.protocol import Question

QUESTION = Question(
    key="reach",
    title=N_("Reach"),
    asks=N_("Who gets it, who doesn't, and does it even out or widen?"),
    order=4,
)
