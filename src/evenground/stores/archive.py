"""Unpack zips with every byte counted: no bombs, no names that lead outside."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

from evenground.errors import FormatError, Place, UntrustedInputError
from evenground.stores import limits
from evenground.stores import messages as say
from evenground.stores.folder import DataFile

_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_NEEDED = (".shp", ".shx", ".dbf")
_SHP_BEGINNING = b"\x00\x00\x27\x0a"
_CHUNK = 64 * 1024
DAMAGED = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError)
"""What reading a damaged member may raise (``RuntimeError`` for one with a password)."""


class Budget:
    """How many unpacked bytes one archive may still give; ``spend`` refuses what is too much."""

    def __init__(self, file: DataFile) -> None:
        packed = file.path.stat().st_size
        by_ratio = max(limits.FREE_UNPACK_BYTES, packed * limits.MAX_UNPACK_RATIO)
        self.left = min(limits.MAX_UNPACKED_BYTES, by_ratio)
        self.spent = 0
        self.place = Place(file=file.name)

    def spend(self, n_bytes: int) -> None:
        """Count unpacked bytes.

        Raises
        ------
        UntrustedInputError
            If the archive unpacks to more than it may.
        """
        self.left -= n_bytes
        self.spent += n_bytes
        if self.left < 0:
            raise UntrustedInputError(say.UNPACKS_TOO_FAR.at(self.place, value=self.spent))

    def read(self, source: IO[bytes]) -> bytes:
        """Return the next chunk of a member, counted."""
        chunk = source.read(_CHUNK)
        self.spend(len(chunk))
        return chunk


def open_zip(file: DataFile, *, wanted: str) -> zipfile.ZipFile:
    """Open a zip and refuse one with unsafe or too many names.

    Raises
    ------
    FormatError
        If it is no zip.
    UntrustedInputError
        If a name leads outside, or there are more than ``limits.MAX_ZIP_MEMBERS``.
    """
    place = Place(file=file.name)
    try:
        archive = zipfile.ZipFile(file.path)
    except (zipfile.BadZipFile, OSError) as error:
        raise FormatError(
            say.UNREADABLE.at(place, reason=str(error)[:120], wanted=wanted)
        ) from error
    members = archive.infolist()
    if len(members) > limits.MAX_ZIP_MEMBERS:
        archive.close()
        limit = limits.MAX_ZIP_MEMBERS
        raise UntrustedInputError(
            say.TOO_LARGE.at(place, value=len(members), unit="files", limit=limit)
        )
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in member.filename:
            archive.close()
            raise UntrustedInputError(say.UNSAFE_ZIP_NAME.at(place, value=member.filename))
    return archive


def unpack_shapefile(file: DataFile, folder: Path) -> Path:
    """Unpack the one shapefile of a zip into ``folder`` and return the path of its ``.shp``.

    Raises
    ------
    FormatError
        If a part is missing or damaged.
    UntrustedInputError
        If the zip breaks a reading limit.
    """
    place, budget = Place(file=file.name), Budget(file)
    with open_zip(file, wanted="zipped Shapefile") as archive:
        members = {PurePosixPath(m.filename): m for m in archive.infolist() if not m.is_dir()}
        shapes = sorted(
            path
            for path in members
            if path.suffix.lower() == ".shp" and not path.name.startswith(".")
        )
        if not shapes:
            raise FormatError(say.SHAPEFILE_PARTS.at(place, value=".shp"))
        stem = shapes[0].with_suffix("")
        parts = {p.suffix.lower(): m for p, m in members.items() if p.with_suffix("") == stem}
        for suffix in _NEEDED:
            if suffix not in parts:
                raise FormatError(say.SHAPEFILE_PARTS.at(place, value=suffix))
        for suffix in _SHAPEFILE:
            if suffix in parts:
                _unpack(archive, parts[suffix], folder / f"layer{suffix}", budget)
    path = folder / "layer.shp"
    with path.open("rb") as opened:
        if opened.read(4) != _SHP_BEGINNING:
            raise FormatError(say.NOT_WHAT_IT_SAYS.at(place, wanted="Shapefile"))
    return path


def _unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, budget: Budget
) -> None:
    try:
        with archive.open(member) as source, target.open("wb") as written:
            while chunk := budget.read(source):
                written.write(chunk)
    except DAMAGED as error:
        raise FormatError(
            say.UNREADABLE.at(budget.place, reason=str(error)[:120], wanted="zipped Shapefile")
        ) from error
