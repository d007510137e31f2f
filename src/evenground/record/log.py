"""The log that a chain of entries is kept in, behind an interface of four functions.

A ``HashChain`` is the simplest log: its head is the hash of its last leaf, and every leaf names
the head before it. A Merkle tree (B. Laurie, A. Langley, E. Kasper, E. Messeri and R. Stradling,
RFC 9162, 2021) can take its place: leaves are the same bytes, the head is the tree's root hash,
``proof`` its consistency proof (section 2.1.4). Nothing else knows which of them it is.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Protocol

EMPTY_HEAD = "0" * 64
"""Head of a chain without entries."""
LEAF_PREFIX = b"evenground record entry, format 1\n"
"""Hashed before a leaf, so that no hash of a leaf is the hash of anything else."""


class Log(Protocol):
    """An append-only list of leaves with one hash that stands for all of them."""

    @property
    def size(self) -> int:
        """How many leaves there are."""
        ...

    @property
    def head(self) -> str:
        """The hash that stands for all leaves in their order: 64 hexadecimal digits."""
        ...

    def append(self, leaf: bytes) -> Log:
        """Return the log with one more leaf; its bytes name the head before it."""
        ...

    def proof(self, size: int) -> tuple[bytes, ...]:
        """Return what shows that the log of the first ``size`` leaves is its beginning."""
        ...

    def continues(self, size: int, head: str, proof: tuple[bytes, ...]) -> bool:
        """Whether a proof shows that the log with that size and head is this one's beginning."""
        ...


@dataclass(frozen=True, slots=True)
class HashChain:
    """A log whose head is the hash of its last leaf.

    Attributes
    ----------
    leaves
        JSON objects as bytes; each has under ``previous`` the head before it.
    """

    leaves: tuple[bytes, ...] = ()

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self.leaves)

    @property
    def head(self) -> str:
        """The hash of the last leaf, or ``EMPTY_HEAD``."""
        return leaf_hash(self.leaves[-1]) if self.leaves else EMPTY_HEAD

    def append(self, leaf: bytes) -> HashChain:
        """Return the chain with one more leaf."""
        return HashChain((*self.leaves, leaf))

    def proof(self, size: int) -> tuple[bytes, ...]:
        """Return the leaves after the first ``size``: a chain has no shorter proof."""
        return self.leaves[size:]

    def continues(self, size: int, head: str, proof: tuple[bytes, ...]) -> bool:
        """Whether the leaves of the proof lead from that head to this chain's."""
        if size + len(proof) != self.size:
            return False
        for leaf in proof:
            if _previous(leaf) != head:
                return False
            head = leaf_hash(leaf)
        return head == self.head


def leaf_hash(leaf: bytes) -> str:
    """Return the hash of a leaf: SHA-256 over ``LEAF_PREFIX`` and the leaf, in hexadecimal."""
    return hashlib.sha256(LEAF_PREFIX + leaf).hexdigest()


def _previous(leaf: bytes) -> str:
    value: Any = json.loads(leaf)
    return str(value["previous"])
