"""What is said of an effect wherever it is told: its design, and where it stands among chance."""

from __future__ import annotations

import math

from evenground.evidence import Message, Parameter
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.effect import Effect, Inference

_AMONG = {
    Inference.ENUMERATE: "listed",
    Inference.PERMUTE: "lots",
    Inference.BLOCK_CONFORMAL: "moved",
}


def design_in_words(found: DesignFound) -> Message:
    """Return what the data are compared with."""
    known = {"n": found.n_treated, "n_never": found.n_never, "n_starts": found.n_starts}
    return Message(code=f"design.{found.design.value}", parameters=known)


def place_among_chance(effect: Effect, *, p: Parameter) -> tuple[Message, ...]:
    """Return where an effect stands among what chance might have given; nothing where unknown.

    Parameters
    ----------
    effect
        What was found.
    p
        Its p-value as it is to be written.
    """
    if math.isnan(effect.p):
        return ()
    known = {"p": p, "n": effect.n_assignments}
    if not effect.enumerated:
        drawn = {**known, "error": effect.monte_carlo_error}
        return (Message(code="ranked.drawn", parameters=drawn),)
    among = _AMONG.get(effect.inference)
    if among is None:
        return (Message(code="ranked.p", parameters=known),)
    return (Message(code=f"ranked.{among}", parameters={**known, "at_least": effect.n_at_least}),)
