"""What a kind of event does to a decision: words of a log to the part that they play."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Part(StrEnum):
    """What an event does."""

    NEED = "need"
    OPENS = "opens"
    CLOSES = "closes"
    COMMITS = "commits"
    COMMITS_NOTHING = "commits_nothing"
    RELEASES = "releases"
    ASKS = "asks"
    STOPS_ASKING = "stops_asking"
    INPUT = "input"
    RESPONSE = "response"
    CHANGE = "change"
    DECIDES = "decides"
    BESIDE = "beside"


KINDS: Mapping[Part, tuple[str, ...]] = {
    Part.NEED: ("need stated", "problem stated", "petition"),
    Part.OPENS: ("option opened", "option added", "option proposed", "choice opened", "opened"),
    Part.CLOSES: (
        "option closed", "option screened out", "option rejected", "choice closed", "choice fixed",
        "site fixed", "sites fixed", "place fixed", "closed",
    ),
    Part.COMMITS: (
        "money committed", "contract signed", "letter of intent", "letter of intent signed",
        "order placed", "tender awarded", "contract awarded", "grant accepted", "loan signed",
        "budget committed",
    ),
    Part.COMMITS_NOTHING: ("nothing committed", "no money committed"),
    Part.RELEASES: ("money released", "contract ended", "contract cancelled"),
    Part.ASKS: (
        "residents asked", "participation opened", "consultation opened", "survey opened",
        "vote opened", "people asked", "participation",
    ),
    Part.STOPS_ASKING: (
        "participation closed", "consultation closed", "survey closed", "vote closed",
    ),
    Part.INPUT: ("input published", "inputs published", "comments published"),
    Part.RESPONSE: ("response published", "answer published", "responses published"),
    Part.CHANGE: ("change made", "changed", "plan changed"),
    Part.DECIDES: ("decision made", "decided", "decision taken", "council decision"),
    Part.BESIDE: (
        "agreement", "carried out otherwise", "context", "note", "presentation", "delivered",
        "started", "other",
    ),
}  # fmt: skip
"""Kinds of events by part, as officials write them."""

ABOUT_A_PLACE = ("site fixed", "sites fixed", "place fixed")
"""Kinds that close the choice of where, unless they name another."""

_PART_OF = {word: part for part, words in KINDS.items() for word in words}


def part_of(kind: str) -> Part | None:
    """Return what a kind of event does; ``None`` for a kind that is not known.

    Capitals, hyphens, underscores and spaces make no difference.
    """
    return _PART_OF.get(plain(kind))


def plain(words: str) -> str:
    """Return words in small letters with single spaces, hyphens and underscores as spaces."""
    return " ".join(words.casefold().replace("_", " ").replace("-", " ").split())
