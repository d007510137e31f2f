"""Promise: what was promised, at what cost, what came, and what was agreed to do then."""

from evenground.language import N_
from evenground.protocol import Question
from evenground.questions.promise.findings import answer
from evenground.questions.promise.schemas import TABLES
from evenground.questions.promise.settings import SETTINGS
from evenground.questions.promise.tables import NEEDS, prepare
from evenground.questions.promise.wording import WORDING

QUESTION = Question(
    key="promise",
    title=N_("Promise"),
    asks=N_(
        "What was promised, at what whole-life cost, what came, and what does the rule set "
        "beforehand say: scale, adjust, stop?"
    ),
    order=7,
    needs=NEEDS,
    tables=TABLES,
    settings=SETTINGS,
    prepare=prepare,
    answer=answer,
    wording=WORDING,
)
