"""What is costly to make is made once in a run of the tests, however many processes run them."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

try:
    import fcntl
except ImportError:  # no such locks here: two processes may make the same thing, both of them right
    fcntl = None

FOLDER = "EVENGROUND_TESTS_SHARE"
"""Variable that names the folder of this run; ``conftest.py`` makes it and clears it away."""
Made = TypeVar("Made")


def shared(name: str, make: Callable[[], Made]) -> Made:
    """Return what ``make`` makes, from the process of this run that was first to ask for it."""
    if FOLDER not in os.environ:
        return make()
    path = Path(os.environ[FOLDER]) / sha256(name.encode()).hexdigest()
    with _turn(path):
        if path.exists():
            return pickle.loads(path.read_bytes())  # noqa: S301 - this run wrote it
        made = make()
        path.write_bytes(pickle.dumps(made))
        return made


@contextmanager
def _turn(path: Path) -> Iterator[None]:
    """Wait until no other process holds the path; one that ends holds nothing."""
    with path.with_suffix(".turn").open("w") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
