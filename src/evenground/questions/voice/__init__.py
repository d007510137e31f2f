"""Voice: Who was asked, when, and what was still open?"""

from evenground.language import N_
from evenground.protocol import Question
from evenground.questions.voice.findings import answer
from evenground.questions.voice.schemas import TABLES
from evenground.questions.voice.settings import SETTINGS
from evenground.questions.voice.tables import NEEDS, prepare
from evenground.questions.voice.wording import WORDING

QUESTION = Question(
    key="voice",
    title=N_("Voice"),
    asks=N_("Who was asked, when, and what was still open?"),
    order=3,
    needs=NEEDS,
    tables=TABLES,
    settings=SETTINGS,
    prepare=prepare,
    answer=answer,
    wording=WORDING,
)
