from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.record.short_code import ALPHABET, CODE_BITS, code_fits, read_code, short_code

heads = st.binary(min_size=32, max_size=32).map(bytes.hex)
HEAD = hashlib.sha256(b"evenground").hexdigest()


def test_a_code_by_hand():
    """All bits zero: thirty-one zeros, and a checksum of zero. The last bit carried: a lone 1."""
    assert short_code("0" * 64) == "-".join(["0000"] * 8)
    lone = 1 << (256 - CODE_BITS)
    # The last symbol counts twice in the checksum: x times 1 is 2.
    assert short_code(f"{lone:064x}") == "-".join(["0000"] * 7) + "-0012"


@given(heads)
def test_a_code_carries_the_first_bits_of_the_head(head):
    code = short_code(head).replace("-", "")
    carried = 0
    for symbol in code[:-1]:
        carried = carried << 5 | ALPHABET.index(symbol)
    assert carried == int(head, 16) >> (256 - CODE_BITS)


@given(heads)
def test_a_code_is_read_however_it_was_copied(head):
    code = short_code(head)
    spoken = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_code(spoken) == code
    assert read_code(code.replace("-", "")) == code
    assert read_code(head.upper()) == head
    assert code_fits(code, head)
    assert code_fits(head, head)


@given(heads, heads)
def test_a_code_fits_its_head_only(head, other):
    assert code_fits(short_code(head), other) is (head == other)


def test_every_wrong_symbol_is_seen():
    code = short_code(HEAD).replace("-", "")
    for at, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(UsageError):
                read_code(code[:at] + wrong + code[at + 1 :])


@given(heads, st.integers(0, 30))
def test_every_exchange_of_neighbours_is_seen(head, at):
    code = short_code(head).replace("-", "")
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        with pytest.raises(UsageError):
            read_code(swapped)


@pytest.mark.parametrize("text", ["", "ABCD", "0" * 63, "g" * 64, "U" * 32, short_code(HEAD)[:-1]])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(UsageError):
        read_code(text)


@pytest.mark.parametrize("head", ["", "0" * 63, "A" * 64])
def test_only_a_head_has_a_code(head):
    with pytest.raises(UsageError):
        short_code(head)
