"""``dossier.json``: the same dossier gives the same bytes, and reads back as it was."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.dossier import Dossier, ToldTable
from evenground.dossier.json import from_json, seal, to_json
from evenground.errors import FormatError, UsageError, VersionError
from evenground.evidence import Estimate, EstimateKind, Message

FINITE = st.floats(-1e300, 1e300)
NUMBERS = st.integers() | FINITE
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@st.composite
def estimates(draw) -> Estimate:
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    kind = draw(st.sampled_from(EstimateKind))
    if kind is EstimateKind.EXACT:
        return Estimate.exact("n", value, unit="x")
    if kind is EstimateKind.BOUND:
        return Estimate.bound("n", draw(st.none() | st.just(value)), bounds=(low, high), unit="x")
    return Estimate.estimated("n", value, interval=(low, high, 0.95), unit="x", about="y")


PARAMETERS = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT | st.dates() | estimates(),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(
            lambda values: Message(code="c", parameters=values),
            st.dictionaries(TEXT.filter(lambda key: not key.startswith("$")), inner, max_size=2),
        )
    ),
    max_leaves=8,
)


def with_cell(dossier: Dossier, cell: object) -> Dossier:
    table = ToldTable(key="t", title="", columns=("a",), rows=((cell,),))
    section = dossier.sections[0]
    headline = replace(section.headline, tables=(table,))
    return replace(dossier, sections=(replace(section, headline=headline),), datasets={})


def cell_of(dossier: Dossier) -> object:
    return dossier.sections[0].headline.tables[0].rows[0][0]


def test_it_reads_back_as_it_was(sample):
    again = from_json(sample.json())
    assert again == sample
    assert again.json() == sample.json()
    assert type(again.initiative.options[0].cost) is dict
    assert again.today == date(2026, 4, 14)


@given(cell=PARAMETERS)
def test_any_cell_reads_back(small, cell):
    text = to_json(with_cell(small, cell))
    again = from_json(text)
    assert to_json(again) == text
    if not isinstance(cell, float):
        assert type(cell_of(again)) is type(cell)


@pytest.fixture(scope="module")
def small(sample):
    return replace(sample, inputs=(), datasets={}, sections=sample.sections[:1])


@given(value=FINITE)
def test_numbers_keep_ten_digits(small, value):
    kept = cell_of(from_json(to_json(with_cell(small, value))))
    assert kept == pytest.approx(value, rel=1e-9, abs=0)
    assert float(f"{kept:.9e}") == kept


def test_it_is_canonical(sample):
    text = sample.json()
    value = json.loads(text)
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert text == plain + "\n"
    assert "Södra hamnen" in text
    assert value["format"] == 1


def test_negative_zero_is_zero(small):
    assert to_json(with_cell(small, -0.0)) == to_json(with_cell(small, 0.0))


def test_an_interval_without_end_reads_back(small):
    open_ended = Estimate.estimated("r", 3.0, interval=(1.2, float("inf"), 0.95), unit="ratio")
    assert cell_of(from_json(to_json(with_cell(small, open_ended)))) == open_ended


@pytest.mark.parametrize(
    "value",
    [float("nan"), object(), b"x", {1, 2}, {1: 2}, datetime(2026, 1, 1, tzinfo=UTC),
     {"$date": "2026-01-01"}],
)  # fmt: skip
def test_what_could_not_be_read_back_is_refused(small, value):
    with pytest.raises(UsageError) as refused:
        to_json(with_cell(small, value))
    assert refused.value.problems[0].code == "dossier_value_refused"
    assert "rows[0][0]" in refused.value.problems[0].place.column


@pytest.mark.parametrize("value", [float("nan"), float("inf"), date(2026, 1, 1)])
def test_figures_hold_plain_json(sample, value):
    with pytest.raises(UsageError):
        to_json(replace(sample, datasets={"areas": [value]}))


def test_half_a_character_is_refused(small):
    with pytest.raises(UsageError):
        to_json(with_cell(small, "\ud800"))


def test_the_seal_is_the_hash_of_the_file(sample):
    assert seal(sample) == hashlib.sha256(sample.json().encode()).hexdigest()
    assert sample.seal == seal(sample)


def test_one_letter_changes_the_seal(sample):
    assert replace(sample, city="Saltholn").seal != sample.seal


def test_another_process_writes_the_same_bytes(sample):
    program = (
        "import sys; from evenground.dossier.tests.sample import sample_dossier;"
        "sys.stdout.write(sample_dossier().seal)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7"},
    )
    assert done.stdout == sample.seal


# reading what somebody else wrote


def changed(sample: Dossier, change) -> str:
    value = json.loads(sample.json())
    change(value)
    return json.dumps(value)


@pytest.mark.parametrize("version", [0, 2, 99])
def test_another_format_is_said(sample, version):
    text = changed(sample, lambda value: value.update(format=version))
    with pytest.raises(VersionError) as refused:
        from_json(text)
    assert refused.value.problems[0].parameters["known"] == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", "null", '{"format":"1"}', '{"format":true}', "{}", "[" * 100_000,
     '{"format":1,"format":1}', '{"format":NaN}', "9" * 5_000, '{"format":1}'],
)  # fmt: skip
def test_what_is_no_dossier_is_said(text):
    with pytest.raises(FormatError):
        from_json(text)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda v: v.pop("city"), "city"),
        (lambda v: v.update(more=1), "more"),
        (lambda v: v.update(city=3), "city"),
        (lambda v: v.update(seed=1.5), "seed"),
        (lambda v: v.update(seed=True), "seed"),
        (lambda v: v.update(today="yesterday"), "today"),
        (lambda v: v.update(today="2026-02-30"), "today"),
        (lambda v: v.update(audience="all"), "audience"),
        (lambda v: v.update(sections={}), "sections"),
        (lambda v: v["initiative"].update(stage=["x"]), "initiative.stage"),
        (lambda v: v["initiative"]["options"][1].update(cost={"x": 1}),
         "initiative.options[1].cost"),
        (lambda v: v["inputs"][0].update(set_aside=[["a"]]), "inputs[0].set_aside[0]"),
        (
            lambda v: v["sections"][4]["headline"]["finding"]["estimates"][0].update(kind="bound"),
            "sections[4].headline.finding.estimates[0]",
        ),
        (lambda v: v["sections"][0]["headline"].update(finding=None),
         "sections[0].headline.finding"),
    ],
)  # fmt: skip
def test_the_place_of_a_fault_is_named(sample, change, where):
    with pytest.raises(FormatError) as refused:
        from_json(changed(sample, change))
    assert refused.value.problems[0].place.column == where


def test_a_dossier_from_before_a_field_reads_back(sample):
    """What could not be said when it was written is as if nobody had said it."""
    held = json.loads(to_json(sample))
    for problem in held["initiative"]["problems"]:
        del problem["worse_when"], problem["in_links"]
    for option in held["initiative"]["options"]:
        del option["acts_on"]
    assert from_json(json.dumps(held)) == sample
