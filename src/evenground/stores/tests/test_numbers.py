import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.stores.cells.numbers import decimal_mark, readings


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1234", 1234, 1234),
        ("12.5", 12.5, None),
        ("-0.1234567", -0.1234567, None),
        ("-1.234", -1.234, -1234),
        ("1234567.25", 1234567.25, None),
        ("12,5", None, 12.5),
        ("1,234.5", 1234.5, None),
        ("1.234,5", None, 1234.5),
        ("1.234", 1.234, 1234),
        ("1,234", 1234, 1.234),
        ("1.234.567", None, 1234567),
        ("1 234,5", None, 1234.5),
        ("1 234", 1234, 1234),
        ("1\N{NARROW NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", 1234567, 1234567),
        ("1\N{THIN SPACE}234,50", None, 1234.5),
        ("1'234.50", 1234.5, None),
        ("1’234", 1234, 1234),
        ("-12", -12, -12),
        ("−12,5", None, -12.5),
        ("(12)", -12, -12),
        ("12 %", 12, 12),
        ("€ 12,50", None, 12.5),
        ("1 200 kr", 1200, 1200),
        ("SEK 1200", 1200, 1200),
        (".5", 0.5, None),
        (",5", None, 0.5),
        ("1e3", 1000, 1000),
        ("12 34", None, None),
        ("1,23,456", None, None),
        ("12.5.3", None, None),
        ("1O38", None, None),
        ("about 12", None, None),
        ("", None, None),
        (".", None, None),
        ("1e400", None, None),
        ("9" * 40, None, None),
        ("nan", None, None),
        ("inf", None, None),
        ("0x10", None, None),
        ("1_000", None, None),
    ],
)
def test_a_text_stands_for_one_two_or_no_numbers(text, point, comma):
    read = readings(text)
    assert (read.point, read.comma) == (point, comma)
    assert read.ambiguous == (None not in (point, comma) and point != comma)


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_read_back_however_thousands_are_set_apart(number):
    for apart in ("", " ", "'", "\N{NO-BREAK SPACE}"):
        text = f"{number:,}".replace(",", apart)
        assert readings(text).point == readings(text).comma == number


@given(st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 2)))
def test_two_decimals_read_back_with_either_mark(number):
    text = f"{number:,.2f}"
    swapped = text.translate(str.maketrans({",": ".", ".": ","}))
    assert readings(text).point == pytest.approx(number, abs=1e-9)
    assert readings(swapped).comma == pytest.approx(number, abs=1e-9)


@given(st.text(max_size=12))
def test_whatever_is_written_gives_a_finite_number_or_none(text):
    for value in (readings(text).point, readings(text).comma):
        assert value is None or (math.isfinite(value) and abs(value) <= 1e15)


def test_the_decimal_mark_is_found_from_cells_that_show_it():
    assert decimal_mark(["1.234", "12,5"], ".").mark == ","
    assert decimal_mark(["1,234", "12.5"], ",").mark == "."
    found = decimal_mark(["1.234", "5"], ",")
    assert (found.mark, found.sure) == (",", False)
    assert decimal_mark(["12,5", "12.5", "7,5"], ".").mixed
