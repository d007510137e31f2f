"""Canonical JSON: one text for one value, so that the same value always has the same hash.

The JSON Canonicalization Scheme of A. Rundgren, B. Jordan and S. Erdtman (RFC 8785, 2020): no
spaces, names sorted by their UTF-16 code units, strings escaped as little as JSON allows, numbers
as ECMAScript writes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any, TypeAlias

from evenground.errors import Problem, UsageError
from evenground.language import N_

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""What JSON can hold."""

MAX_WHOLE = 2**53 - 1
"""The largest whole number that every JSON reader keeps (RFC 7493, section 2.2)."""
_PLAIN_DIGITS = 21
_LEADING_ZEROS = 6


def canonical_json(value: Json) -> str:
    """Return the canonical text of a value.

    Parameters
    ----------
    value
        Anything that JSON can hold; names are texts. Figures that were read from a table are best
        kept as the text that stood there: ``0.10`` and ``0.1`` are the same number and two texts.

    Returns
    -------
    str
        The text of RFC 8785, section 3.2; encoded as UTF-8 it is what is hashed.

    Raises
    ------
    UsageError
        If a number is not finite or a whole number beyond ``MAX_WHOLE``, a text holds half of a
        surrogate pair, or the value is none that JSON knows.
    """
    match value:
        case Mapping():
            names = sorted(value, key=_code_units)
            members = (f"{_string_text(name)}:{canonical_json(value[name])}" for name in names)
            return "{" + ",".join(members) + "}"
        case Sequence() if not isinstance(value, str):
            return "[" + ",".join(canonical_json(one) for one in value) + "]"
        case _:
            return _scalar_text(value)


def number_text(value: float) -> str:
    """Return a finite number as ECMAScript writes it.

    The shortest digits that read back as the same number, laid out by the rules of
    ``Number::toString`` (ECMA-262, 10th edition, section 7.1.12.1; RFC 8785, section 3.2.2.3).

    Parameters
    ----------
    value
        A number; minus zero is written ``0``.

    Raises
    ------
    UsageError
        If it is not finite.
    """
    if not isfinite(value):
        raise _refusal(N_("JSON has no number {value}."), value)
    if value == 0:
        return "0"
    _sign, tuple_of_digits, exponent = Decimal(repr(abs(value))).as_tuple()
    written = "".join(map(str, tuple_of_digits))
    point = len(written) + int(exponent)
    digits = written.rstrip("0")
    return ("-" if value < 0 else "") + _laid_out(digits, point)


def canonical_value(text: str) -> Json:
    """Return the value of a canonical text.

    Raises
    ------
    UsageError
        If the text is not the canonical text of any value: other spaces, another order, a name
        twice, or no JSON at all.
    """
    try:
        value: Any = json.loads(text, parse_constant=_no_constant, parse_int=_whole_read)
        again = canonical_json(value)
    except (ValueError, RecursionError) as error:
        raise _refusal(N_("This is not canonical JSON: {value}"), text) from error
    if again != text:
        raise _refusal(N_("This is not canonical JSON: {value}"), text)
    return value


def text_in(value: Json) -> str:
    """Return a value that is a text.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def whole_in(value: Json) -> int:
    """Return a value that is a whole number from 1 on.

    Raises
    ------
    TypeError
        If it is something else; true and false are no numbers.
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise TypeError(value)
    return value


def _laid_out(digits: str, point: int) -> str:
    """Place the decimal point: ``0.digits`` times ten to the power of ``point``."""
    n_digits = len(digits)
    if n_digits <= point <= _PLAIN_DIGITS:
        return digits + "0" * (point - n_digits)
    if 0 < point <= _PLAIN_DIGITS:
        return f"{digits[:point]}.{digits[point:]}"
    if -_LEADING_ZEROS < point <= 0:
        return "0." + "0" * -point + digits
    fraction = f".{digits[1:]}" if n_digits > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def _scalar_text(value: object) -> str:
    match value:
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case str():
            return _string_text(value)
        case int():
            return _whole_text(value)
        case float():
            return number_text(value)
        case _:
            raise _refusal(N_("{value} is nothing that JSON can hold."), type(value).__name__)


def _whole_text(value: int) -> str:
    if abs(value) > MAX_WHOLE:
        raise _refusal(N_("JSON readers do not all keep the whole number {value}."), value)
    return str(value)


def _string_text(value: str) -> str:
    _code_units(value)
    return json.dumps(value, ensure_ascii=False)


def _code_units(text: str) -> bytes:
    try:
        return text.encode("utf-16-be")
    except UnicodeEncodeError as error:
        raise _refusal(N_("A text holds half of a character: {value}"), ascii(text)) from error


def _whole_read(text: str) -> float:
    """Return a whole number; those beyond ``MAX_WHOLE`` were written from a float."""
    whole = int(text)
    return whole if abs(whole) <= MAX_WHOLE else float(text)


def _no_constant(text: str) -> Json:
    raise ValueError(text)


def _refusal(what: str, value: object) -> UsageError:
    shown = str(value)[:80]
    return UsageError(
        Problem(
            code="not_canonical",
            value=shown,
            what=what,
            rule=N_("What is sealed must read the same, byte for byte, everywhere."),
            way_out=N_("Keep such a value as text."),
        )
    )
