"""Votes one by one, from the log of votes or from the matrix of participants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from evenground.connectors.polis import messages as say
from evenground.connectors.polis.rows import Rows
from evenground.errors import InvalidInputError, Problem

_VOTES = {"1": 1, "0": 0, "-1": -1, "1.0": 1, "0.0": 0, "-1.0": -1, "+1": 1}
_ODD = 2
_MOST_DIGITS = 18
_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Votes as a file has them, the last on each statement by each participant.

    Attributes
    ----------
    participants, statements
        Ids, whether a vote of theirs is left or not.
    who, what, vote, shape (n,)
        Place of participant and statement in these, and the vote.
    n_rows, n_again, n_empty
        Votes read; those replaced by a later one; cells without one in the log.
    timed
        Whether the file says when votes were cast.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    who: NDArray[np.int64]
    what: NDArray[np.int64]
    vote: NDArray[np.int64]
    n_rows: int
    n_again: int = 0
    n_empty: int = 0
    timed: bool = True

    def among(self, kept: NDArray[np.bool_]) -> Votes:
        """Return some of the votes, by flags of shape (n,)."""
        return replace(self, who=self.who[kept], what=self.what[kept], vote=self.vote[kept])

    def turned(self) -> Votes:
        """Return the votes with agreeing and disagreeing the other way round."""
        return replace(self, vote=-self.vote)


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
    written = _column(rows, None, vote)
    kept = None if all(written) else [at for at, one in enumerate(written) if one]
    log = _Log(
        at=range(len(written)) if kept is None else kept,
        who=_column(rows, kept, who),
        what=_column(rows, kept, what),
        vote=[one for one in written if one],
        when=[] if when is None else _column(rows, kept, when),
    )
    if not log.clean:
        raise InvalidInputError(*islice(log.problems(rows, (who, what, vote, when)), _SHOWN))
    people, by = _numbered(log.who)
    statements, on = _numbered(log.what)
    cast = np.array(list(map(_VOTES.__getitem__, log.vote)), dtype=np.int64)
    times = np.zeros(len(cast), np.int64) if when is None else np.array(list(map(int, log.when)))
    late = np.argsort(times, kind="stable")[::-1]
    _, first = np.unique((by * max(len(statements), 1) + on)[late], return_index=True)
    last = np.sort(late[first])
    return Votes(
        participants=people,
        statements=statements,
        who=by[last],
        what=on[last],
        vote=cast[last],
        n_rows=len(rows.rows),
        n_again=len(cast) - len(last),
        n_empty=len(rows.rows) - len(cast),
        timed=when is not None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """Columns of the log, rows without a vote left out; ``at`` are the rows."""

    at: Sequence[int]
    who: list[str]
    what: list[str]
    vote: list[str]
    when: list[str]

    @property
    def clean(self) -> bool:
        """Whether every cell can be read; looks at columns as a whole, since logs are long."""
        return (
            all(self.who)
            and all(self.what)
            and _VOTES.keys() >= set(self.vote)
            and (not self.when or self._timed)
        )

    @property
    def _timed(self) -> bool:
        longest = max(map(len, self.when))
        return all(self.when) and longest <= _MOST_DIGITS and _is_number("".join(self.when))

    def problems(self, rows: Rows, columns: tuple[int, int, int, int | None]) -> Iterable[Problem]:
        """Yield what is wrong, one problem for a row."""
        who, what, vote, when = columns
        for place, at in enumerate(self.at):
            if not self.who[place] or not self.what[place]:
                lacking = what if self.who[place] else who
                yield say.ID_MISSING.at(rows.place(at, lacking), value=rows.header[lacking])
            elif self.vote[place] not in _VOTES:
                yield say.VOTE_UNKNOWN.at(rows.place(at, vote), value=self.vote[place])
            elif when is not None and not _is_time(self.when[place]):
                yield say.TIME_UNKNOWN.at(rows.place(at, when), value=self.when[place])


def _column(rows: Rows, kept: list[int] | None, column: int) -> list[str]:
    some = rows.rows if kept is None else [rows.rows[at] for at in kept]
    return [cells[column].strip() for cells in some]


def _is_time(written: str) -> bool:
    return _is_number(written) and len(written) <= _MOST_DIGITS


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdigit()


def _numbered(names: Sequence[str]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return the different names, and the place of each among them."""
    place = dict[str, int]()
    numbers = [place.setdefault(name, len(place)) for name in names]
    return tuple(place), np.array(numbers, dtype=np.int64)


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
    written = [[cells[at].strip() for at, _name in columns] for cells in rows.rows]
    votes = np.array([[_VOTES.get(one, _ODD) for one in line] for line in written], dtype=np.int64)
    votes = votes.reshape(len(written), len(columns))
    unread = [(row, at) for row, at in np.argwhere(votes == _ODD).tolist() if written[row][at]]
    if unread:
        raise InvalidInputError(
            *(
                say.VOTE_UNKNOWN.at(rows.place(row, columns[at][0]), value=written[row][at])
                for row, at in unread[:_SHOWN]
            )
        )
    by, on = np.nonzero(votes != _ODD)
    return Votes(
        participants=tuple(cells[who].strip() for cells in rows.rows),
        statements=tuple(name for _at, name in columns),
        who=by.astype(np.int64),
        what=on.astype(np.int64),
        vote=votes[by, on],
        n_rows=len(by),
    )
