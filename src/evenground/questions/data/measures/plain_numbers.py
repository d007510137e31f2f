"""Numbers of a column as an expression short enough to be used several times in one query."""

from __future__ import annotations

from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    ColumnProfile,
    Writing,
)
from evenground.questions.data.measures.columns.moments import Expression
from evenground.questions.data.measures.columns.readings import Reading, decimal_reading

_PLAIN = (Writing.WHOLE, Writing.LEADING_ZERO, Writing.POINT)
_ODD_COMMA = "^[^.]*,([0-9]{1,2}|[0-9]{4,})$"
_ODD_POINT = "^[^,]*[.]([0-9]{1,2}|[0-9]{4,})$"
"""A decimal sign that is not the column's own, and cannot set thousands apart."""
_WORD = "[A-Za-z]{4,}|[0-9][A-Za-z]|[0-9] *[/:] *[0-9]|[0-9]-"
"""What no number holds: words, house numbers such as 12E, times and dates."""
_NUMBER = "^ *[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})? *$"


def number_in(value: Expression, column: ColumnProfile) -> Expression:
    """Return the numbers of a column as float64; null where a cell holds none, or is infinite.

    Parameters
    ----------
    value
        The column: numbers, or texts that are numbers. Where all of them are written plainly, one
        pattern tells them.
    column
        What it holds.
    """
    import ibis

    none = ibis.null("float64")
    if not value.type().is_string():
        number = value.cast("float64")
        odd = number.isnan() | number.isinf() if value.type().is_floating() else None
        return number if odd is None else ibis.ifelse(odd, none, number)
    if column.written(*NUMBERS) == column.written(*_PLAIN):
        plain = value.re_search(_NUMBER)
        return ibis.ifelse(plain, value, ibis.null("string")).cast("float64")
    return _written(value, comma=decimal_reading(column) is Reading.COMMA)


def _written(text: Expression, *, comma: bool) -> Expression:
    """Return the numbers of texts with thousands set apart, decimal commas, currencies, per cents.

    Reads the usual writings as ``columns.numbers.number_of`` does, without telling them apart
    first.
    """
    import ibis

    digits = text.re_replace("[^0-9.,+-]", "")
    as_point, as_comma = digits.replace(",", ""), digits.replace(".", "").replace(",", ".")
    odd = digits.re_search(_ODD_POINT if comma else _ODD_COMMA)
    usual, other = (as_comma, as_point) if comma else (as_point, as_comma)
    bare: Expression = ibis.ifelse(odd, other, usual)
    usable = bare.re_search(_NUMBER) & ~text.re_search(_WORD)
    number = ibis.ifelse(usable, bare, ibis.null("string")).cast("float64")
    return ibis.ifelse(text.re_search("^ *[(]"), -number, number)
