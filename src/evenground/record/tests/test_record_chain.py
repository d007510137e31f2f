"""Every change is found; what only a head shows, a head shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.record.chain import Chain, read_chain
from evenground.record.log import EMPTY_HEAD
from evenground.record.short_code import short_code
from evenground.record.tests.chains import START, Maker, made
from evenground.record.witness import Witness, witnessed
from evenground.record.wording import BREAKS

LENGTH = 5
CHAIN = made(LENGTH)
DATA = CHAIN.data
LINES = DATA.splitlines(keepends=True)


def codes(data: bytes) -> list[str]:
    return [one.code for one in read_chain(data).breaks]


def test_an_untouched_chain_is_read_back():
    read = read_chain(DATA)
    assert read.unbroken
    assert read.entries == CHAIN.entries
    assert read.heads == CHAIN.heads
    assert read.data == DATA
    assert read.next_sequence == LENGTH + 1


def test_no_chain_is_unbroken_and_empty():
    read = read_chain(b"")
    assert read == Chain()
    assert (read.head, read.next_sequence, read.last_stated) == (EMPTY_HEAD, 1, None)


@pytest.mark.parametrize("bit", [0x01, 0x20, 0x80])
def test_every_flipped_bit_is_found(bit):
    """Every byte of the file, line ends included; bit by bit the others follow by the property."""
    changed = bytearray(DATA)
    for at in range(len(DATA)):
        changed[at] ^= bit
        assert not read_chain(bytes(changed)).unbroken, at
        changed[at] ^= bit


@given(at=st.integers(0, len(DATA) - 1), byte=st.integers(0, 255))
def test_every_changed_byte_is_found(at, byte):
    changed = DATA[:at] + bytes([byte]) + DATA[at + 1 :]
    assert read_chain(changed).unbroken is (changed == DATA)


@given(at=st.integers(0, len(DATA)), byte=st.integers(0, 255))
def test_every_inserted_byte_is_found(at, byte):
    assert not read_chain(DATA[:at] + bytes([byte]) + DATA[at:]).unbroken


@given(at=st.integers(0, len(DATA) - 1))
def test_every_missing_byte_is_found(at):
    assert not read_chain(DATA[:at] + DATA[at + 1 :]).unbroken


@given(st.permutations(range(LENGTH)))
def test_every_other_order_is_found(order):
    moved = b"".join(LINES[at] for at in order)
    assert read_chain(moved).unbroken is (moved == DATA)


@given(st.sets(st.integers(0, LENGTH - 1), min_size=1))
def test_every_drop_is_found_given_a_head(dropped):
    """Without a head, all but the loss of the last entries shows; with one, that does too."""
    kept = b"".join(line for at, line in enumerate(LINES) if at not in dropped)
    read = read_chain(kept)
    only_the_end = dropped == set(range(LENGTH - len(dropped), LENGTH))
    assert read.unbroken is only_the_end
    assert not read.unbroken or witnessed(read, Witness(code=CHAIN.head)).breaks


@given(st.integers(0, LENGTH), st.integers(0, LENGTH - 1))
def test_every_repeated_entry_is_found(at, which):
    assert not read_chain(b"".join([*LINES[:at], LINES[which], *LINES[at:]])).unbroken


@given(st.integers(0, LENGTH), st.integers(0, 3))
def test_an_entry_of_another_chain_is_found(at, which):
    maker = Maker()
    for _ in range(4):
        maker.add(words="of another city")
    foreign = maker.chain.data.splitlines(keepends=True)[which]
    assert not read_chain(b"".join([*LINES[:at], foreign, *LINES[at:]])).unbroken
    replaced = [*LINES]
    replaced[min(at, LENGTH - 1)] = foreign
    assert not read_chain(b"".join(replaced)).unbroken


@given(st.integers(0, LENGTH - 1), st.sampled_from(["commitment", "stated_on", "afterwards"]))
def test_a_chain_made_anew_is_found_by_an_earlier_head(at, what):
    """The city holds all files: it can change an entry and work out every hash after it."""
    anew = Chain()
    for number, entry in enumerate(CHAIN.entries):
        changed = replace(entry, previous=anew.head)
        if number == at:
            other = {
                "commitment": "f" * 64,
                "stated_on": entry.stated_on + timedelta(hours=24),
                "afterwards": not entry.afterwards,
            }
            changed = replace(changed, **{what: other[what]})
        anew = anew.with_entry(changed)
    read = read_chain(anew.data)
    assert read.unbroken or what == "stated_on"
    for number, head in enumerate(CHAIN.heads):
        lost = bool(witnessed(read, Witness(code=short_code(head))).breaks)
        assert lost is (number >= at)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (DATA[:-1], ["no_line_end"]),
        (DATA.replace(b"\n", b"\r\n"), ["line_ends"] * LENGTH),
        (b"\xef\xbb\xbf" + DATA, ["no_entry", "out_of_order"]),
        (
            DATA.replace(b'"sequence":3', b'"sequence":7'),
            ["out_of_order", "altered", "out_of_order"],
        ),
        (DATA.replace(b'"kind":"seal"', b'"kind":"note"'), ["altered"]),
        (b"".join([LINES[0], LINES[2]]), ["out_of_order"]),
        (LINES[1], ["out_of_order"]),
    ],
)
def test_what_is_wrong_is_named_where_it_is(data, expected):
    assert codes(data) == expected
    assert set(expected) <= set(BREAKS)


def test_days_do_not_go_back():
    maker = Maker()
    maker.add(days=3)
    maker.add(days=1)
    (found,) = read_chain(maker.chain.data).breaks
    assert (found.code, found.line) == ("goes_back", 2)


def test_a_line_of_another_format_is_no_entry():
    newer = DATA.replace(b'"format":1', b'"format":2')
    assert set(codes(newer)) == {"no_entry"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"afterwards":false', b'"afterwards":0'),
        (b'"format":1', b'"format":true'),
        (b'"sequence":1', b'"sequence":true'),
        (b'"about":[]', b'"about":""'),
        (b'"stated_on":"2026-03-02"', b'"stated_on":"20260302"'),
        (b'"outcomes_until":"2026-02"', b'"outcomes_until":"2026-\\u00302"'),
    ],
)
def test_another_spelling_of_the_same_entry_is_found(old, new):
    """In many languages true is 1 and false is 0; a file of the record has one spelling."""
    assert old in LINES[0]
    assert codes(LINES[0].replace(old, new)) == ["no_entry"]


@pytest.mark.parametrize("as_code", [short_code, str, str.upper])
@pytest.mark.parametrize("at", range(LENGTH))
def test_a_head_covers_its_entry_and_all_before(at, as_code):
    day = START + timedelta(days=at)
    seen = witnessed(CHAIN, Witness(code=as_code(CHAIN.heads[at]), on=day))
    assert (seen.sequence, seen.on, seen.breaks, seen.dated_before) == (at + 1, day, (), ())


def test_an_entry_cannot_be_dated_after_its_code_was_noted():
    seen = witnessed(CHAIN, Witness(code=CHAIN.heads[3], on=START + timedelta(days=2)))
    assert [one.code for one in seen.breaks] == ["dated_after_witness"]


def test_an_entry_added_later_and_dated_earlier_is_named():
    seen = witnessed(CHAIN, Witness(code=CHAIN.heads[1], on=START + timedelta(days=4)))
    assert seen.dated_before == (3, 4)
    assert seen.breaks == ()


def test_a_miscopied_code_is_not_a_broken_chain():
    code = short_code(CHAIN.head)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(UsageError):
        witnessed(CHAIN, Witness(code=wrong))
