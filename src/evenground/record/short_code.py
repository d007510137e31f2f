"""A head as people copy it: eight groups of four letters and digits, with a check symbol.

The first 155 bits of a SHA-256 head in the alphabet of D. Crockford's base 32 (no I, L, O or U; in
reading, I and L count as 1 and O as 0), followed by one check symbol: a checksum over the field of
32 elements that shows every single wrong symbol and every exchange of two neighbours.

**How strong.** To find another chain with a *given* code takes about 2^155 trials. The city itself,
which could prepare two chains beforehand and look for a pair with the same code, needs about 2^77.
Five groups of four (95 bits) would leave it 2^47, which is an afternoon with a graphics card; that
is why the code is as long as it is. The full head has 2^128 against such a pair, and is accepted
wherever the code is.
"""

from __future__ import annotations

import re

from evenground.errors import Problem, UsageError
from evenground.language import N_

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32."""
N_SYMBOLS = 31
"""Symbols that carry the head; one more checks them."""
CODE_BITS = 5 * N_SYMBOLS
"""Bits of the head that the code carries."""
HEAD_DIGITS = 64
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_MODULUS = 0b100101  # x^5 + x^2 + 1, primitive over two elements


def short_code(head: str) -> str:
    """Return the short code of a head.

    Parameters
    ----------
    head
        64 hexadecimal digits.

    Returns
    -------
    str
        ``XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX``.

    Raises
    ------
    UsageError
        If it is no head.
    """
    if not re.fullmatch(r"[0-9a-f]{64}", head):
        raise _refusal("no_head", head)
    bits = int(head, 16) >> (4 * HEAD_DIGITS - CODE_BITS)
    values = [bits >> (5 * place) & 31 for place in reversed(range(N_SYMBOLS))]
    symbols = "".join(ALPHABET[value] for value in (*values, _check(values)))
    return "-".join(symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP))


def read_code(text: str) -> str:
    """Return what was copied by hand as a head or a short code in its usual form.

    Capitals, spaces and hyphens do not matter.

    Raises
    ------
    UsageError
        If it is neither: wrong length, a symbol that does not occur, or a check symbol that does
        not fit, so that something was copied wrongly.
    """
    packed = re.sub(r"[\s\-–−]", "", text)
    if re.fullmatch(r"[0-9a-fA-F]{64}", packed):
        return packed.lower()
    symbols = packed.upper().translate(_READ_AS)
    if len(symbols) != N_SYMBOLS + 1 or any(one not in ALPHABET for one in symbols):
        raise _refusal("no_head", text)
    values = [ALPHABET.index(one) for one in symbols]
    if _check(values[:-1]) != values[-1]:
        raise _refusal("code_miscopied", text)
    return "-".join(symbols[at : at + _GROUP] for at in range(0, len(symbols), _GROUP))


def code_fits(code: str, head: str) -> bool:
    """Whether a head, or short code, as ``read_code`` returns it, is that of ``head``."""
    return code in {head, short_code(head)}


def _check(values: list[int]) -> int:
    """Sum the symbols, each times its own power of the generator, in the field of 32 elements."""
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total


def _doubled(element: int) -> int:
    element <<= 1
    return element ^ _MODULUS if element > 31 else element  # noqa: PLR2004 - the field's size


def _refusal(code: str, value: str) -> UsageError:
    what = {
        "no_head": N_("{value} is neither a head (64 digits) nor a short code (32 symbols)."),
        "code_miscopied": N_("{value} was copied wrongly: its check symbol does not fit."),
    }
    return UsageError(
        Problem(
            code=code,
            value=value[:80],
            what=what[code],
            rule=N_("A wrong code would make a whole chain look broken."),
            way_out=N_("Look at the minutes again, or ask whoever noted it."),
        )
    )
