from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.errors import UsageError
from evenground.record.canonical import canonical_json, canonical_value
from evenground.record.commitment import KEY_BYTES, Secret, commitment, secret_of

# RFC 4231, test cases 1, 2 and 5 (the last one truncated to 128 bits there). HMAC fills a key up
# with zero bytes to the length of a block, so these shorter keys can be given in 32 bytes.
RFC_4231 = [
    (b"\x0b" * 20, "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (
        b"Jefe",
        "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    (b"\x0c" * 20, "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
]
keys = st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES)


@pytest.mark.parametrize(("key", "text", "expected"), RFC_4231)
def test_commitments_are_hmac_sha_256(key, text, expected):
    assert commitment(key.ljust(KEY_BYTES, b"\0"), text).startswith(expected)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_has_one_length(length):
    with pytest.raises(UsageError):
        commitment(b"k" * length, "text")


def promised(percent: int) -> str:
    return canonical_json({"words": f"+{percent} %"})


def test_a_bare_hash_of_a_promise_is_guessed_and_a_commitment_is_not():
    """Whoever sees a hash tries every promise that could have been made."""
    bare = hashlib.sha256(promised(37).encode()).hexdigest()
    guessed = [
        percent
        for percent in range(-100, 101)
        if hashlib.sha256(promised(percent).encode()).hexdigest() == bare
    ]
    assert guessed == [37]

    key = bytes(range(KEY_BYTES))
    public = commitment(key, promised(37))
    tried = [commitment(bytes(KEY_BYTES), promised(percent)) for percent in range(-100, 101)]
    tried += [
        hashlib.sha256(promised(percent).encode()).hexdigest() for percent in range(-100, 101)
    ]
    assert public not in tried
    # Every promise stays possible: for each there is a commitment under a key nobody knows, and
    # the public value singles out none without trying 2^256 keys.
    assert commitment(key, promised(37)) == public


@given(keys, keys, st.integers(-100, 100), st.integers(-100, 100))
def test_another_key_or_text_has_another_commitment(key, other, percent, another):
    same = key == other and percent == another
    one, two = commitment(key, promised(percent)), commitment(other, promised(another))
    assert (one == two) is same


@given(keys, st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)))
def test_a_secret_is_read_back_from_its_line(key, text):
    secret = Secret(key=key, text=text)
    assert secret_of(canonical_value(secret.line)) == secret
    assert secret.commitment == commitment(key, canonical_json(text))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        3,
        {"key": "zz", "text": {}},
        {"key": "00", "text": {}},
        {"key": "0" * 64},
        {"key": "AB" * 32, "text": {}},
        {"key": "0 " * 64, "text": {}},
        {"key": "ab" * 32, "text": {}, "more": 1},
    ],
)
def test_what_holds_no_secret_is_none(value):
    """A key has one spelling, and nothing stands beside it that the commitment does not bind."""
    assert secret_of(value) is None
