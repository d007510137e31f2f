"""Problem: Is there a need, where is it, and does this act on its cause?"""

from evenground.language import N_
from evenground.protocol import Question

QUESTION = Question(
    key="problem",
    title=N_("Problem"),
    asks=N_("Is there a need, where is it, and does this act on its cause?"),
    order=1,
)
