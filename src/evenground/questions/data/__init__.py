"""Data: Can the data carry what is to be done with it?"""

from evenground.language import N_
from evenground.protocol import Question

QUESTION = Question(
    key="data",
    title=N_("Data"),
    asks=N_("Can the data carry what is to be done with it?"),
    order=5,
)
