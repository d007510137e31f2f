"""Numbers are said as their intervals bear, and never as more, as nothing or as all."""

from __future__ import annotations

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.evidence import Estimate
from evenground.language import language
from evenground.phrasing import (
    FRACTIONS,
    PHRASES,
    borne_decimals,
    grouped,
    say_amount,
    say_count,
    say_date,
    say_list,
    say_metres,
    say_money,
    say_number,
    say_per_cent,
    say_share,
    say_times,
)

EN = language("en", currency="EUR")
THIN, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
numbers = st.floats(1e-3, 1e7, allow_nan=False)
shares = st.floats(0.0, 1.0)


def about(value, low, high):
    """Return an estimate with this interval."""
    return Estimate.estimated("x", value, interval=(low, high, 0.95), unit="x")


def plain(text):
    """Return text with ordinary spaces."""
    return text.replace(THIN, " ").replace(HARD, " ")


def number_in(text):
    """Return the number that a text holds."""
    return float(re.sub(r"[^\d.-]", "", text.replace(THIN, "")))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.667, "67 %"),
        (0.5, "50 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.034, "3.4 %"),
        (0.996, "99.6 %"),
        (0.03, "3 %"),
        (about(0.66, 0.55, 0.75), "about two in three"),
        (about(0.51, 0.45, 0.57), "about half"),
        (about(0.1, 0.05, 0.15), "about one in ten"),
        (about(0.44, 0.405, 0.60), "about 45 %"),
        (about(0.44, 0.43, 0.45), "about 44 %"),
        (about(0.004, 0.001, 0.007), "about 0.4 %"),
        (about(0.997, 0.99, 0.999), "about 99.7 %"),
        (about(0.02, 0.0, 0.3), "about 2.0 %"),
        (None, "an unknown share"),
        (float("nan"), "an unknown share"),
    ],
)
def test_shares_in_words(value, said):
    assert plain(say_share(value, EN)) == said


@pytest.mark.parametrize(("fraction", "words"), FRACTIONS)
def test_each_fraction_has_its_words(fraction, words):
    assert say_share(about(fraction, fraction - 0.05, fraction + 0.05), EN) == f"about {words}"


@given(shares, st.floats(0.001, 0.5))
def test_a_share_is_never_said_as_nothing_or_all(share, half):
    said = say_share(about(share, max(share - half, 0), min(share + half, 1)), EN)
    if 0.0005 < share < 0.9995:
        assert not re.search(r"(?<![\d.])0(\.0)?\s%|100(\.0)?\s%", said), said


@given(shares)
def test_a_share_is_said_within_its_rounding(share):
    assert number_in(say_share(share, EN)) == pytest.approx(share * 100, abs=0.5)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (7, "7"),
        (1234567, "1 234 567"),
        (12.0, "12"),
        (about(1234.0, 900, 1500), "1 200"),
        (about(4.0, 0, 30), "4"),
        (about(1234.0, 1233.6, 1234.4), "1 234"),
        (None, "an unknown number"),
        (float("inf"), "an unknown number"),
    ],
)
def test_counts(value, said):
    assert plain(say_count(value, EN)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (9.3956, "9.4"),
        (0.5634, "0.56"),
        (0.0, "0"),
        (120.4, "120"),
        (3, "3"),
        (about(9.3956, 9.19, 9.60), "9.4"),
        (about(83.1, 78.0, 88.0), "83"),
        (about(832.0, 700.0, 900.0), "800"),
        (about(4.0, 0.0, 30.0), "4"),
        (about(0.04, 0.0, 3.0), "0.04"),
    ],
)
def test_numbers(value, said):
    assert plain(say_number(value, EN)) == said


@given(numbers, numbers)
def test_the_first_digit_of_a_number_is_kept(value, half):
    said = number_in(say_number(about(value, value - half, value + half), EN))
    if value >= 0.01:
        assert said == pytest.approx(value, rel=0.5), "rounded to one digit at the coarsest"
        assert said > 0


@given(numbers, st.floats(1e-3, 1e3))
def test_no_more_digits_than_the_interval_bears(value, half):
    said = say_number(about(value, value - half, value + half), EN)
    decimals = len(said.split(".")[1]) if "." in said else 0
    assert 10**-decimals * 10 > half / 10 or decimals == 0 or value < 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (866.5, "870 m"),
        (575.7, "580 m"),
        (1_130.0, "1 130 m"),
        (2_000, "2.0 km"),
        (11_040.0, "11.0 km"),
        (4.2, "4 m"),
        (0.0, "0 m"),
        (about(341.0, 250.0, 450.0), "300 m"),
        (about(341.0, 335.0, 347.0), "340 m"),
        (None, "an unknown distance"),
    ],
)
def test_distances(value, said):
    assert plain(say_metres(value, EN)) == said


@given(st.floats(0.6, 1_999.0))
def test_no_distance_is_said_as_none(metres):
    said = say_metres(metres, EN)
    assert number_in(said.removesuffix("m")) == pytest.approx(metres, abs=5.01)
    assert not said.startswith("0")


@pytest.mark.parametrize(
    ("value", "said"), [(1.9152, "1.9 times"), (2, "2 times"), (about(1.9, 1.4, 2.5), "1.9 times")]
)
def test_ratios(value, said):
    assert say_times(value, EN) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(120_000, "120 000 EUR"), (0, "0 EUR"), (None, "not given"), (-50, "-50 EUR")],
)
def test_money(value, said):
    assert plain(say_money(value, EN)) == said
    assert plain(say_money(5, language("en"))) == "5"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (58.753, "58.75 EUR"), (661, "661 EUR"), (1750.5, "1 750.50 EUR"), (0.1, "0.10 EUR"),
        (0.00432, "0.0043 EUR"), (-2.5, "-2.50 EUR"), (None, "not given"),
    ],
)  # fmt: skip
def test_amounts(value, said):
    assert plain(say_amount(value, EN)) == said


def test_dates():
    assert say_date(date(2016, 8, 16), EN) == "16 August 2016"
    said = {say_date(date(2026, month, 1), EN).split()[1] for month in range(1, 13)}
    assert len(said) == 12


@pytest.mark.parametrize(
    ("words", "said"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_lists(words, said):
    assert say_list(words, EN) == said


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_thousands_are_parted_by_thin_spaces(value, decimals):
    said = grouped(value, decimals)
    assert "," not in said
    assert number_in(said) == pytest.approx(value, abs=10**-decimals)
    whole = said.split(".")[0].lstrip("-")
    assert all(len(part) == 3 for part in whole.split(THIN)[1:])


@given(numbers, st.floats(1e-3, 1e6))
def test_wider_intervals_bear_fewer_digits(value, half):
    narrow = borne_decimals(value, value - half, value + half)
    wide = borne_decimals(value, value - 10 * half, value + 10 * half)
    assert wide <= narrow
    assert narrow <= 1 + max(-math.floor(math.log10(half)), -math.floor(math.log10(value)))


def test_every_phrase_says_the_unknown():
    for name, say in PHRASES.items():
        if name not in {"date", "list"}:
            assert say(None, EN)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"), (1, "100 %"), (0.95, "95 %"), (0.9971, "99.71 %"), (0.99987, "99.987 %"),
        (0.00004, "0.004 %"), (0.333333, "33.3 %"), (1 - 1e-6, "99.9999 %"), (0.014, "1.4 %"),
    ],
)  # fmt: skip
def test_a_share_per_hundred_is_as_fine_as_it_must_be(share, said):
    assert plain(say_per_cent(share, EN)) == said


@given(st.floats(1e-8, 1 - 1e-8))
def test_only_none_is_0_per_cent_and_only_all_is_100(share):
    assert 0 < number_in(say_per_cent(share, EN)) < 100
