"""Reach: who gets it, who doesn't, and does it even out or widen?"""

from evenground.language import N_
from evenground.protocol import Question
from evenground.questions.reach.findings import answer
from evenground.questions.reach.settings import SETTINGS
from evenground.questions.reach.tables import NEEDS, prepare
from evenground.questions.reach.wording import WORDING

QUESTION = Question(
    key="reach",
    title=N_("Reach"),
    asks=N_("Who gets it, who doesn't, and does it even out or widen?"),
    order=4,
    needs=NEEDS,
    settings=SETTINGS,
    prepare=prepare,
    answer=answer,
    wording=WORDING,
)
