"""The hash of a file of any size."""

from __future__ import annotations

import hashlib
from pathlib import Path

_CHUNK = 4 * 1024 * 1024


def hashed(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file's bytes and their number, read piece by piece."""
    digest, n_bytes = hashlib.sha256(), 0
    with path.open("rb") as opened:
        while piece := opened.read(_CHUNK):
            digest.update(piece)
            n_bytes += len(piece)
    return digest.hexdigest(), n_bytes
