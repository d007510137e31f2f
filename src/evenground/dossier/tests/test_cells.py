"""Numbers in tables: as fine as their interval bears, and columns that agree."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.dossier.cells import Cell, cell, column_decimals, interval_text, number, value_text
from evenground.evidence import Estimate
from evenground.language import language

ENGLISH = language("en", currency="SEK")
THIN = "\u202f"
INFINITE = float("inf")


def estimated(value: float, low: float, high: float, unit: str = "x") -> Estimate:
    return Estimate.estimated("n", value, interval=(low, high, 0.95), unit=unit)


@pytest.mark.parametrize(
    ("estimate", "value", "interval"),
    [
        (estimated(8.53, 6.21, 10.84), "8.5", "6.2 and 10.8"),
        (estimated(0.482, 0.331, 0.691), "0.48", "0.33 and 0.69"),
        (estimated(0.482, 0.331, 0.691, "share"), f"48{THIN}%", f"33{THIN}% and 69{THIN}%"),
        (estimated(515.3, 480.2, 560.9), "515", "480 and 561"),
        (estimated(15.2001, 15.1961, 15.2040), "15.200", "15.196 and 15.204"),
        (estimated(67105.2, 67090.3, 67120.4), f"67{THIN}105", f"67{THIN}090 and 67{THIN}120"),
        (estimated(5.0, 1.2, INFINITE), "5", "at least 1.2"),
        (estimated(5.0, -INFINITE, 7.5), "5", "at most 7.5"),
        (estimated(-2.34, -4.1, -0.6), "−2.3", "−4.1 and −0.6"),
        (estimated(0.0, 0.0, 0.0), "0", "0 and 0"),
        (estimated(1.5, 1.5, 1.5), "1.5", "1.5 and 1.5"),
        (Estimate.bound("n", None, bounds=(3, 9), unit="x"), "", "3 and 9"),
        (Estimate.exact("n", 61, unit="days"), "61", ""),
        (Estimate.exact("n", 0.25, unit="share"), f"25{THIN}%", ""),
        (Estimate.exact("n", 1 / 3, unit="share"), f"33.3{THIN}%", ""),
        (Estimate.exact("n", 1234567, unit="x"), f"1{THIN}234{THIN}567", ""),
    ],
)
def test_a_number_is_as_fine_as_its_interval_bears(estimate, value, interval):
    assert value_text(estimate) == value
    assert interval_text(estimate, ENGLISH) == interval


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, Cell(text="3", numeric=True)),
        (0.123456, Cell(text="0.123", numeric=True)),
        (1234.5, Cell(text=f"1{THIN}234", numeric=True)),
        (1e-7, Cell(text="0.0000001", numeric=True)),
        (INFINITE, Cell(text="∞", numeric=True)),
        (True, Cell(text="yes")),
        (None, Cell(text="no value")),
        ("a", Cell(text="a")),
        (("a", "b", "c"), Cell(text="a, b and c")),
        (date(2026, 3, 1), Cell(text="1 March 2026")),
        (
            estimated(8.53, 6.21, 10.84),
            Cell(text="8.5", note="6.2\u00a0to\u00a010.8", numeric=True),
        ),
        (
            Estimate.bound("n", None, bounds=(3, 9), unit="x"),
            Cell(text="3\u00a0to\u00a09", numeric=True),
        ),
    ],
)
def test_every_sort_of_value_has_its_cell(value, shown):
    assert cell(value, ENGLISH) == shown


@pytest.mark.parametrize(
    ("column", "shown"),
    [
        ((0.51, 0.28999, 0.2), ["0.510", "0.290", "0.200"]),
        ((37.8, 40.5, 121.7), ["37.8", "40.5", "121.7"]),
        ((1, 2, 30), ["1", "2", "30"]),
        ((0.00123, 250.1), ["0.001", "250.100"]),
        ((None, "x"), ["no value", "x"]),
    ],
)
def test_a_column_is_written_with_one_number_of_decimals(column, shown):
    decimals = column_decimals(column)
    assert [cell(value, ENGLISH, decimals).text for value in column] == shown


def test_shares_of_a_column_agree():
    column = [Estimate.exact("s", value, unit="share") for value in (0.51, 0.28999, 0.2)]
    shown = [cell(one, ENGLISH, column_decimals(column)).text for one in column]
    assert shown == [f"51.0{THIN}%", f"29.0{THIN}%", f"20.0{THIN}%"]


def test_minus_is_a_minus():
    assert number(-3.5) == "−3.5"
    assert number(-0.4, 0) == "0"
