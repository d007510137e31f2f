"""Make entries of the record: seal, amend, open, note. Keys and the day come from here."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from evenground import __version__
from evenground.errors import InvalidInputError, Place, ProblemKind, UsageError
from evenground.language import N_
from evenground.record.chain import Chain
from evenground.record.commitment import KEY_BYTES, Secret
from evenground.record.differences import assignments_that_differ, differences
from evenground.record.entry import Entry, EntryKind
from evenground.record.holdings import Holdings, contradictions
from evenground.record.sealed_text import PLANNED, SEALED_TABLES, DataRole, SealedText
from evenground.record.short_code import short_code
from evenground.record.status import State
from evenground.workspace.sealing.data_present import data_present
from evenground.workspace.sealing.files import PUBLIC, record_of
from evenground.workspace.sealing.written_tables import rows_of, written_folder

NOTHING_TO_SEAL = ProblemKind(
    code="nothing_to_seal",
    what=N_("{value} holds no promises."),
    rule=N_(
        "A seal fixes what was promised, and how it will be judged, before the outcome is known."
    ),
    way_out=N_(
        "Fill in the table promises, and evaluation if it can be said how it will be judged."
    ),
)
SEAL_EXISTS = ProblemKind(
    code="seal_exists",
    what=N_("There is a seal already: entry {value}."),
    rule=N_("A seal is never replaced. What changes is added to it and stays visible."),
    way_out=N_("Give a reason for the change: evenground seal INITIATIVE --amend REASON"),
)
NO_SEAL = ProblemKind(
    code="no_seal",
    what=N_("There is no seal in {value} yet."),
    rule=N_("Only what is sealed can be amended, opened or spoken of."),
    way_out=N_("Make one with: evenground seal INITIATIVE"),
)
NOTHING_CHANGED = ProblemKind(
    code="nothing_changed",
    what=N_("Nothing differs from entry {value}, which is sealed."),
    rule=N_("An amendment without a change would only blur what was promised when."),
    way_out=N_(
        "Change the tables first; or leave a note with: evenground seal INITIATIVE --note TEXT"
    ),
)
NOTHING_TO_OPEN = ProblemKind(
    code="nothing_to_open",
    what=N_("There is nothing to open here: no text and key of an entry that is not open yet."),
    rule=N_("Opening publishes texts and keys, which lie in the folder seals.private."),
    way_out=N_(
        "Put that folder back from a backup. A lost key: evenground seal INITIATIVE --key-lost N"
    ),
)
KEY_NOT_LOST = ProblemKind(
    code="key_not_lost",
    what=N_("The key of entry {value} is here, or was published, or there is no such entry."),
    rule=N_("An entry whose key is reported lost counts as unprovable for ever."),
    way_out=N_("Look at the numbers with: evenground verify INITIATIVE"),
)
RECORD_BROKEN = ProblemKind(
    code="record_broken",
    what=N_("The record does not hold ({value} breaks), so nothing is added to it."),
    rule=N_("An entry after a break would cover it up."),
    way_out=N_(
        "See where with: evenground verify INITIATIVE. Then put the files back from a backup."
    ),
)
BEFORE_THE_LAST = ProblemKind(
    code="before_the_last",
    what=N_("Today is {value}, and the last entry is dated {last}."),
    rule=N_("Entries stand in the order of their days."),
    way_out=N_("Set the clock of this machine right."),
)


def _random_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms an entry is made.

    Attributes
    ----------
    by
        Who makes it; an office says more than a name, and stays true.
    afterwards_by
        Who put the promises together, where that was done after the fact; what the promises say of
        it themselves where they all do, and nothing is given here.
    today
        The day; today unless given.
    city
        The city's folder, where its tables hold outcome data that promises name.
    draw_key
        Draws a key of ``KEY_BYTES`` bytes for the entry: from the system's secure random source
        unless given. Who can foresee keys can guess what is sealed; tests and made-up data may.
    """

    by: str = ""
    afterwards_by: str = ""
    today: date | None = None
    city: Path | None = None
    draw_key: Callable[[], bytes] = _random_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An entry that was made, the head and the short code after it, its text, what was opened."""

    entry: Entry
    head: str
    code: str
    text: SealedText
    opened: tuple[int, ...] = ()


Text = Callable[[Holdings, SealedText], tuple[SealedText, tuple[int, ...]]]
"""Completes the bare text of an entry and says which entries it is about, or refuses to."""


def seal(path: Path, *, terms: Terms | None = None) -> Made:
    """Seal the promises of an initiative, and how they will be judged.

    Raises
    ------
    UsageError
        If there is no promise, or a seal already.
    InvalidInputError
        If the record is broken.
    WriteError
        If somebody else is writing, or the disk refuses.
    NotFoundError, FormatError, UntrustedInputError, VersionError
        If the initiative cannot be read.
    """
    asked = _with_compilers(terms or Terms(), path)
    state, title = state_of(path, city=asked.city)

    def text(holdings: Holdings, bare: SealedText) -> tuple[SealedText, tuple[int, ...]]:
        if holdings.seal is not None:
            raise UsageError(SEAL_EXISTS.at(Place(file=PUBLIC), value=holdings.seal.sequence))
        return _with_state(bare, state, title), ()

    return _append(path, EntryKind.SEAL, text, asked)


def amend(path: Path, reason: str, *, terms: Terms | None = None) -> Made:
    """Seal the changed tables beside the earlier seal, with the reason.

    Raises
    ------
    UsageError
        If there is no seal, or nothing differs from it.
    InvalidInputError, WriteError, NotFoundError, FormatError, UntrustedInputError, VersionError
        As ``seal``.
    """
    asked = _with_compilers(terms or Terms(), path)
    state, title = state_of(path, city=asked.city)

    def text(holdings: Holdings, bare: SealedText) -> tuple[SealedText, tuple[int, ...]]:
        before = _seal_in(holdings, path)
        held = holdings.text(before)
        if held is not None and not _differs(held, state):
            raise UsageError(NOTHING_CHANGED.at(Place(file=PUBLIC), value=before.sequence))
        return replace(_with_state(bare, state, title), words=reason), (before.sequence,)

    return _append(path, EntryKind.AMENDMENT, text, asked)


def open_seals(path: Path, *, terms: Terms | None = None) -> Made:
    """Publish the text and key of every entry that is not open yet and whose text is here.

    Raises
    ------
    UsageError
        If there is none.
    InvalidInputError, WriteError, NotFoundError
        As ``seal``.
    """

    def text(holdings: Holdings, bare: SealedText) -> tuple[SealedText, tuple[int, ...]]:
        found = tuple(one.sequence for one in holdings.unopened if holdings.secret(one))
        if not found:
            raise UsageError(NOTHING_TO_OPEN.at(Place(file=PUBLIC)))
        return bare, found

    return _append(path, EntryKind.OPENING, text, terms or Terms())


def report_key_lost(path: Path, sequence: int, *, terms: Terms | None = None) -> Made:
    """Record that the text or key of an entry is lost, so that it can never be opened.

    Raises
    ------
    UsageError
        If there is no such entry, or its key is not lost.
    InvalidInputError, WriteError, NotFoundError
        As ``seal``.
    """

    def text(holdings: Holdings, bare: SealedText) -> tuple[SealedText, tuple[int, ...]]:
        lost = [
            one
            for one in holdings.unopened
            if one.sequence == sequence and holdings.secret(one) is None
        ]
        if not lost:
            raise UsageError(KEY_NOT_LOST.at(Place(file=PUBLIC), value=sequence))
        return bare, (sequence,)

    return _append(path, EntryKind.KEY_LOST, text, terms or Terms())


def add_words(
    path: Path, words: str, *, kind: EntryKind = EntryKind.NOTE, terms: Terms | None = None
) -> Made:
    """Record a note, or with ``EntryKind.DECISION`` what was decided and why.

    Raises
    ------
    UsageError
        If there is no seal yet.
    InvalidInputError, WriteError, NotFoundError
        As ``seal``.
    """

    def text(holdings: Holdings, bare: SealedText) -> tuple[SealedText, tuple[int, ...]]:
        return replace(bare, words=words), (_seal_in(holdings, path).sequence,)

    return _append(path, kind, text, terms or Terms())


def state_of(
    path: Path, *, city: Path | None = None, roles: Sequence[DataRole] = tuple(DataRole)
) -> tuple[State, str]:
    """Return the tables that a seal of this initiative covers, and its title.

    Parameters
    ----------
    path
        The initiative's folder or workbook.
    city
        The city's folder, where its tables hold data that promises name.
    roles
        For what the files are named that are looked at.

    Raises
    ------
    UsageError
        If there is no promise.
    NotFoundError, FormatError, UntrustedInputError, VersionError
        If the initiative, or the city, cannot be read.
    """
    initiative = written_folder(path, "initiative")
    folders = [initiative, *([] if city is None else [written_folder(city, "city")])]
    tables = [table.plain for name in SEALED_TABLES for table in initiative.tables(name)]
    if not any(table.rows for table in tables if table.table == SEALED_TABLES[0]):
        raise UsageError(NOTHING_TO_SEAL.at(Place(file=path.name), value=path))
    tables += [plan for name in PLANNED for plan in initiative.planned(name)]
    title = initiative.loaded.declared.text("title")
    return State(tables=tuple(tables), data_present=data_present(folders, roles=roles)), title


def _with_compilers(terms: Terms, path: Path) -> Terms:
    """Return the terms with who put the promises together, if each of them says so itself."""
    if terms.afterwards_by:
        return terms
    promises = written_folder(path, "initiative").tables(SEALED_TABLES[0])
    compilers = [name for (name,) in rows_of(promises, "compiled_by")]
    if not compilers or not all(compilers):
        return terms
    return replace(terms, afterwards_by=", ".join(dict.fromkeys(compilers)))


def _append(path: Path, kind: EntryKind, complete: Text, terms: Terms) -> Made:
    files = record_of(path)
    with files.locked():
        holdings = files.holdings
        today = _checked(holdings, terms)
        chain = holdings.chain
        bare = SealedText(
            sequence=chain.next_sequence, kind=kind, stated_on=today, by=terms.by,
            afterwards_by=terms.afterwards_by if kind.seals else "", version=__version__,
        )  # fmt: skip
        text, about = complete(holdings, bare)
        secret = Secret(key=terms.draw_key(), text=text.as_json)
        after = chain.with_entry(_entry(text, secret, chain, about))
        # The text and its key are safe before anything public rests on them.
        files.keep(secret)
        opened = about if kind is EntryKind.OPENING else ()
        files.publish(_secrets(holdings, opened))
        files.write_chain(after)
        # What an opening says of itself fits an entry only now; if the power goes here, the next
        # entry makes up for it.
        openings = [one.sequence for one in after.entries if one.kind is EntryKind.OPENING]
        files.publish(_secrets(files.holdings, openings))
    return Made(
        entry=after.entries[-1], head=after.head, code=short_code(after.head), text=text,
        opened=opened,
    )  # fmt: skip


def _checked(holdings: Holdings, terms: Terms) -> date:
    """Return the day of the entry, unless nothing may be added."""
    breaks = (*holdings.chain.breaks, *contradictions(holdings))
    if breaks:
        raise InvalidInputError(RECORD_BROKEN.at(Place(file=PUBLIC), value=len(breaks)))
    today = terms.today or datetime.now().astimezone().date()
    last = holdings.chain.last_stated
    if last is not None and today < last:
        raise UsageError(BEFORE_THE_LAST.at(Place(file=PUBLIC), value=today, last=last))
    return today


def _entry(text: SealedText, secret: Secret, chain: Chain, about: tuple[int, ...]) -> Entry:
    return Entry(
        sequence=text.sequence,
        kind=text.kind,
        stated_on=text.stated_on,
        commitment=secret.commitment,
        previous=chain.head,
        outcomes_until=text.outcomes_until,
        about=about,
        afterwards=bool(text.afterwards_by),
    )


def _secrets(holdings: Holdings, sequences: Sequence[int]) -> tuple[Secret, ...]:
    found = (holdings.secret(one) for one in holdings.chain.entries if one.sequence in sequences)
    return tuple(secret for secret in found if secret is not None)


def _with_state(bare: SealedText, state: State, title: str) -> SealedText:
    return replace(bare, tables=state.tables, data_present=state.data_present, initiative=title)


def _differs(held: SealedText, state: State) -> bool:
    changed = differences(held.tables, state.tables)
    return bool(changed or assignments_that_differ(held.data_present, state.data_present))


def _seal_in(holdings: Holdings, path: Path) -> Entry:
    if holdings.seal is None:
        raise UsageError(NO_SEAL.at(Place(file=PUBLIC), value=path))
    return holdings.seal
