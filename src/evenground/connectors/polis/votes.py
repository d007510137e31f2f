"""Votes one by one, from the log of votes or from the matrix of participants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evenground.connectors.polis import messages as say
from evenground.connectors.polis.rows import Rows
from evenground.errors import InvalidInputError, Problem

_VOTES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1, "+1": 1}
_SHOWN = 50
_BESIDE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Votes as a file has them, the last on each statement by each participant.

    Attributes
    ----------
    cast
        Vote by participant and statement.
    n_rows, n_again, n_empty
        Votes read; those replaced by a later one; cells without one in the log.
    timed
        Whether the file says when votes were cast.
    """

    cast: dict[tuple[str, str], int]
    n_rows: int
    n_again: int = 0
    n_empty: int = 0
    timed: bool = True


def logged_votes(rows: Rows) -> Votes:
    """Return the votes of a log; where somebody voted again, the later vote (or row) counts.

    Raises
    ------
    InvalidInputError
        If a column is missing, or a vote, an id or a time cannot be read; all at once.
    """
    who = rows.needed("voter-id", "participant-id", "participant", "pid", "voter")
    what = rows.needed("comment-id", "statement-id", "tid", "comment", "statement")
    vote = rows.needed("vote")
    when = rows.column("timestamp", "modified", "created")
    cast, latest, problems = (
        dict[tuple[str, str], int](),
        dict[tuple[str, str], int](),
        list[Problem](),
    )
    n_empty = n_again = 0
    for at, cells in enumerate(rows.rows):
        written = cells[vote].strip()
        if not written:
            n_empty += 1
            continue
        pair = (cells[who].strip(), cells[what].strip())
        stamp = "0" if when is None else cells[when].strip()
        problem = _wrong(rows, at, (who, what, vote, when), pair, (written, stamp))
        if problem is not None:
            problems.append(problem)
            continue
        n_again += pair in cast
        if pair not in cast or int(stamp) >= latest[pair]:
            cast[pair], latest[pair] = _VOTES[written], int(stamp)
    if problems:
        raise InvalidInputError(*problems[:_SHOWN])
    return Votes(
        cast=cast, n_rows=len(rows.rows), n_again=n_again, n_empty=n_empty, timed=when is not None
    )


def _wrong(
    rows: Rows,
    at: int,
    columns: tuple[int, int, int, int | None],
    pair: tuple[str, str],
    written: tuple[str, str],
) -> Problem | None:
    """Return what is wrong with a row of the log."""
    who, what, vote, when = columns
    if not all(pair):
        lacking = what if pair[0] else who
        return say.ID_MISSING.at(rows.place(at, lacking), value=rows.header[lacking])
    if written[0] not in _VOTES:
        return say.VOTE_UNKNOWN.at(rows.place(at, vote), value=written[0])
    if when is not None and not (written[1].isascii() and written[1].isdigit()):
        return say.TIME_UNKNOWN.at(rows.place(at, when), value=written[1])
    return None


def participants_of(rows: Rows) -> dict[str, bool]:
    """Return who is in the list of participants, and whether banned.

    Raises
    ------
    InvalidInputError
        If the column of participants is missing, or somebody stands there twice or without an id.
    """
    who = rows.needed("participant", "participant-id", "voter-id", "pid")
    banned = rows.column("banned", "is-banned")
    state = rows.column("mod", "moderated")
    found, first, problems = dict[str, bool](), dict[str, int](), list[Problem]()
    for at, cells in enumerate(rows.rows):
        name = cells[who].strip()
        if not name:
            problems.append(say.ID_MISSING.at(rows.place(at, who), value=rows.header[who]))
        elif name in found:
            problems.append(say.ID_TWICE.at(rows.place(at, who), value=name, first=first[name]))
        else:
            first[name] = rows.lines[at]
            out = banned is not None and cells[banned].strip().casefold() in {
                "true",
                "1",
                "yes",
                "t",
            }
            found[name] = out or (state is not None and cells[state].strip() == "-1")
    if problems:
        raise InvalidInputError(*problems[:_SHOWN])
    return found


def matrix_votes(rows: Rows, statements: set[str] | None) -> Votes:
    """Return the votes of the matrix of participants.

    Parameters
    ----------
    rows
        A row for each participant, a column for each statement.
    statements
        Ids of statements; ``None`` takes columns named by a whole number.

    Raises
    ------
    InvalidInputError
        If a vote cannot be read; all at once.
    """
    who = rows.needed("participant", "participant-id", "voter-id", "pid")
    columns = [
        (at, name)
        for at, name in enumerate(one.strip() for one in rows.header)
        if at != who and (name.isdigit() if statements is None else name in statements)
    ]
    cast, problems, n_read = dict[tuple[str, str], int](), list[Problem](), 0
    for row, at, name, written in _cells(rows, columns):
        n_read += 1
        if written not in _VOTES:
            problems.append(say.VOTE_UNKNOWN.at(rows.place(row, at), value=written))
            continue
        cast[rows.rows[row][who].strip(), name] = _VOTES[written]
    if problems:
        raise InvalidInputError(*problems[:_SHOWN])
    return Votes(cast=cast, n_rows=n_read)


def _cells(rows: Rows, columns: list[tuple[int, str]]) -> Iterator[tuple[int, int, str, str]]:
    for row, cells in enumerate(rows.rows):
        for at, name in columns:
            written = cells[at].strip()
            if written:
                yield row, at, name, written
