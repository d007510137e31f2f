"""A conversation as Polis exports it: the votes that count, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evenground.connectors.polis import messages as say
from evenground.connectors.polis.rows import COMMENTS, MATRIX, VOTES, Rows, files_of, read_rows
from evenground.connectors.polis.statements import Statement, statements_of
from evenground.connectors.polis.votes import (
    Votes,
    logged_votes,
    matrix_votes,
    participants_of,
)
from evenground.errors import InvalidInputError, Place, Problem, ProblemKind, UntrustedInputError

MAX_CELLS = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Votes that count.

    Attributes
    ----------
    topic
        As the export names it; empty where it does not.
    participants
        Ids in order: by number where all are numbers.
    statements
        All that were voted on or listed, in order of ids.
    votes, shape (n_participants, n_statements)
        1 agree, -1 disagree, 0 pass, missing (NaN) where none was cast; rejected statements
        included, so that Polis' numbers can be had.
    left_out
        Why a statement takes no part, by its id.
    set_aside, noticed
        Votes that do not count, with how many and why; what else is to be known.
    files
        Hash of each file read.
    n_read
        Votes in the file.
    """

    topic: str
    participants: tuple[str, ...]
    statements: tuple[Statement, ...]
    votes: NDArray[np.float64]
    left_out: Mapping[str, str]
    set_aside: tuple[Problem, ...]
    noticed: tuple[Problem, ...]
    files: Mapping[str, str]
    n_read: int

    @property
    def counts(self) -> NDArray[np.bool_]:
        """Which statements take part, shape (n_statements,)."""
        return np.array([one.key not in self.left_out for one in self.statements], dtype=np.bool_)


@dataclass(slots=True)
class _Read:
    """Files and what came of them."""

    rows: dict[str, Rows]
    source: Rows
    votes: Votes
    statements: dict[str, Statement]
    set_aside: list[Problem]
    noticed: list[Problem]

    def aside(self, kind: ProblemKind, n: int, *, value: object = "", other: str = "") -> None:
        if n:
            place = Place(file=self.source.name)
            self.set_aside.append(kind.at(place, value=value, n_rows=n, other=other))


def read_conversation(folder: Path, *, strict: bool = False) -> Conversation:
    """Return the conversation in a folder of exported files.

    Parameters
    ----------
    folder
        With votes.csv or participants-votes.csv, and comments.csv.
    strict
        Whether statements that moderation had not accepted are left out too.

    Raises
    ------
    EvengroundError
        If files are missing, too large, no CSV, or a row cannot be read.
    """
    read = _read(folder)
    if not len(read.votes.vote):
        raise InvalidInputError(say.NO_VOTE.at(Place(file=read.source.name)))
    _turn(read)
    _without_unlisted(read)
    left_out = _left_out(read, strict=strict)
    _count_left_out(read, left_out)
    votes = read.votes
    participants = ordered(votes.participants[who] for who in np.unique(votes.who).tolist())
    statements = ordered(read.statements)
    if all(votes.statements[what] in left_out for what in np.unique(votes.what).tolist()):
        place = Place(file=read.source.name)
        raise InvalidInputError(say.NOBODY.at(place, value=votes.n_rows))
    return Conversation(
        topic=_topic(folder),
        participants=participants,
        statements=tuple(read.statements[key] for key in statements),
        votes=_matrix(read, participants, statements),
        left_out=left_out,
        set_aside=tuple(read.set_aside),
        noticed=tuple(read.noticed),
        files={rows.name: rows.sha256 for rows in read.rows.values()},
        n_read=read.votes.n_rows,
    )


def ordered(keys: Iterable[str]) -> tuple[str, ...]:
    """Return ids in order: by number where all are numbers, else by text."""
    found = list(keys)
    numbers = all(key.isascii() and key.isdigit() for key in found)
    return tuple(sorted(found, key=lambda key: (int(key) if numbers else 0, key)))


def _read(folder: Path) -> _Read:
    rows = {kind: read_rows(path) for kind, path in files_of(folder).items()}
    statements = statements_of(rows[COMMENTS]) if COMMENTS in rows else {}
    known = set(statements) if COMMENTS in rows else None
    source = rows.get(VOTES) or rows[MATRIX]
    votes = logged_votes(source) if VOTES in rows else matrix_votes(source, known)
    read = _Read(rows, source, votes, statements, [], [])
    if COMMENTS not in rows:
        read.noticed.append(say.NO_COMMENTS.at(Place()))
        read.statements = {what: Statement(key=what) for what in votes.statements}
    if not votes.timed:
        read.noticed.append(say.NO_TIME.at(Place(file=source.name)))
    read.aside(say.VOTED_AGAIN, votes.n_again)
    read.aside(say.EMPTY_VOTE, votes.n_empty)
    return read


def _turn(read: _Read) -> None:
    """Turn votes round where the export's own counts show that -1 stands for agreeing."""
    votes = read.votes
    n = len(votes.statements)
    pro, contra = (np.bincount(votes.what[votes.vote == way], minlength=n) for way in (1, -1))
    known = [read.statements.get(key) for key in votes.statements]
    said = [(at, one.agrees) for at, one in enumerate(known) if one is not None and one.agrees]
    as_written = sum(abs(agrees - int(pro[at])) for at, agrees in said)
    turned = sum(abs(agrees - int(contra[at])) for at, agrees in said)
    if turned < as_written:
        read.votes = votes.turned()
        read.noticed.append(say.TURNED.at(Place(file=read.source.name)))


def _without_unlisted(read: _Read) -> None:
    """Leave out who was banned or is not listed, and votes on statements that are not."""
    votes = read.votes
    matrix = read.rows.get(MATRIX)
    if matrix is not None:
        listed = participants_of(matrix)
        banned = np.array([listed.get(one, False) for one in votes.participants], dtype=np.bool_)
        unlisted = np.array([one not in listed for one in votes.participants], dtype=np.bool_)
        read.aside(say.BANNED, int(banned[votes.who].sum()))
        n_unlisted = int(unlisted[votes.who].sum())
        read.aside(say.UNLISTED_PARTICIPANT, n_unlisted, other=matrix.name)
        votes = votes.among(~(banned | unlisted)[votes.who])
    unknown = np.array([one not in read.statements for one in votes.statements], dtype=np.bool_)
    n_on = np.bincount(votes.what, minlength=len(votes.statements))
    names = ordered(votes.statements[at] for at in np.flatnonzero(unknown & (n_on > 0)).tolist())
    read.aside(say.UNLISTED_STATEMENT, int(n_on[unknown].sum()), value=", ".join(names[:5]))
    read.votes = votes.among(~unknown[votes.what])
    if matrix is not None and matrix is not read.source:
        _compare(read, matrix)


def _compare(read: _Read, matrix: Rows) -> None:
    """Say how many votes of those who take part differ between log and matrix."""
    ours, theirs = read.votes, matrix_votes(matrix, set(read.statements))
    person = {one: at for at, one in enumerate(ours.participants)}
    statement = {one: at for at, one in enumerate((*ours.statements, *theirs.statements))}
    who = np.array([person.get(one, -1) for one in theirs.participants], dtype=np.int64)[theirs.who]
    what = np.array([statement[one] for one in theirs.statements], dtype=np.int64)[theirs.what]
    on = np.array([statement[one] for one in ours.statements], dtype=np.int64)[ours.what]
    kept = np.isin(who, ours.who)
    width = len(ours.statements) + len(theirs.statements)
    one, two = ours.who * width + on, (who * width + what)[kept]
    n_both = len(np.intersect1d(one, two))
    same = np.intersect1d(3 * one + ours.vote, 3 * two + theirs.vote[kept])
    n_apart = len(one) + len(two) - n_both - len(same)
    if n_apart:
        place = Place(file=matrix.name)
        read.noticed.append(say.DIFFERS.at(place, value=n_apart, other=read.source.name))


def _left_out(read: _Read, *, strict: bool) -> dict[str, str]:
    """Return why a statement takes no part, by its id."""
    found: dict[str, str] = {}
    for key, one in read.statements.items():
        if one.moderated < 0:
            found[key] = say.REJECTED.code
        elif one.meta:
            found[key] = say.META.code
        elif strict and one.moderated == 0:
            found[key] = say.PENDING.code
    return found


def _count_left_out(read: _Read, left_out: Mapping[str, str]) -> None:
    n_on = np.bincount(read.votes.what, minlength=len(read.votes.statements)).tolist()
    tally = Counter[str | None]()
    for name, n in zip(read.votes.statements, n_on, strict=True):
        tally[left_out.get(name)] += n
    for kind in (say.REJECTED, say.META, say.PENDING):
        read.aside(kind, tally[kind.code])


def _matrix(
    read: _Read, participants: tuple[str, ...], statements: tuple[str, ...]
) -> NDArray[np.float64]:
    n_cells = len(participants) * len(statements)
    if n_cells > MAX_CELLS:
        place = Place(file=read.source.name)
        raise UntrustedInputError(
            say.TOO_LARGE.at(place, value=n_cells, unit="cells", limit=MAX_CELLS)
        )
    cast = read.votes
    row = {who: at for at, who in enumerate(participants)}
    column = {what: at for at, what in enumerate(statements)}
    rows = np.array([row.get(one, -1) for one in cast.participants], dtype=np.int64)
    columns = np.array([column.get(one, -1) for one in cast.statements], dtype=np.int64)
    votes = np.full((len(participants), len(statements)), np.nan)
    votes[rows[cast.who], columns[cast.what]] = cast.vote
    return votes


def _topic(folder: Path) -> str:
    """Return what the summary names the conversation; empty without one that can be read."""
    found = sorted(path for path in folder.iterdir() if path.name.endswith("summary.csv"))
    if not found:
        return ""
    with found[0].open("rb") as stream:
        lines = stream.read(65536).decode("utf-8", errors="replace").splitlines()
    first = next((line for line in lines if line.startswith("topic,")), "")
    return first.removeprefix("topic,").strip().strip('"')
