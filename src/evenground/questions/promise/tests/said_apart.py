"""Wordings of Promise that no town's dossier has to say, since cases of its own say them.

A promise can be incomplete in many ways and judged in many more; a town for each would be slow.
Topics keep small cases under ``findings/``, and ``test_promise_wording`` holds every wording to
what these say.
"""

from __future__ import annotations

NOT_YET: tuple[str, ...] = ()
"""Words that nothing says yet; once something does, this ends."""
BY_EVERY_TOWN = ("headline.none", "ask.promises", "ask.promises.unlocks")
"""What is said where nobody has written down a promise: any town says it."""


def is_apart(code: str) -> bool:
    """Tell whether tests of its own say a code."""
    return code not in BY_EVERY_TOWN
