"""Numbers out of texts, by expressions that every engine reads alike."""

from __future__ import annotations

from evenground.questions.data.measures.columns.column_profile import Writing
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.columns.writings import PLAIN

_NOT_OF_A_NUMBER = "[^0-9.,eE+-]"
_PLAIN = (Writing.WHOLE.value, Writing.LEADING_ZERO.value, Writing.POINT.value)
_THREE = "^ *[+-]?[1-9][0-9]{0,2}([.][0-9]{3})+ *$"


EXACT = 9_007_199_254_740_992.0
"""From here on (2 to the 53rd) every float is whole, and soon none fits into a whole number."""
LARGEST = 1.7976931348623157e308


def is_whole(value: Expression) -> Expression:
    """Tell whether each number is whole; null where there is none, no where it is infinite."""
    import ibis

    near: Expression = ibis.ifelse(value.abs() >= EXACT, ibis.literal(0.0), value)
    return (near == near.floor()) & (value.abs() <= LARGEST)


def plain_number_of(text: Expression) -> Expression:
    """Return the number of each text that is digits with a decimal point at most; else null."""
    import ibis

    return ibis.ifelse(text.re_search(PLAIN), text, ibis.null("string")).cast("float64")


def number_of(text: Expression, looks: Expression, *, comma: bool) -> Expression:
    """Return the number that each text stands for; null where it stands for none.

    Parameters
    ----------
    text
        Cells: ``1234.5``, ``1,234.50``, ``1 234``, ``$12``, ``(3)`` for minus three, ``45 %`` for
        45.
    looks
        What each looks like (``writing_of``), worked out before so that it is worked out once.
    comma
        Whether the column has a decimal comma, which settles ``1,234`` and ``1.234``.
    """
    import ibis

    none = ibis.null("string")
    digits = text.re_replace(_NOT_OF_A_NUMBER, "")
    as_point, as_comma = _without(digits, ","), _without(digits, ".").replace(",", ".")
    with_both = digits.contains(",") & digits.contains(".")
    comma_is_last = digits.re_search(",[0-9]*$")
    money = ibis.cases(
        (with_both, ibis.ifelse(comma_is_last, as_comma, as_point)),
        (digits.re_search(",[0-9]{3}$") & (not comma), as_point),
        (digits.contains(","), as_comma),
        else_=ibis.ifelse(text.re_search(_THREE) & comma, as_comma, as_point),
    )
    thousands = ibis.ifelse(digits.re_search("[.][0-9]*$"), as_point, _last_is_decimal(digits))
    bare: Expression = ibis.cases(
        (looks.isin(_PLAIN), ibis.ifelse(text.re_search(_THREE) & comma, as_comma, text)),
        (looks == Writing.COMMA.value, as_comma),
        (looks == Writing.COMMA_OR_THOUSANDS.value, as_comma if comma else as_point),
        (looks == Writing.THOUSANDS.value, thousands),
        (looks.isin((Writing.MONEY.value, Writing.PERCENT.value)), money),
        else_=none,
    )
    usable = bare.re_search("^ *[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})? *$")
    value = ibis.ifelse(usable, bare, none).cast("float64")
    negative = text.re_search("^ *[(].*[)] *$")
    return ibis.ifelse(negative, -value, value)


def _without(text: Expression, character: str) -> Expression:
    return text.replace(character, "")


def _last_is_decimal(digits: Expression) -> Expression:
    """Return ``1 234,5`` as 1234.5 and ``1,234,567`` as it is without commas."""
    import ibis

    decimal = digits.re_search(",[0-9]*$") & ~digits.re_search(",[0-9]{3}$")
    return ibis.ifelse(decimal, digits.replace(",", "."), digits.replace(",", ""))
