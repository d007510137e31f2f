"""Relevance: does it bear on what is to be done?"""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import measured, message
from evenground.questions.data.purposes.measures.vouching import vouched_for
from evenground.questions.data.purposes.model import PURPOSES, Measured


def relevance(facts: Facts) -> Measured:
    """Return whether somebody vouches that the data bear on every purpose (1), or do not (0).

    One aspect for each purpose: what bears on running a system need not bear on a decision.
    """
    for_all = vouched_for(facts, "relevance")
    each = {purpose: vouched_for(facts, "relevance", purpose=purpose) for purpose in PURPOSES}
    notes = [note for one in (for_all, *each.values()) for note in one.notes]
    return measured(
        "relevance", for_all.known, message("method.declared"),
        aspects={purpose: one.known for purpose, one in each.items()},
        notes=tuple(note for i, note in enumerate(notes) if note not in notes[:i]),
    )  # fmt: skip
