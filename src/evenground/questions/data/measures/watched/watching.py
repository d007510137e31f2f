"""Who is watched by what an initiative is made of: now, by its rules, and as it could be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.watched.lexicon import (
    Found,
    Subject,
    Words,
    found_in,
    is_denial,
    stated,
)
from evenground.questions.data.measures.watched.retention import Retention, retention

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "maker", "owner", "senses", "data_go_to", "kept", "purpose_now", "purpose_permitted",
    "purpose_possible",
)  # fmt: skip
"""What should be said of every component."""
BEYOND, WITHIN, NOT_STATED = "beyond", "within", "not_stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purposes:
    """What a component is for; empty words where it is not stated.

    Attributes
    ----------
    now, permitted, possible
        In the words given.
    permitted_beyond, possible_beyond
        Purposes, parted at semicolons and line ends, that are not among those of now; a part that
        begins with a denial ("nothing else") is no purpose.
    """

    now: str
    permitted: str
    possible: str
    permitted_beyond: tuple[str, ...]
    possible_beyond: tuple[str, ...]

    @property
    def creep(self) -> str:
        """Whether more is permitted or possible than is done.

        ``beyond``, ``within`` or ``not_stated``; ``within`` only where both are stated and name
        nothing but purposes of now.
        """
        if self.permitted_beyond or self.possible_beyond:
            return BEYOND
        return WITHIN if self.permitted and self.possible else NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """One component, and whom it watches.

    Attributes
    ----------
    thing, maker, owner, senses, data_go_to
        In the words given; empty where it is not stated.
    sensed
        Whom or what it senses, by the words that say so.
    kept
        How long.
    purposes
        For what.
    newly_watched
        Subjects that its permitted or possible purposes name and that it is not said to sense.
    newly_identifying
        Words of those purposes by which a person or vehicle would be known again.
    missing
        Columns out of ``COLUMNS`` in which nothing is stated.
    """

    thing: str
    maker: str
    owner: str
    senses: str
    data_go_to: str
    sensed: Found
    kept: Retention
    purposes: Purposes
    newly_watched: tuple[Subject, ...]
    newly_identifying: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def watches_people(self) -> bool | None:
        """Whether it senses people; ``None`` where that is not said.

        Not said: nothing is stated, in words that the list does not know, or it takes in whatever
        is in view.
        """
        if Subject.PEOPLE in self.sensed.subjects:
            return True
        open_ = not self.sensed.is_stated or self.sensed.is_unknown
        return None if open_ or Subject.IN_VIEW in self.sensed.subjects else False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """All components, and how many of them say what.

    Attributes
    ----------
    components
        In the order given.
    n_people, n_not_people, n_cannot_tell
        Components that sense people, that do not, and of which it is not said.
    n_identifying
        Components that sense marks by which a person or vehicle is known again.
    n_newly_watching
        Components that could come to sense people, or may by their rules, and are not said to now.
    n_beyond, n_purposes_not_stated
        Components of which more is permitted or possible than is done; of which it is not stated.
    n_kept_not_stated
        Components of which it is not said how long data are kept, among those not said to sense
        nothing.
    missing
        For each column, components in which it is not stated.
    """

    components: tuple[Watching, ...]
    n_people: int
    n_not_people: int
    n_cannot_tell: int
    n_identifying: int
    n_newly_watching: int
    n_beyond: int
    n_purposes_not_stated: int
    n_kept_not_stated: int
    missing: Mapping[str, int]


def watched(components: pa.Table | None, *, more: Words | None = None) -> Watched | None:
    """Return who is watched by the components of an initiative; ``None`` where none is listed.

    Parameters
    ----------
    components
        The initiative's table of components; of its columns ``thing`` must be there, others may be
        absent, and count as not stated.
    more
        Further words by subject (``lexicon``).
    """
    if components is None or components.num_rows == 0:
        return None
    rows: list[dict[str, Any]] = components.to_pylist()
    found = tuple(_watching(row, more) for row in rows)
    people = Counter(one.watches_people for one in found)
    creep = Counter(one.purposes.creep for one in found)
    return Watched(
        components=found,
        n_people=people[True],
        n_not_people=people[False],
        n_cannot_tell=people[None],
        n_identifying=sum(bool(one.sensed.identifying) for one in found),
        n_newly_watching=sum(Subject.PEOPLE in one.newly_watched for one in found),
        n_beyond=creep[BEYOND],
        n_purposes_not_stated=creep[NOT_STATED],
        n_kept_not_stated=sum(not one.kept.is_stated for one in found if not one.sensed.is_nothing),
        missing={name: sum(name in one.missing for one in found) for name in COLUMNS},
    )


def _watching(row: Mapping[str, Any], more: Words | None) -> Watching:
    said = {name: stated(row.get(name)) for name in COLUMNS}
    sensed = found_in(row.get("senses"), more=more)
    beyond = [found_in(said[name], more=more) for name in ("purpose_permitted", "purpose_possible")]
    new = [subject for one in beyond for subject in one.subjects if subject not in sensed.subjects]
    marks = [word for one in beyond for word in one.identifying if word not in sensed.identifying]
    return Watching(
        thing=" ".join(str(row.get("thing") or "").split()),
        maker=said["maker"],
        owner=said["owner"],
        senses=said["senses"],
        data_go_to=said["data_go_to"],
        sensed=sensed,
        kept=retention(row.get("kept")),
        purposes=_purposes(said),
        newly_watched=tuple(dict.fromkeys(new)),
        newly_identifying=tuple(dict.fromkeys(marks)),
        missing=tuple(name for name in COLUMNS if not said[name]),
    )


def _purposes(said: Mapping[str, str]) -> Purposes:
    now, permitted, possible = (
        said[f"purpose_{name}"] for name in ("now", "permitted", "possible")
    )
    known = {_alike(one) for one in _parts(now)}
    beyond = [
        tuple(one for one in _parts(words) if _alike(one) not in known and not is_denial(one))
        for words in (permitted, possible)
    ]
    return Purposes(
        now=now, permitted=permitted, possible=possible,
        permitted_beyond=beyond[0], possible_beyond=beyond[1],
    )  # fmt: skip


def _parts(words: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", words) if part.strip()]


def _alike(words: str) -> str:
    return words.casefold().strip(" .“”\"'")
