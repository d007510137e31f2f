"""Random streams: one per table, so that a new table changes no other."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the generator of the table called ``name``; independent of every other table's."""
    return np.random.default_rng([seed, crc32(name.encode())])
