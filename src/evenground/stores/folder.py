"""Find the files that a folder names, and nothing else: paths that lead outside are refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from evenground.errors import NotFoundError, Place, UntrustedInputError, nearest_name
from evenground.stores import limits
from evenground.stores import messages as say
from evenground.stores.entries import TableEntry

_CHUNK = limits.MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One file: where it lies, its name inside the data folder, the SHA-256 of its bytes.

    ``kept`` holds what was parsed of it, so that several tables of one workbook read it once.
    """

    path: Path
    name: str
    sha256: str
    kept: dict[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFolder:
    """A folder, and the data root that its files are relative to (the folder itself, or ``data``).

    A file is looked for under the root first, then beside ``city.toml``; both with links resolved,
    so that no link and no ``..`` leads out.
    """

    folder: Path
    root: Path
    _described: dict[Path, DataFile] = field(default_factory=dict["Path", "DataFile"], repr=False)

    def find(self, entry: TableEntry) -> DataFile:
        """Return the file of an entry.

        Raises
        ------
        UntrustedInputError
            If the file lies outside, or is larger than ``limits.MAX_FILE_BYTES``.
        NotFoundError
            If there is no such file.
        """
        inside = False
        for base in dict.fromkeys((self.root, self.folder)):
            path = _resolved(base, entry.file)
            if path is None:
                continue
            inside = True
            if path.is_file():
                return self.described(path, name=_name(path, base))
        fields: dict[str, Any] = {"value": entry.file, "table": entry.table}
        if not inside:
            raise UntrustedInputError(say.FILE_OUTSIDE.at(entry.at("file"), **fields))
        near = nearest_name(entry.file, self.names())
        raise NotFoundError(say.FILE_MISSING.at(entry.at("file"), nearest=near, **fields))

    def described(self, path: Path, *, name: str) -> DataFile:
        """Return a file with its hash (worked out once), unless it is too large.

        Raises
        ------
        UntrustedInputError
            If it is larger than ``limits.MAX_FILE_BYTES``.
        """
        if path not in self._described:
            digest = sha256_of(path, name=name)
            self._described[path] = DataFile(path=path, name=name, sha256=digest)
        return self._described[path]

    def names(self) -> list[str]:
        """Return the names of the files under root and folder (at most 10,000), for suggestions."""
        found: list[str] = []
        for base in dict.fromkeys((self.root, self.folder)):
            for path in sorted(base.glob("*")) + sorted(base.glob("*/*")):
                if path.is_file() and len(found) < limits.MAX_ZIP_MEMBERS:
                    found.append(path.relative_to(base).as_posix())
        return found


def _resolved(base: Path, name: str) -> Path | None:
    """Return the file's real path if it lies under ``base``, else ``None``."""
    if "\0" in name or PurePosixPath(name).is_absolute() or ":" in name.split("/", 1)[0]:
        return None
    real = base.resolve()
    path = (real / name).resolve()
    return path if path.is_relative_to(real) else None


def _name(path: Path, base: Path) -> str:
    return path.relative_to(base.resolve()).as_posix()


def sha256_of(path: Path, *, name: str) -> str:
    """Return the SHA-256 of a file's bytes.

    Raises
    ------
    UntrustedInputError
        If the file is larger than ``limits.MAX_FILE_BYTES``.
    """
    size = path.stat().st_size
    if size > limits.MAX_FILE_BYTES:
        raise UntrustedInputError(
            say.TOO_LARGE.at(
                Place(file=name), value=size, unit="bytes", limit=limits.MAX_FILE_BYTES
            )
        )
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
