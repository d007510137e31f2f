"""Parts of sentences and tables that several topics of Voice share."""

from __future__ import annotations

from evenground.evidence import Estimate, Message, Parameter
from evenground.questions.voice.asked import Asked
from evenground.questions.voice.measures.timing.event import Event

NOT_STATED = Message(code="not_stated")


def share_words(low: float, high: float) -> Message:
    """Say a share that is known, lies between bounds, or may be anything."""
    if low == high:
        return Message(code="share.known", parameters={"share": low})
    if low == 0 and high == 1:
        return Message(code="share.unknown")
    if low == 0:
        return Message(code="share.at_most", parameters={"high": high})
    if high == 1:
        return Message(code="share.at_least", parameters={"low": low})
    return Message(code="share.between", parameters={"low": low, "high": high})


def count_words(low: int, high: int) -> Message:
    """Say a count that is known or lies between bounds."""
    if low == high:
        return Message(code="count.known", parameters={"n": low})
    return Message(code="count.between", parameters={"low": low, "high": high})


def bounded(
    name: str, low: float, high: float, *, unit: str, about: str = ""
) -> tuple[Estimate, ...]:
    """Return a number that is known, or its bounds."""
    if low == high:
        return (Estimate.exact(name, low, unit=unit, about=about),)
    return (Estimate.bound(name, None, bounds=(low, high), unit=unit, about=about),)


def stated(words: str) -> Parameter:
    """Return words, or that nobody stated any."""
    return words or NOT_STATED


def happened(event: Event) -> str:
    """Return what happened, in the words of the log."""
    return event.text or event.kind


def called(asked: Asked) -> Message:
    """Return how a step is called in a sentence."""
    return Message(
        code="step", parameters={"name": asked.name.rstrip(" ."), "day": asked.step.opened}
    )
