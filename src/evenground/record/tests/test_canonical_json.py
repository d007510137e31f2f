from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.record.canonical import (
    MAX_WHOLE,
    canonical_json,
    canonical_value,
    number_text,
)

# RFC 8785, appendix B: number serialisation samples, by their IEEE 754 bits.
APPENDIX_B = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}
NOT_FINITE = ("7fffffffffffffff", "7ff0000000000000", "fff0000000000000")

# RFC 8785, section 3.2.2: the sample object, and in section 3.2.4 its bytes.
SAMPLE = (
    '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001], '
    '"string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", '
    '"literals": [null, true, false]}'
)
SAMPLE_BYTES = bytes.fromhex(
    "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b33333333"
    "33333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e6722"
    "3a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d"
)

# RFC 8785, section 3.2.3: names sorted by their UTF-16 code units.
UNSORTED = {
    "\u20ac": "Euro Sign",
    "\r": "Carriage Return",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
    "1": "One",
    "\U0001f600": "Emoji: Grinning Face",
    "\u0080": "Control",
    "\u00f6": "Latin Small Letter O With Diaeresis",
}
SORTED = [
    "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
    "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
]  # fmt: skip

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_WHOLE, MAX_WHOLE) | texts
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


def number(bits: str) -> float:
    return struct.unpack(">d", bytes.fromhex(bits))[0]


@pytest.mark.parametrize("bits", APPENDIX_B)
def test_numbers_are_those_of_the_standard(bits):
    assert number_text(number(bits)) == APPENDIX_B[bits]


@pytest.mark.parametrize("bits", NOT_FINITE)
def test_what_json_has_no_number_for_is_refused(bits):
    with pytest.raises(UsageError):
        number_text(number(bits))


def test_the_sample_of_the_standard_has_its_bytes():
    assert canonical_json(json.loads(SAMPLE)).encode() == SAMPLE_BYTES


def test_names_are_sorted_by_code_units():
    assert list(json.loads(canonical_json(UNSORTED)).values()) == SORTED


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(value):
    text = number_text(value)
    assert float(text) == value
    assert len(text) <= 25


@given(values)
def test_canonical_text_is_its_own_canonical_text(value):
    text = canonical_json(value)
    assert canonical_json(canonical_value(text)) == text
    assert not any(character in text for character in "\n\r\t")


@given(st.dictionaries(texts, st.integers(0, 9), min_size=2))
def test_order_of_names_makes_no_difference(value):
    assert canonical_json(dict(reversed(value.items()))) == canonical_json(value)


@pytest.mark.parametrize(
    "value", [MAX_WHOLE + 1, -MAX_WHOLE - 1, "\ud800", {"\udfff": 1}, {1, 2}, [object()]]
)
def test_what_readers_would_not_agree_on_is_refused(value):
    with pytest.raises(UsageError):
        canonical_json(value)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", '{"a": 1}', '{"b":1,"a":2}', '{"a":1,"a":1}', "1.0", "01", "NaN", "[Infinity]",
        '"\\u0041"', " 1", "1\n", "[" * 100_000, '"\\ud800"', "9007199254740993",
    ],
)  # fmt: skip
def test_text_that_is_not_canonical_is_refused(text):
    with pytest.raises(UsageError):
        canonical_value(text)
