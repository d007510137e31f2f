"""Story: What is it made of, whose story do its documents tell, and what do they really promise?"""

from evenground.language import N_
from evenground.protocol import Question

QUESTION = Question(
    key="story",
    title=N_("Story"),
    asks=N_(
        "What is it made of, whose story do its documents tell, and what do they really promise?"
    ),
    order=2,
)
