"""No naked number: unit, interval or count, source, method; what is known bounds what is said."""

from __future__ import annotations

import math

import pytest

from evenground.city import CITY_TABLES
from evenground.evidence import Estimate, EstimateKind
from evenground.initiative import INITIATIVE_TABLES
from evenground.questions import discover
from evenground.tests.dossiers import appraised, section_of, told
from evenground.tests.scenarios import SCENARIOS, scenario

KEYS = [question.key for question in discover() if question.answer is not None]
TABLES = {schema.name for schema in (*CITY_TABLES, *INITIATIVE_TABLES)}
scenarios = pytest.mark.parametrize("name", list(SCENARIOS))


def estimates_of(finding):
    """Yield the finding's estimates and those in its tables."""
    yield from finding.finding.estimates
    for table in (*finding.tables, *(figure.table for figure in finding.figures)):
        for row in table.rows:
            yield from (cell for cell in row if isinstance(cell, Estimate))


@scenarios
def test_every_number_has_a_unit_and_says_how_it_is_known(name):
    for key in KEYS:
        for finding in told(section_of(appraised(name), key)):
            for one in estimates_of(finding):
                assert one.unit.strip(), (finding.finding.code, one)
                if one.kind is EstimateKind.EXACT:
                    assert one.value is not None
                    assert math.isfinite(one.value)
                    continue
                assert math.isfinite(one.low), (finding.finding.code, one)
                assert math.isfinite(one.high), (finding.finding.code, one)
                assert one.low <= one.high, (finding.finding.code, one)
                if one.value is not None:
                    assert one.low <= one.value <= one.high, (finding.finding.code, one)
                if one.kind is EstimateKind.ESTIMATED:
                    assert 0.5 <= one.level < 1


@scenarios
def test_shares_lie_between_nothing_and_all(name):
    for key in KEYS:
        for finding in told(section_of(appraised(name), key)):
            for one in estimates_of(finding):
                if one.unit == "share":
                    for number in (one.value, one.low, one.high):
                        assert number is None or -1e-9 <= number <= 1 + 1e-9, one


def has_numbers(table) -> bool:
    """Tell whether a table holds more than words and dates."""
    cells = [cell for row in table.rows for cell in row]
    return any(isinstance(cell, int | float | Estimate) for cell in cells)


@scenarios
def test_every_number_is_traced_to_the_tables_that_are_there(name):
    town = scenario(name)
    given = {source for sources in town.sources().values() for source in sources}
    for key in KEYS:
        for finding in told(section_of(appraised(name), key)):
            sources = set(finding.finding.sources)
            for source in sources - given:
                dataset = town.datasets[source.table.removeprefix("datasets/")]
                assert source.rows_read == source.rows_used == dataset.rows.num_rows
            if finding.finding.estimates or any(map(has_numbers, finding.tables)):
                assert sources, finding.finding.code
                assert all(len(source.sha256) == 64 for source in sources)


@scenarios
def test_findings_name_their_claims_and_estimates_are_labelled(name):
    for key in KEYS:
        for finding in told(section_of(appraised(name), key)):
            claims = finding.finding.claims
            assert claims, finding.finding.code
            assert all(1 <= int(claim.removeprefix("M")) <= 36 for claim in claims)
            assert set(finding.labels) == {one.name for one in finding.finding.estimates}
            options = {option.key for option in appraised(name).initiative.options}
            assert set(finding.finding.bears_on) <= options


@scenarios
def test_a_method_is_named_where_something_was_estimated(name):
    for key in KEYS:
        for finding in told(section_of(appraised(name), key)):
            judged = finding.finding.verdict.code not in {"described", "cannot_tell", "not_asked"}
            if judged and not finding.finding.code.startswith("by_option"):
                assert finding.finding.method is not None, finding.finding.code
                assert finding.finding.method.name
                assert finding.finding.method.literature, finding.finding.code
