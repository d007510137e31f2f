"""Estimates refuse what they must not hold and round at their boundary; sources repeat nothing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.evidence import (
    SIGNIFICANT_DIGITS,
    Estimate,
    EstimateKind,
    Finding,
    Message,
    Source,
    Verdict,
    settled,
    sources_of,
)

finite = st.floats(-1e12, 1e12, allow_nan=False)


def test_a_count_is_exact():
    one = Estimate.exact("rows", 448, unit="rows", about="2016")
    assert (one.value, one.kind, one.low, one.high, one.level) == (
        448,
        EstimateKind.EXACT,
        *[None] * 3,
    )
    assert type(one.value) is int


def test_an_estimate_has_an_interval_and_its_level():
    one = Estimate.estimated("rate", 9.4, interval=(9.2, 9.6, 0.95), unit="per 10,000")
    assert (one.low, one.high, one.level) == (9.2, 9.6, 0.95)
    assert one.kind is EstimateKind.ESTIMATED


def test_a_bound_is_certain_and_may_lack_a_value():
    one = Estimate.bound("share", None, bounds=(0.1, 0.4), unit="share")
    assert (one.value, one.low, one.high, one.level) == (None, 0.1, 0.4, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": EstimateKind.EXACT, "low": 1.0, "high": 2.0},
        {"kind": EstimateKind.ESTIMATED, "level": 0.95},
        {"kind": EstimateKind.ESTIMATED, "low": 1.0, "high": 2.0},
        {"kind": EstimateKind.ESTIMATED, "low": 1.0, "level": 0.95},
        {"kind": EstimateKind.BOUND, "low": 1.0, "high": 2.0, "level": 0.95},
        {"kind": EstimateKind.BOUND},
        {"kind": EstimateKind.EXACT, "level": 0.9},
    ],
)
def test_a_sham_or_a_missing_interval_is_refused(wrong):
    with pytest.raises(ValueError, match=r"interval|level"):
        Estimate(name="x", value=1.5, unit="m", **wrong)


@given(finite)
def test_ten_digits_are_what_is_written_down(value):
    rounded = settled(value)
    assert settled(rounded) == rounded
    assert math.isclose(rounded, value, rel_tol=10.0 ** (1 - SIGNIFICANT_DIGITS))
    assert Estimate.exact("x", value, unit="m").value == rounded


@pytest.mark.parametrize("value", [0.0, math.inf, -math.inf])
def test_what_cannot_be_rounded_passes(value):
    assert settled(value) == value


def test_a_truth_is_no_count():
    assert Estimate.exact("x", True, unit="m").value == 1.0


def test_a_finding_finds_its_estimates():
    first = Estimate.exact("rate", 1, unit="m", about="a")
    second = Estimate.exact("rate", 2, unit="m", about="b")
    finding = Finding(code="x", verdict=Verdict("x"), estimates=(first, second))
    assert finding.estimate("rate", "b") is second
    with pytest.raises(KeyError, match="rate"):
        finding.estimate("rate")


def test_a_finding_is_its_own_sentence():
    finding = Finding(code="x", verdict=Verdict("y"), parameters={"n": 2})
    assert finding.message == Message(code="x", parameters={"n": 2})


def test_verdicts_are_told_apart_by_their_word():
    assert Verdict("cannot_tell") == Verdict.CANNOT_TELL
    assert Verdict("fewer") != Verdict("more")


def source(table, file):
    """Return a source of one file."""
    return Source(table=table, file=file, sha256="0" * 64, rows_read=1, rows_used=1)


def test_sources_come_in_order_without_repeats():
    a, b, c = source("areas", "a.csv"), source("population", "b.csv"), source("population", "c.csv")
    known = {"areas": (a,), "population": (b, c)}
    assert sources_of(("population", "areas", "population", "sites"), known) == (b, c, a)
