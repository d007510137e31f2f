"""Voice: Who was asked, when, and what was still open?"""

from evenground.language import N_
from evenground.protocol import Question

QUESTION = Question(
    key="voice",
    title=N_("Voice"),
    asks=N_("Who was asked, when, and what was still open?"),
    order=3,
)
