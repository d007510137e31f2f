"""Problem: is there a need, where is it, and does this act on its cause?"""

from evenground.language import N_
from evenground.protocol import Question
from evenground.questions.problem.findings import answer
from evenground.questions.problem.schemas import TABLES
from evenground.questions.problem.settings import SETTINGS
from evenground.questions.problem.tables import NEEDS, prepare
from evenground.questions.problem.wording import WORDING

QUESTION = Question(
    key="problem",
    title=N_("Problem"),
    asks=N_("Is there a need, where is it, and does this act on its cause?"),
    order=1,
    needs=NEEDS,
    tables=TABLES,
    settings=SETTINGS,
    prepare=prepare,
    answer=answer,
    wording=WORDING,
)
