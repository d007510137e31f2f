"""Where a record lies, and how it is read and written: whole or not at all, by one at a time."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenground.errors import (
    NotFoundError,
    Place,
    ProblemKind,
    UntrustedInputError,
    UsageError,
    WriteError,
)
from evenground.language import N_
from evenground.record.chain import Chain, read_chain
from evenground.record.commitment import Secret
from evenground.record.holdings import Holdings, Secrets, read_secrets
from evenground.workspace.writing import write_atomic

PUBLIC = "seals.jsonl"
"""The chain: entries and heads, nothing else."""
OPENED = "seals.opened.jsonl"
"""Texts and keys that were published; it can be thinned out without touching the chain."""
PRIVATE = "seals.private"
"""Folder of the texts and keys that are not opened; it is never published."""
PRIVATE_FILE = "texts_and_keys.jsonl"
LOCK = "seals.lock"
MAX_BYTES = 64 * 1024 * 1024
"""Size of a file of the record that is read."""
WORKBOOK_RECORD = ".seals"
_WORKBOOKS = (".xlsx", ".xlsm")
_STEM = "initiative"

NO_PLACE = ProblemKind(
    code="record_missing",
    what=N_("There is no folder or file {value}."),
    rule=N_("The record of an initiative lies in its folder, in seals.jsonl."),
    way_out=N_("Name the initiative's folder, or its seals.jsonl."),
)
OF_NOTHING = ProblemKind(
    code="record_of_nothing",
    what=N_("{value} is no record and has none."),
    rule=N_(
        "A record is read from an initiative's folder, its TOML file or workbook, or seals.jsonl."
    ),
    way_out=N_("Name one of these; a copy of a record is read where it is called seals.jsonl."),
)
TOO_LARGE = ProblemKind(
    code="record_too_large",
    what=N_("{file} has {value} bytes; at most {limit} are read."),
    rule=N_("A file that large would bring a small machine down."),
    way_out=N_("Check that it is the file that Evenground wrote."),
)
LOCKED = ProblemKind(
    code="record_locked",
    what=N_("Somebody is writing to this record: {value} is there."),
    rule=N_("Two entries at once would get the same number."),
    way_out=N_("Wait and try again. If no other seal is being made, delete {value}."),
)


@dataclass(frozen=True, slots=True)
class RecordFiles:
    """The files of one record, all in ``folder``."""

    folder: Path

    @property
    def public(self) -> Path:
        """The chain."""
        return self.folder / PUBLIC

    @property
    def opened(self) -> Path:
        """Published texts and keys."""
        return self.folder / OPENED

    @property
    def private(self) -> Path:
        """Texts and keys that are kept apart."""
        return self.folder / PRIVATE / PRIVATE_FILE

    @property
    def holdings(self) -> Holdings:
        """All that the files hold.

        Raises
        ------
        UntrustedInputError
            If a file is too large.
        """
        return Holdings(
            chain=read_chain(_bytes(self.public)),
            opened=read_secrets(_bytes(self.opened)),
            private=read_secrets(_bytes(self.private)),
        )

    def write_chain(self, chain: Chain) -> None:
        """Write the chain.

        Raises
        ------
        WriteError
            If the disk refuses.
        """
        write_atomic(self.public, chain.data)
        attributes = self.folder / ".gitattributes"
        if not attributes.exists():
            # Git may change line ends on the way out, and every byte counts here.
            write_atomic(attributes, f"{PUBLIC} -text\n{OPENED} -text\n")

    def keep(self, secret: Secret) -> None:
        """Add a text and its key to those kept apart; none of them is ever taken out.

        Raises
        ------
        WriteError
            If the disk refuses.
        """
        self.private.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ignored = self.private.parent / ".gitignore"
        if not ignored.exists():
            # Whoever publishes the folder with Git leaves texts and keys out without a thought.
            write_atomic(ignored, "*\n")
        write_atomic(self.private, _with_lines(_bytes(self.private), (secret,)))

    def publish(self, secrets: tuple[Secret, ...]) -> None:
        """Add texts and keys to the published ones.

        Raises
        ------
        WriteError
            If the disk refuses.
        """
        known: Secrets = read_secrets(_bytes(self.opened))
        new = tuple(one for one in secrets if one.commitment not in known.by_commitment)
        if new:
            write_atomic(self.opened, _with_lines(_bytes(self.opened), new))

    @contextmanager
    def locked(self) -> Generator[None]:
        """Keep every other writer out.

        Raises
        ------
        WriteError
            If another one is there.
        """
        lock = self.folder / LOCK
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            raise WriteError(LOCKED.at(Place(file=LOCK), value=lock)) from None
        try:
            os.close(handle)
            yield
        finally:
            lock.unlink(missing_ok=True)


def record_of(path: Path) -> RecordFiles:
    """Return where the record of an initiative lies: in its folder, or beside its workbook.

    A workbook ``initiative.xlsx`` is its folder's initiative, and has the folder's record.

    Parameters
    ----------
    path
        An initiative's folder, its ``initiative.toml`` or workbook, or a ``seals.jsonl``.

    Raises
    ------
    NotFoundError
        If there is nothing at ``path``.
    UsageError
        If what is there is none of these.
    """
    if not path.exists():
        raise NotFoundError(NO_PLACE.at(Place(file=path.name), value=path))
    if path.is_dir():
        return RecordFiles(path)
    if path.suffix.lower() in _WORKBOOKS and path.stem.casefold() != _STEM:
        return RecordFiles(path.with_suffix(WORKBOOK_RECORD))
    if path.stem.casefold() != _STEM and path.name != PUBLIC:
        raise UsageError(OF_NOTHING.at(Place(file=path.name), value=path))
    return RecordFiles(path.parent)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return b""
    if size > MAX_BYTES:
        raise UntrustedInputError(TOO_LARGE.at(Place(file=path.name), value=size, limit=MAX_BYTES))
    return path.read_bytes()


def _with_lines(data: bytes, secrets: tuple[Secret, ...]) -> bytes:
    start = data if not data or data.endswith(b"\n") else data + b"\n"
    return start + b"".join(f"{one.line}\n".encode() for one in secrets)
