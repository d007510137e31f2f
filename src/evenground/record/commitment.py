"""Keyed commitments: bind oneself to a text without showing it.

HMAC-SHA-256 (H. Krawczyk, M. Bellare and R. Canetti, RFC 2104, 1997; FIPS 198-1, 2008) under a
random key of 256 bits, kept with the text. Whoever holds the commitment alone learns nothing about
the text: without the key no guess can be tried, however short the text. Whoever is given both can
check them. To show another text for the same commitment, a second text and key with the same value
would have to be found: about 2 to the power of 128 trials.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import Any

from evenground.errors import Problem, UsageError
from evenground.language import N_
from evenground.record.canonical import Json, canonical_json

KEY_BYTES = 32
"""Length of a key."""


def commitment(key: bytes, text: str) -> str:
    """Return the commitment to a text under a key.

    Parameters
    ----------
    key
        ``KEY_BYTES`` random bytes that were used for no other text.
    text
        The canonical text.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    UsageError
        If the key has another length.
    """
    if len(key) != KEY_BYTES:
        raise UsageError(
            Problem(
                code="key_length",
                value=str(len(key)),
                what=N_("A key has {value} bytes; it must have {wanted}."),
                rule=N_("With a shorter key, what is sealed could be guessed."),
                way_out=N_("Take {wanted} bytes from the system's secure random source."),
                parameters={"wanted": KEY_BYTES},
            )
        )
    return hmac.digest(key, text.encode("utf-8"), "sha256").hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A sealed text with its key: kept apart until the seal is opened.

    Attributes
    ----------
    key
        ``KEY_BYTES`` random bytes.
    text
        What was sealed, as JSON; its canonical text is what the commitment binds.
    """

    key: bytes
    text: Json

    @property
    def commitment(self) -> str:
        """The commitment that this text and key belong to."""
        return commitment(self.key, canonical_json(self.text))

    @property
    def line(self) -> str:
        """Text and key as one line of a file, without the line end."""
        return canonical_json({"key": self.key.hex(), "text": self.text})


def secret_of(value: Json) -> Secret | None:
    """Return the secret that a parsed line holds, or ``None`` if it holds none."""
    match value:
        case {"key": str() as key, "text": dict() as text, **rest} if not rest:
            return _secret(key, text)
        case _:
            return None


def _secret(key: str, text: Any) -> Secret | None:
    if not re.fullmatch(rf"[0-9a-f]{{{2 * KEY_BYTES}}}", key):
        return None
    return Secret(key=bytes.fromhex(key), text=text)
