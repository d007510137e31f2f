"""Would any result make a difference? A promise whose results all get one response is a gesture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

RESULTS: tuple[str, ...] = ("scale", "adjust", "stop", "cannot_tell")
"""What a sealed rule may say."""


class Why(StrEnum):
    """Why a promise is a gesture."""

    NONE_GIVEN = "none_given"
    ALL_ALIKE = "all_alike"
    ONE_ONLY = "one_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """Whether measuring can change anything.

    Attributes
    ----------
    is_gesture
        Whether no two results are said to get different responses.
    why
        Why it is; ``None`` where it is not.
    unanswered
        Results of the sealed rule for which no response is given, in the rule's order.
    n_responses
        How many different responses are given.
    """

    is_gesture: bool
    why: Why | None
    unanswered: tuple[str, ...]
    n_responses: int


def gesture(responses: Mapping[str, str]) -> Gesture:
    """Return whether the responses to possible results differ at all.

    Responses that differ in capitals, spaces or a full stop only are one. A response to a single
    result leaves open what any other would change, so that is a gesture too. After Halegoua (2020),
    Smart Cities: what is measured must be able to change what is done.

    Parameters
    ----------
    responses
        Result to what the city would then do; blank for nothing.
    """
    given = {result: _plain(words) for result, words in responses.items() if _plain(words)}
    different = len(set(given.values()))
    why: Why | None = None
    if not given:
        why = Why.NONE_GIVEN
    elif len(given) == 1:
        why = Why.ONE_ONLY
    elif different == 1:
        why = Why.ALL_ALIKE
    return Gesture(
        is_gesture=why is not None,
        why=why,
        unanswered=tuple(result for result in RESULTS if result not in given),
        n_responses=different,
    )


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(" .")
