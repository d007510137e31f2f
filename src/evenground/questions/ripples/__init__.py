"""Ripples: What else changes, for whom, and when?"""

from evenground.language import N_
from evenground.protocol import Question

QUESTION = Question(
    key="ripples",
    title=N_("Ripples"),
    asks=N_("What else changes, for whom, and when?"),
    order=6,
)
