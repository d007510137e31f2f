"""The chain as a log, and a Merkle tree in its place: the record cannot tell which it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.record.chain import read_chain
from evenground.record.entry import line_of
from evenground.record.log import EMPTY_HEAD, LEAF_PREFIX, HashChain
from evenground.record.tests.chains import made

# Test data of Certificate Transparency (RFC 6962, whose tree RFC 9162 keeps): leaves and roots.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def root(leaves: tuple[bytes, ...]) -> bytes:
    """Merkle tree hash, RFC 9162, section 2.1.1."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = largest_power_below(len(leaves))
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


def largest_power_below(n: int) -> int:
    return 1 << (n - 1).bit_length() - 1


def subproof(m: int, leaves: tuple[bytes, ...], *, whole: bool) -> tuple[bytes, ...]:
    """Consistency proof, RFC 9162, section 2.1.4.1."""
    n = len(leaves)
    if m == n:
        return () if whole else (root(leaves),)
    split = largest_power_below(n)
    if m <= split:
        return (*subproof(m, leaves[:split], whole=whole), root(leaves[split:]))
    return (*subproof(m - split, leaves[split:], whole=False), root(leaves[:split]))


def consistent(m: int, n: int, first: bytes, second: bytes, proof: tuple[bytes, ...]) -> bool:
    """Verify a consistency proof, RFC 9162, section 2.1.4.2."""
    if m == n:
        return not proof and first == second
    path = list(proof)
    if m & (m - 1) == 0:
        path.insert(0, first)
    if not path:
        return False
    fn, sn = m - 1, n - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr = hashlib.sha256(b"\1" + step + fr).digest()
            sr = hashlib.sha256(b"\1" + step + sr).digest()
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = hashlib.sha256(b"\1" + sr + step).digest()
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first and sr == second


@dataclass(frozen=True, slots=True)
class MerkleLog:
    """What could take the chain's place."""

    leaves: tuple[bytes, ...] = ()

    @property
    def size(self) -> int:
        return len(self.leaves)

    @property
    def head(self) -> str:
        return root(self.leaves).hex() if self.leaves else EMPTY_HEAD

    def append(self, leaf: bytes) -> MerkleLog:
        return MerkleLog((*self.leaves, leaf))

    def proof(self, size: int) -> tuple[bytes, ...]:
        return subproof(size, self.leaves, whole=True)

    def continues(self, size: int, head: str, proof: tuple[bytes, ...]) -> bool:
        ours = bytes.fromhex(self.head)
        return consistent(size, self.size, bytes.fromhex(head), ours, proof)


def test_the_tree_is_that_of_the_standard():
    leaves = tuple(bytes.fromhex(one) for one in LEAVES)
    assert [root(leaves[: n + 1]).hex() for n in range(len(leaves))] == ROOTS


def filled(kind, n: int):
    """Return a log of ``n`` leaves that each name the head before, and all its beginnings."""
    logs = [kind()]
    for number in range(n):
        leaf = json.dumps({"number": number, "previous": logs[-1].head}).encode()
        logs.append(logs[-1].append(leaf))
    return logs


@pytest.mark.parametrize("kind", [HashChain, MerkleLog])
@given(n=st.integers(2, 12), data=st.data())
def test_a_log_proves_what_it_continues(kind, n, data):
    m = data.draw(st.integers(1, n))
    logs = filled(kind, n)
    earlier, later = logs[m], logs[n]
    proof = later.proof(m)
    assert (earlier.size, later.size) == (m, n)
    assert later.continues(m, earlier.head, proof)
    assert not later.continues(m, logs[m - 1].head, proof)
    other = kind().append(b'{"previous":"%s","x":1}' % EMPTY_HEAD.encode())
    assert not later.continues(m, other.head, proof)
    if m < n:
        assert not later.continues(m, earlier.head, proof[:-1])


def test_a_head_by_hand():
    """SHA-256 over the prefix and the entry, and nothing else."""
    chain = made(2)
    for entry, head in zip(chain.entries, chain.heads, strict=True):
        assert hashlib.sha256(LEAF_PREFIX + entry.leaf).hexdigest() == head
    assert chain.entries[1].previous == chain.heads[0]
    assert chain.entries[0].previous == EMPTY_HEAD == HashChain().head


def test_a_record_can_be_kept_in_a_merkle_tree():
    """The same lines, made and read with a tree: every change shows as it does in a chain."""
    from dataclasses import replace

    tree, lines = MerkleLog(), []
    for entry in made(5).entries:
        placed = replace(entry, previous=tree.head)
        tree = tree.append(placed.leaf)
        lines.append(line_of(placed, tree.head).encode() + b"\n")
    read = read_chain(b"".join(lines), log=MerkleLog())
    assert read.unbroken
    assert read.head == tree.head
    assert not read_chain(b"".join(lines)).unbroken
    without_second = b"".join(lines[:1] + lines[2:])
    assert not read_chain(without_second, log=MerkleLog()).unbroken
