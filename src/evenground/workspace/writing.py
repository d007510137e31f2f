"""Write files whole or not at all: what stood there before stays until the new bytes are safe."""

from __future__ import annotations

import errno
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from evenground.errors import Place, Problem, WriteError
from evenground.language import N_

_WAYS_OUT: Mapping[int, str] = {
    errno.ENOSPC: N_("Free some space on the disk or name another folder, then run it again."),
    errno.EDQUOT: N_("Free some space on the disk or name another folder, then run it again."),
    errno.EACCES: N_(
        "Close the file if another program has it open, ask for the right to write there, or name "
        "another folder."
    ),
    errno.EPERM: N_("Ask for the right to write there, or name another folder."),
    errno.EROFS: N_("This place can only be read. Name another folder."),
    errno.ENOTDIR: N_("A part of the path is a file, not a folder. Name another folder."),
    errno.EISDIR: N_("A folder has that name. Name another file."),
    errno.ENAMETOOLONG: N_("The name is too long for this disk. Choose a shorter one."),
}
_ANY_WAY_OUT = N_("Name another folder, then run it again.")


def write_atomic(path: Path | str, data: bytes | str, *, overwrite: bool = True) -> Path:
    """Write ``data`` to ``path`` in one step and return the path.

    The bytes go to a temporary file in the same folder, are flushed to the disk, and then take the
    name in one move: a reader sees the old file or the new one, never a part. Text is written as
    UTF-8 with its line ends as they are. Missing folders above are made. A symbolic link is
    followed, so that the file it points to is replaced.

    Raises
    ------
    WriteError
        If the disk refuses, or ``overwrite`` is false and something has that name already. What
        stood there before is unchanged and no temporary file is left.
    """
    target = Path(os.path.realpath(path))
    with _explained(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = _stage(target, data)
        try:
            _take_name(staged, target, overwrite=overwrite)
        finally:
            staged.unlink(missing_ok=True)
        _settle_folder(target.parent)
    return Path(path)


def write_together(folder: Path | str, files: Mapping[str, bytes | str]) -> tuple[Path, ...]:
    """Write several new files into ``folder``, all or none, and return their paths in order.

    ``files`` maps plain file names to contents. No file is ever replaced. Everything is flushed to
    the disk under temporary names before the first file takes its own.

    Raises
    ------
    WriteError
        If the disk refuses, or any of the names is taken (every taken name is listed). The folder
        then holds what it held before.
    """
    targets = {Path(os.path.realpath(Path(folder) / name)): data for name, data in files.items()}
    taken = [target for target in targets if target.exists()]
    if taken:
        raise WriteError(*(_taken(target) for target in taken))
    made_here: list[Path] = []
    staged: dict[Path, Path] = {}
    with _explained(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
        try:
            for target, data in targets.items():
                staged[target] = _stage(target, data)
            for target, part in staged.items():
                _take_name(part, target, overwrite=False)
                made_here.append(target)
        except BaseException:
            for target in made_here:
                target.unlink(missing_ok=True)
            raise
        finally:
            for part in staged.values():
                part.unlink(missing_ok=True)
        _settle_folder(Path(folder))
    return tuple(Path(folder) / name for name in files)


def refuse_taken(path: Path | str) -> None:
    """Refuse a name that something has already: asked before long work, not only after it.

    Raises
    ------
    WriteError
        If there is such a file or folder.
    """
    target = Path(path)
    if os.path.lexists(target):
        raise WriteError(_taken(target))


def _stage(target: Path, data: bytes | str) -> Path:
    """Write the bytes beside the target under a name of their own, safe on the disk."""
    part = target.with_name(f".{target.name[:100]}.{uuid4().hex[:12]}.part")
    # Not tempfile: its files are readable by their owner only, a dossier is for colleagues too.
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _take_name(part: Path, target: Path, *, overwrite: bool) -> None:
    if overwrite:
        with suppress(FileNotFoundError):
            part.chmod(target.stat().st_mode & 0o777)
        part.replace(target)
        return
    try:
        # A hard link fails when the name is taken, even if somebody took it a moment ago.
        os.link(part, target)
    except FileExistsError:
        raise WriteError(_taken(target)) from None
    except OSError:
        # Some disks (memory sticks, some network shares) have no hard links.
        if target.exists():
            raise WriteError(_taken(target)) from None
        part.replace(target)


def _settle_folder(folder: Path) -> None:
    """Flush the folder's own entry where the system can, so that a power cut keeps the new name."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network shares cannot flush a folder; the file itself is safe already.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def _taken(target: Path) -> Problem:
    return Problem(
        code="write.exists",
        place=Place(file=target.name),
        value=str(target),
        what=N_("{value} is there already."),
        rule=N_("Nothing that you have filled in is ever overwritten."),
        way_out=N_("Name another folder or file, or move the old one away first."),
    )


@contextmanager
def _explained(path: Path | str) -> Generator[None]:
    """Turn what the operating system says into a ``WriteError`` with a way out."""
    try:
        yield
    except OSError as refusal:
        problem = Problem(
            code="write.refused",
            place=Place(file=Path(path).name),
            value=str(path),
            what=N_("{value} could not be written: {reason}."),
            rule=N_("A result is written whole or not at all; what stood there is unchanged."),
            way_out=_WAYS_OUT.get(refusal.errno or 0, _ANY_WAY_OUT),
            parameters={"reason": os.strerror(refusal.errno) if refusal.errno else str(refusal)},
        )
        raise WriteError(problem) from refusal
