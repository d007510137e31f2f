"""What a dossier and a reader need to know of the seal, in one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from evenground.record.chain import Break
from evenground.record.differences import Difference, assignments_that_differ, differences
from evenground.record.entry import Entry, EntryKind
from evenground.record.holdings import Holdings, contradictions
from evenground.record.sealed_text import DataPresent, PlainTable, SealedText
from evenground.record.short_code import short_code
from evenground.record.witness import Witness, Witnessed, witnessed


class DatedBy(StrEnum):
    """Whose word the date of the seal in force rests on."""

    CITY = "city"
    WITNESS = "witness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A later seal, and what it changed.

    Attributes
    ----------
    sequence, stated_on
        The entry.
    by, words
        Who amended, and why; empty where the text is not to be shown or not at hand.
    outcomes_until
        Last date of the outcome data when it was made; empty for none.
    changed
        What differs from the seal before; ``None`` where one of both texts is not at hand.
    """

    sequence: int
    stated_on: date
    by: str = ""
    words: str = ""
    outcomes_until: str = ""
    changed: tuple[Difference, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealStatus:
    """The state of an initiative's seal.

    Attributes
    ----------
    sealed
        Whether there is a seal; all below is empty if not.
    sequence, sealed_on
        Entry and day (as the city states it) of the seal in force.
    first_sealed_on, first_outcomes_until
        Day of the first seal, and last date of the outcome data then present.
    n_entries, head, code
        The chain's length, its head and the short code of it.
    unbroken, breaks
        Whether nothing is wrong, else what.
    witness
        What a head noted outside proves; ``None`` where none was given.
    dated_by
        Whose word the date rests on.
    opened
        Whether text and key of the seal in force are public.
    by, afterwards, afterwards_by
        Who sealed, empty where the text is not to be shown; whether, and by whom, the promises were
        put together after the fact, which is shown as soon as the text is at hand.
    amendments
        Later seals in order.
    keys_lost, keys_missing
        Entries whose key was reported lost: they can never be opened; entries whose text and key
        are neither public nor at hand.
    outcomes_until, data_present
        Last date of the outcome data when the seal in force was made, and the files then present.
    text
        The sealed text, where it is at hand and may be shown.
    withheld
        Whether a text is at hand and left out because it is not opened yet.
    differs
        What differs now from the seal in force; ``None`` where that cannot be told.
    """

    sealed: bool = False
    sequence: int | None = None
    sealed_on: date | None = None
    first_sealed_on: date | None = None
    first_outcomes_until: str = ""
    n_entries: int = 0
    head: str = ""
    code: str = ""
    unbroken: bool = True
    breaks: tuple[Break, ...] = ()
    witness: Witnessed | None = None
    dated_by: DatedBy = DatedBy.CITY
    opened: bool = False
    by: str = ""
    afterwards: bool = False
    afterwards_by: str = ""
    amendments: tuple[Amendment, ...] = ()
    keys_lost: tuple[int, ...] = ()
    keys_missing: tuple[int, ...] = ()
    outcomes_until: str = ""
    data_present: tuple[DataPresent, ...] = ()
    text: SealedText | None = None
    withheld: bool = False
    differs: tuple[Difference, ...] | None = None

    @property
    def key_lost(self) -> bool:
        """Whether the key of the seal in force is lost, so that its text can never be proven."""
        return self.sequence in self.keys_lost


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The tables that a seal covers and the files that they name, at one time."""

    tables: tuple[PlainTable, ...] = ()
    data_present: tuple[DataPresent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """How a record is looked at.

    Attributes
    ----------
    witness
        A head noted outside, if any is known.
    now
        The tables, and the files that they name, as they are today; ``None`` where they are not at
        hand.
    internal
        Whether texts that are not opened may be shown.
    """

    witness: Witness | None = None
    now: State | None = None
    internal: bool = False


def status_of(holdings: Holdings, looking: Looking | None = None) -> SealStatus:
    """Return the state of the seal.

    Parameters
    ----------
    holdings
        All of the record that is at hand.
    looking
        How it is looked at: by an outsider without a witness, by default.

    Raises
    ------
    UsageError
        If the witness's code was copied wrongly.
    """
    asked = Looking() if looking is None else looking
    chain = holdings.chain
    seen = None if asked.witness is None else witnessed(chain, asked.witness)
    breaks = (*chain.breaks, *contradictions(holdings), *(seen.breaks if seen else ()))
    status = SealStatus(
        n_entries=len(chain.entries),
        head=chain.head if chain.entries else "",
        code=short_code(chain.head) if chain.entries else "",
        unbroken=not breaks,
        breaks=breaks,
        witness=seen,
        keys_lost=tuple(sorted(holdings.about(EntryKind.KEY_LOST))),
        keys_missing=_missing(holdings),
    )
    seal = holdings.seal
    return status if seal is None else _of_seal(status, holdings, seal, asked)


def _of_seal(status: SealStatus, holdings: Holdings, seal: Entry, asked: Looking) -> SealStatus:
    """Add what concerns the seal in force."""
    text, seen = holdings.text(seal), status.witness
    opened = holdings.published(seal)
    shown = opened or asked.internal
    covered = seen is not None and seen.on is not None and (seen.sequence or 0) >= seal.sequence
    seals = [one for one in holdings.chain.entries if one.kind.seals]
    status = replace(
        status,
        sealed=True,
        sequence=seal.sequence,
        sealed_on=seal.stated_on,
        first_sealed_on=seals[0].stated_on,
        first_outcomes_until=seals[0].outcomes_until,
        dated_by=DatedBy.WITNESS if covered and status.unbroken else DatedBy.CITY,
        opened=opened,
        afterwards=any(one.afterwards for one in seals),
        afterwards_by=_afterwards_by(holdings, seals),
        amendments=tuple(
            _amendment(holdings, before, after, internal=asked.internal)
            for before, after in pairwise(seals)
        ),
        outcomes_until=seal.outcomes_until,
    )
    if text is None:
        return status
    return replace(
        status,
        by=text.by if shown else "",
        data_present=text.data_present if shown else (),
        text=text if shown else None,
        withheld=not shown,
        differs=None if asked.now is None else _shown(_between(text, asked.now), shown),
    )


def _between(before: SealedText, after: SealedText | State) -> tuple[Difference, ...]:
    return (
        *differences(before.tables, after.tables),
        *assignments_that_differ(before.data_present, after.data_present),
    )


def _amendment(holdings: Holdings, before: Entry, after: Entry, *, internal: bool) -> Amendment:
    old, new = holdings.text(before), holdings.text(after)
    shown = internal or (holdings.published(before) and holdings.published(after))
    bare = Amendment(
        sequence=after.sequence, stated_on=after.stated_on, outcomes_until=after.outcomes_until
    )
    if new is not None and shown:
        bare = replace(bare, by=new.by, words=new.words)
    if old is None or new is None:
        return bare
    return replace(bare, changed=_shown(_between(old, new), shown))


def _shown(found: tuple[Difference, ...], shown: bool) -> tuple[Difference, ...]:  # noqa: FBT001
    """Keep which table differs and how; the words stay out until the seal is opened."""
    if shown:
        return found
    return tuple(Difference(table=one.table, row="", change=one.change) for one in found)


def _afterwards_by(holdings: Holdings, seals: Sequence[Entry]) -> str:
    texts = (holdings.text(one) for one in seals if one.afterwards)
    return next((text.afterwards_by for text in texts if text is not None), "")


def _missing(holdings: Holdings) -> tuple[int, ...]:
    lost = holdings.about(EntryKind.KEY_LOST)
    return tuple(
        one.sequence
        for one in holdings.chain.entries
        if one.sequence not in lost and holdings.secret(one) is None
    )
