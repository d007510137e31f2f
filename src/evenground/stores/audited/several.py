"""The files behind one name: a folder of files of one kind, or a packed file."""

from __future__ import annotations

import gzip
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, cast

from evenground.errors import FormatError, Place, Problem
from evenground.stores import messages as say
from evenground.stores.archive import DAMAGED, Budget, open_zip
from evenground.stores.audited import messages as tell
from evenground.stores.audited.engine import Session
from evenground.stores.audited.kinds import KNOWN, Opens, opens_as
from evenground.stores.audited.listed import Listed
from evenground.stores.audited.part import SourceFile
from evenground.stores.folder import DataFile

_SHAPEFILE = ".shp"


def files_in(folder: Path) -> tuple[list[SourceFile], tuple[Problem, ...]]:
    """Return the files of a folder that make one table, by name, and what was left aside.

    Hidden files are passed over; folders inside are looked into.

    Raises
    ------
    FormatError
        If there is none, or there are files of several kinds.
    """
    place = Place(file=folder.name)
    paths = sorted(_visible(folder), key=lambda path: path.relative_to(folder).as_posix())
    read = [path for path in paths if path.suffix.lower() in KNOWN]
    if not read:
        known = ", ".join(KNOWN)
        raise FormatError(tell.NOTHING_IN_FOLDER.at(place, value=folder.name, known=known))
    listed = Listed()
    for path in paths:
        if path not in read:
            name = path.relative_to(folder).as_posix()
            listed.add(tell.LEFT_ASIDE.at(Place(file=name), value=name))
    sources = [SourceFile(path=path, name=path.relative_to(folder).as_posix()) for path in read]
    kinds = Counter(opens_as(source.path, source.name) for source in sources)
    if len(kinds) > 1:
        suffixes = Counter(path.suffix.lower() for path in read)
        known = ", ".join(f"{suffix} ({n})" for suffix, n in sorted(suffixes.items()))
        raise FormatError(tell.MIXED_FOLDER.at(place, value=folder.name, known=known))
    return sources, listed.problems()


def _visible(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__MACOSX")) for part in parts):
            yield path


def unpacked(session: Session, source: SourceFile, kind: Opens) -> list[SourceFile]:
    """Return the files inside a packed file, or the file itself where a reader unpacks it.

    Raises
    ------
    FormatError
        If it is damaged, or holds nothing that can be read.
    UntrustedInputError
        If it unpacks to more than an honest file does, or a name leads outside.
    """
    if kind is Opens.PACKED_TEXT:
        return [_gunzipped(session, source)]
    if kind is not Opens.ZIP:
        return [source]
    file = DataFile(path=source.path, name=source.name, sha256="")
    with open_zip(file, wanted="zip") as archive:
        members = sorted(
            (one for one in archive.infolist() if _is_data(one)), key=lambda one: one.filename
        )
        if any(one.filename.lower().endswith(_SHAPEFILE) for one in archive.infolist()):
            return [source]
        return _unzipped(session, archive, members, source)


def _is_data(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    packed = path.suffix.lower() in (".zip", ".gz")
    return not member.is_dir() and not hidden and not packed and path.suffix.lower() in KNOWN


def _unzipped(
    session: Session,
    archive: zipfile.ZipFile,
    members: Sequence[zipfile.ZipInfo],
    source: SourceFile,
) -> list[SourceFile]:
    suffixes = {PurePosixPath(one.filename).suffix.lower() for one in members}
    if not members:
        known = ", ".join(KNOWN)
        raise FormatError(tell.NOTHING_IN_FOLDER.at(source.place, value=source.name, known=known))
    if len(suffixes) > 1:
        known = ", ".join(sorted(suffixes))
        raise FormatError(tell.MIXED_FOLDER.at(source.place, value=source.name, known=known))
    budget = Budget(DataFile(path=source.path, name=source.name, sha256=""))
    found: list[SourceFile] = []
    for member in members:
        target = session.path(PurePosixPath(member.filename).suffix.lower())
        try:
            with archive.open(member) as packed, target.open("wb") as written:
                while chunk := budget.read(packed):
                    written.write(chunk)
        except DAMAGED as error:
            raise FormatError(
                say.UNREADABLE.at(source.place, reason=str(error)[:120], wanted="zip")
            ) from error
        name = f"{source.name}#{member.filename}"
        found.append(
            SourceFile(path=target, name=name, encoding=source.encoding, delimiter=source.delimiter)
        )
    return found


def _gunzipped(session: Session, source: SourceFile) -> SourceFile:
    inner = PurePosixPath(source.path.stem)
    if inner.suffix.lower() not in KNOWN:
        known = ", ".join(KNOWN)
        raise FormatError(say.UNKNOWN_FORMAT.at(source.place, value=source.path.name, known=known))
    target = session.path(inner.suffix.lower())
    budget = Budget(DataFile(path=source.path, name=source.name, sha256=""))
    try:
        with gzip.open(source.path) as packed, target.open("wb") as written:
            while chunk := budget.read(cast("IO[bytes]", packed)):
                written.write(chunk)
    except DAMAGED as error:
        raise FormatError(
            say.UNREADABLE.at(source.place, reason=str(error)[:120], wanted="gzip")
        ) from error
    return SourceFile(
        path=target, name=source.name, encoding=source.encoding, delimiter=source.delimiter
    )
