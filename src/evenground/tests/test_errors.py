"""A problem says what, where, why and the way out; an error carries all, and an exit code."""

from __future__ import annotations

import pytest

from evenground.errors import (
    SHOWN_CHARACTERS,
    Cancelled,
    EvengroundError,
    FormatError,
    InvalidInputError,
    NotFoundError,
    Place,
    ProblemKind,
    Severity,
    UntrustedInputError,
    UsageError,
    VersionError,
    WriteError,
    nearest_name,
)

KIND = ProblemKind(
    code="unknown_area",
    what="{value} in {column} is no area.",
    rule="Codes must be those of {file}.",
    way_out="Use one of {known}.",
    suggestion="Write {nearest}.",
)
KINDS = (
    EvengroundError, UsageError, NotFoundError, FormatError, InvalidInputError,
    UntrustedInputError, VersionError, WriteError, Cancelled,
)  # fmt: skip


def test_a_problem_fills_its_sentences():
    place = Place(file="a.csv", sheet="s", row=7, column="area_id")
    problem = KIND.at(place, value=12, known="11, 13")
    assert problem.what.format(**problem.fields) == "12 in area_id is no area."
    assert problem.rule.format(**problem.fields) == "Codes must be those of a.csv."
    assert problem.way_out.format(**problem.fields) == "Use one of 11, 13."
    assert (problem.severity, problem.n_rows) == (Severity.ERROR, 1)


def test_a_near_name_is_the_way_out():
    problem = KIND.at(Place(), value="012", nearest="12", known="")
    assert problem.way_out == "Write {nearest}."
    silent = ProblemKind(code="x", what="", rule="", way_out="Ask.")
    assert silent.at(Place(), nearest="12").way_out == "Ask."


def test_a_long_value_is_shown_in_part():
    problem = KIND.at(Place(), value="x" * 500, known="")
    assert len(problem.value) == SHOWN_CHARACTERS
    assert problem.value.endswith("…")
    assert KIND.at(Place(), value="x" * SHOWN_CHARACTERS, known="").value == "x" * SHOWN_CHARACTERS


def test_each_kind_of_error_ends_with_its_own_code():
    codes = [kind.exit_code for kind in KINDS]
    assert len(set(codes)) == len(codes)
    assert all(0 < code < 256 for code in codes)
    assert all(issubclass(kind, EvengroundError) for kind in KINDS)


def test_an_error_carries_every_problem():
    first = KIND.at(Place(column="a"), value=1, known="")
    second = KIND.at(Place(column="b"), value=2, known="")
    error = InvalidInputError(first, second)
    assert error.problems == (first, second)
    assert "1 in a is no area." in str(error)
    assert "2 in b is no area." in str(error)


def test_braces_in_a_value_are_no_fields():
    error = UsageError(KIND.at(Place(column="c"), value="{known}", known="x"))
    assert "{known} in c is no area." in str(error)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("poplation", "population"),
        ("POPULATION", "population"),
        ("sties", "sites"),
        ("zebra", ""),
        ("", ""),
    ],
)
def test_the_nearest_name(name, near):
    assert nearest_name(name, ["areas", "population", "sites"]) == near


def test_the_nearest_name_does_not_depend_on_order():
    names = ["area_ia", "area_ib", "area_ic"]
    assert nearest_name("area_i", names) == nearest_name("area_i", reversed(names))
    assert nearest_name("x", []) == ""
