"""A file that a command names: it is there, or what lies beside it with nearly that name is."""

from __future__ import annotations

from pathlib import Path

from evenground.errors import NotFoundError, Place, nearest_name
from evenground.workspace.plain_messages import IS_FOLDER, NO_SUCH_FILE


def existing_file(path: Path) -> Path:
    """Return ``path`` if it is a file.

    Raises
    ------
    NotFoundError
        If there is nothing of that name, or a folder.
    """
    if path.is_file():
        return path
    if path.is_dir():
        raise NotFoundError(IS_FOLDER.at(Place(), value=str(path)))
    beside = path.parent.iterdir() if path.parent.is_dir() else ()
    near = nearest_name(path.name, (one.name for one in beside if one.is_file()))
    nearest = str(path.parent / near) if near else ""
    raise NotFoundError(NO_SUCH_FILE.at(Place(), value=str(path), nearest=nearest))
