"""Statements of a conversation, and what moderation made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenground.connectors.polis import messages as say
from evenground.connectors.polis.rows import Rows
from evenground.errors import InvalidInputError, Problem

_STATES = {"1": 1, "0": 0, "-1": -1, "": 0, "true": 1, "false": -1}
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement.

    Attributes
    ----------
    key, text
        Its id, and what it says; empty where that is not known.
    moderated
        1 accepted, 0 not looked at, -1 rejected.
    meta, seed
        Whether it is about the participants themselves, and whether the city wrote it.
    agrees, disagrees
        As the export counts them; ``None`` where it does not.
    """

    key: str
    text: str = ""
    moderated: int = 0
    meta: bool = False
    seed: bool = False
    agrees: int | None = None
    disagrees: int | None = None


def statements_of(rows: Rows) -> dict[str, Statement]:
    """Return statements by id.

    Raises
    ------
    InvalidInputError
        If an id is missing or stands twice, or a state of moderation is unknown; all at once.
    """
    key = rows.needed("comment-id", "statement-id", "tid", "id")
    text = rows.column("comment-body", "comment", "statement", "txt", "text")
    moderated = rows.column("moderated", "mod")
    meta, seed = rows.column("is-meta"), rows.column("is-seed")
    agrees, disagrees = rows.column("agrees"), rows.column("disagrees")
    found, first, problems = dict[str, Statement](), dict[str, int](), list[Problem]()
    for at, cells in enumerate(rows.rows):
        name = cells[key].strip()
        if not name:
            problems.append(say.ID_MISSING.at(rows.place(at, key), value=rows.header[key]))
            continue
        if name in found:
            problems.append(say.ID_TWICE.at(rows.place(at, key), value=name, first=first[name]))
            continue
        state = "1" if moderated is None else cells[moderated].strip().casefold()
        if moderated is not None and state not in _STATES:
            problems.append(say.MODERATED_UNKNOWN.at(rows.place(at, moderated), value=state))
        first[name] = rows.lines[at]
        found[name] = Statement(
            key=name,
            text=" ".join(cells[text].split()) if text is not None else "",
            moderated=_STATES.get(state, 0),
            meta=_yes(cells, meta),
            seed=_yes(cells, seed),
            agrees=_count(cells, agrees),
            disagrees=_count(cells, disagrees),
        )
    if problems:
        raise InvalidInputError(*problems[:_SHOWN])
    return found


def _yes(cells: Sequence[str], at: int | None) -> bool:
    return at is not None and cells[at].strip().casefold() in {"true", "1", "t", "yes"}


def _count(cells: Sequence[str], at: int | None) -> int | None:
    written = "" if at is None else cells[at].strip()
    return int(written) if written.isascii() and written.isdigit() else None
