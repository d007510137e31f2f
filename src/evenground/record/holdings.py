"""All of a record at hand: the public chain, the texts that were opened, those still kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evenground.errors import EvengroundError
from evenground.record.canonical import canonical_value
from evenground.record.chain import Break, Chain
from evenground.record.commitment import Secret, secret_of
from evenground.record.entry import Entry, EntryKind
from evenground.record.sealed_text import SealedText, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """Texts with their keys, by commitment; ``unread`` are numbers of lines that hold none."""

    by_commitment: Mapping[str, Secret] = field(default_factory=dict[str, Secret])
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What can be looked at.

    Attributes
    ----------
    chain
        The public entries.
    opened
        Texts and keys that were published.
    private
        Texts and keys that only the city has; empty where this copy holds none.
    """

    chain: Chain = field(default_factory=Chain)
    opened: Secrets = field(default_factory=Secrets)
    private: Secrets = field(default_factory=Secrets)

    def secret(self, entry: Entry) -> Secret | None:
        """Return the text and key of an entry, if they are at hand."""
        for held in (self.opened, self.private):
            if entry.commitment in held.by_commitment:
                return held.by_commitment[entry.commitment]
        return None

    def text(self, entry: Entry) -> SealedText | None:
        """Return the text of an entry, if it is at hand and of this format."""
        secret = self.secret(entry)
        return None if secret is None else text_of(secret.text)

    def published(self, entry: Entry) -> bool:
        """Whether text and key of an entry are public."""
        return entry.commitment in self.opened.by_commitment

    @property
    def seal(self) -> Entry | None:
        """The seal in force: the last seal or amendment."""
        return next((one for one in reversed(self.chain.entries) if one.kind.seals), None)

    def about(self, kind: EntryKind) -> frozenset[int]:
        """Return the numbers of the entries that entries of one kind speak of."""
        found = (one.about for one in self.chain.entries if one.kind is kind)
        return frozenset(number for about in found for number in about)

    @property
    def unopened(self) -> tuple[Entry, ...]:
        """Entries that no opening names and whose key is not lost, openings left out."""
        gone = self.about(EntryKind.OPENING) | self.about(EntryKind.KEY_LOST)
        return tuple(
            one
            for one in self.chain.entries
            if one.sequence not in gone and one.kind is not EntryKind.OPENING
        )


def read_secrets(data: bytes) -> Secrets:
    """Return the texts and keys that a file holds, one a line."""
    found: dict[str, Secret] = {}
    unread: list[int] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line:
            continue
        secret = _secret(line)
        if secret is None:
            unread.append(number)
        else:
            found[secret.commitment] = secret
    return Secrets(by_commitment=found, unread=tuple(unread))


def contradictions(holdings: Holdings) -> tuple[Break, ...]:
    """Return where texts and entries do not belong together.

    A published text that fits no commitment was altered; one that an opening names must be there;
    one that fits must say the same as its entry.
    """
    return (*_strays(holdings), *_absent(holdings), *_contradicting(holdings))


def _strays(holdings: Holdings) -> Iterator[Break]:
    known = {one.commitment for one in holdings.chain.entries}
    for line in holdings.opened.unread:
        yield Break(code="opened_unread", parameters={"row": line})
    for key in holdings.opened.by_commitment:
        if key not in known:
            yield Break(code="opened_fits_none")


def _absent(holdings: Holdings) -> Iterator[Break]:
    for number in sorted(holdings.about(EntryKind.OPENING)):
        entry = next((one for one in holdings.chain.entries if one.sequence == number), None)
        if entry is None or not holdings.published(entry):
            yield Break(code="opened_not_there", parameters={"sequence": number})


def _contradicting(holdings: Holdings) -> Iterator[Break]:
    for entry in holdings.chain.entries:
        if holdings.secret(entry) is None:
            continue
        text = holdings.text(entry)
        if text is None:
            yield Break(code="text_unreadable", parameters={"sequence": entry.sequence})
        elif not _same(entry, text):
            yield Break(code="text_contradicts", parameters={"sequence": entry.sequence})


def _same(entry: Entry, text: SealedText) -> bool:
    return (
        entry.sequence == text.sequence
        and entry.kind is text.kind
        and entry.stated_on == text.stated_on
        and entry.outcomes_until == text.outcomes_until
        and entry.afterwards == bool(text.afterwards_by)
    )


def _secret(line: bytes) -> Secret | None:
    try:
        return secret_of(canonical_value(line.decode("utf-8")))
    except (UnicodeDecodeError, EvengroundError):
        return None
