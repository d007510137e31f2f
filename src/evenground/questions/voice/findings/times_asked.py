"""Each time that people were asked, on one line: who, when, what was open, what they could do."""

from __future__ import annotations

from collections.abc import Sequence

from evenground.evidence import Message, Table
from evenground.questions.voice.asked import Asked
from evenground.questions.voice.findings.levels import supported_words
from evenground.questions.voice.findings.telling import called, count_words, share_words
from evenground.questions.voice.measures.timing.choices_open import State


def times_asked(asked: Sequence[Asked]) -> Table:
    """Return the steps of participation, one row each, in the order of their days."""
    return Table(
        key="times_asked",
        columns=("whom_asked", "open_at_that_time", "could_by_the_log"),
        rows=tuple((_whom(one), _open(one), supported_words(one)) for one in asked),
        title=Message(code="table.times_asked"),
    )


def _whom(asked: Asked) -> Message:
    if not asked.whom:
        return called(asked)
    return Message(code="asked_whom", parameters={"step": called(asked), "whom": asked.whom})


def _open(asked: Asked) -> Message:
    choices, money = asked.choices, asked.committed
    committed = share_words(money.low, money.high)
    n = len(choices.choices)
    unknown = ".money_unknown" * ((money.low, money.high) == (0, 1))
    if not n:
        return Message(code=f"open_then.unnamed{unknown}", parameters={"committed": committed})
    still = choices.count(State.OPEN)
    told = {
        "n": n,
        "open": count_words(still, still + choices.count(State.UNKNOWN)),
        "committed": committed,
    }
    return Message(code=f"open_then{unknown}", parameters=told)
