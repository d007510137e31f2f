"""Wordings of Voice that no town's dossier has to say, since cases of its own say them.

Topics keep small cases under ``findings/``, where a test holds every wording to what these say.
"""

from __future__ import annotations

NOT_YET: tuple[str, ...] = ()
"""Words that nothing says yet; once something does, this ends."""
BY_EVERY_TOWN = ("headline.none", "ask.log", "ask.log.unlocks")
"""What is said where nobody has written down what happened when: any town says it."""


def is_apart(code: str) -> bool:
    """Tell whether tests of its own say a code."""
    return code not in BY_EVERY_TOWN
