"""Data: can the data carry what is to be done with it?"""

from evenground.language import N_
from evenground.protocol import Question
from evenground.questions.data.findings import answer
from evenground.questions.data.schemas import TABLES
from evenground.questions.data.settings import SETTINGS
from evenground.questions.data.tables import NEEDS, prepare
from evenground.questions.data.wording import WORDING

QUESTION = Question(
    key="data",
    title=N_("Data"),
    asks=N_("Can the data carry what is to be done with it?"),
    order=5,
    needs=NEEDS,
    tables=TABLES,
    settings=SETTINGS,
    prepare=prepare,
    answer=answer,
    wording=WORDING,
)
