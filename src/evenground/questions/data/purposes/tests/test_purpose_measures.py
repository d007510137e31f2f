"""Each measure is counted as it says, bounded where it may be, and open where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.evidence import Message
from evenground.questions.data.datasheet.model import (
    Access,
    Change,
    ColumnSheet,
    Datasheet,
    Declared,
    Model,
)
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.purposes.facts import (
    Cells,
    Delivering,
    Disclosure,
    Facts,
    Interval,
    Readings,
)
from evenground.questions.data.purposes.measures import BY_NAME, measures_of
from evenground.questions.data.purposes.measures.changes_over_time import changes_over_time
from evenground.questions.data.purposes.measures.cleanliness import cleanliness
from evenground.questions.data.purposes.measures.coherence import coherence
from evenground.questions.data.purposes.measures.completeness import completeness
from evenground.questions.data.purposes.measures.fidelity import fidelity
from evenground.questions.data.purposes.measures.parts_affected import (
    Touched,
    named_or_counted,
    untouched_share,
)
from evenground.questions.data.purposes.measures.privacy import privacy
from evenground.questions.data.purposes.measures.relevance import relevance
from evenground.questions.data.purposes.measures.standardisation import standardisation
from evenground.questions.data.purposes.measures.sustainability import (
    sustainability_and_reliability,
)
from evenground.questions.data.purposes.measures.transparency import (
    methodological_transparency,
    transparency_and_interpretability,
)
from evenground.questions.data.purposes.model import (
    MEASURES,
    Basis,
    MeasureKind,
    MeasureStatus,
)

TODAY = date(2026, 3, 1)
BARE = Facts(today=TODAY, n_rows=1000, n_columns=4, n_series=10)
STREAM = replace(BARE, roles=Roles(form=Form.STREAM, time="t", values=("v",), zone="UTC"))
FULL = Readings(expected=1000, expected_at_most=1000, there=1000, n_instants=1000)
WORDS = Message(code="definition.x")
SIGNED = Declared(says="met", by="Ek", on=date(2026, 1, 1), evidence="Minutes 3")


def check(name, count, unit="rows", **detail):
    return Check.counted(name, count, unit=unit, definition=WORDS).showing(**detail)


def open_check(name):
    return Check.not_established(name, unit="rows", definition=WORDS, reason=WORDS)


def having(facts, *checks):
    return replace(facts, checks={one.name: one for one in checks})


def ends(known):
    return known.value, known.low, known.high


def reason(known):
    assert known.reason is not None
    return known.reason.code.removeprefix("reason.measure.")


def test_all_sixteen_are_there_in_order_and_open_where_nothing_is_known():
    assert tuple(BY_NAME) == MEASURES
    found = measures_of(replace(BARE, n_rows=0, n_columns=0, n_series=0))
    assert tuple(one.name for one in found) == MEASURES
    for one in found:
        assert one.status is MeasureStatus.NOT_ESTABLISHED, one.name
        assert one.reason is not None
        assert (one.value, one.low, one.high) == (None, None, None)


def test_completeness_counts_what_says_something():
    readings = Readings(
        expected=1000, expected_at_most=1250, there=900, n_instants=950, unmeasured=100,
        placeholders=50,
    )  # fmt: skip
    found = completeness(replace(STREAM, readings=readings))
    assert ends(found) == (0.75, 0.6, 0.75)
    assert found.kind is MeasureKind.BOUND
    assert reason(found) == "late_or_early"
    exact = completeness(replace(STREAM, readings=FULL, recent=replace(FULL, there=800)))
    assert ends(exact) == (1.0, 1.0, 1.0)
    assert exact.kind is MeasureKind.EXACT
    assert ends(exact.aspects["recent"]) == (0.8, 0.8, 0.8)


def test_without_a_cadence_completeness_is_only_bounded_from_above():
    readings = Readings(expected=None, expected_at_most=None, there=90, n_instants=100)
    found = completeness(replace(STREAM, readings=readings))
    assert ends(found) == (None, 0.0, 0.9)
    assert reason(found) == "no_cadence"


def test_rows_do_not_tell_how_many_are_missing():
    events = replace(BARE, cells=Cells(should=100, filled=80))
    found = completeness(events)
    assert ends(found) == (None, 0.0, 0.8)
    assert reason(found) == "rows_expected_unknown"
    sheet = Datasheet(expected_rows=2000, expected_rows_source="Register")
    known = completeness(replace(events, datasheet=sheet))
    assert ends(known) == (0.4, 0.4, 0.4)


def test_zeros_from_before_anything_was_measured_are_missing():
    """A panel where the thing is there only once the technology is."""
    panel = Readings(
        expected=1000, expected_at_most=1000, there=1000, n_instants=1000, unmeasured=700
    )
    assert ends(completeness(replace(STREAM, readings=panel))) == (0.3, 0.3, 0.3)


def test_cleanliness_tells_certain_faults_from_suspicious_ones():
    facts = having(
        replace(STREAM, readings=replace(FULL, there=980)),
        check("duplicates", 20), check("spikes", 10, "readings"),
        check("stuck_runs", 2, "runs", readings=50), open_check("rate_of_change"),
    )  # fmt: skip
    found = cleanliness(facts)
    assert ends(found) == (0.92, 0.92, 0.98)
    assert [note.code for note in found.notes] == ["note.checks_not_made"]
    assert found.checks == ("duplicates", "stuck_runs", "spikes")


def test_a_range_is_a_certain_fault_only_where_it_is_declared():
    facts = having(replace(STREAM, readings=FULL), check("out_of_range", 100, "readings"))
    assert ends(cleanliness(facts)) == (0.9, 0.9, 1.0)
    sheet = Datasheet(columns={"v": ColumnSheet(low=0)})
    assert ends(cleanliness(replace(facts, datasheet=sheet))) == (0.9, 0.9, 0.9)


def test_cleanliness_of_events_counts_rows():
    facts = having(BARE, check("repeated_ids", 30), check("coordinate_faults", 40))
    assert ends(cleanliness(facts)) == (0.93, 0.93, 0.96)
    assert reason(cleanliness(having(BARE, open_check("repeated_ids")))) == "no_check_of_rows"


faults = st.builds(
    Touched, at_least=st.integers(0, 100), at_most=st.just(0), certain=st.booleans()
).map(lambda one: replace(one, at_most=one.at_least))


@given(st.lists(faults, max_size=5), st.integers(100, 200), st.randoms(use_true_random=False))
def test_the_true_share_lies_within_the_bounds_whatever_overlaps(listed, n, shuffler):
    found = untouched_share(n, listed)
    certain: set[int] = set()
    every: set[int] = set()
    for one in listed:
        items = shuffler.sample(range(n), one.at_least)
        every |= set(items)
        certain |= set(items) if one.certain else set()
    assert found.low is not None
    assert found.high is not None
    assert found.low <= (n - len(every)) / n
    assert (n - len(certain)) / n <= found.high


@given(st.lists(faults, max_size=5), faults, st.integers(100, 200))
def test_a_further_fault_never_makes_it_cleaner(listed, one, n):
    before, after = untouched_share(n, listed), untouched_share(n, [*listed, one])
    assert after.low <= before.low
    assert after.high <= before.high


def test_coherence_is_that_of_what_agrees_least():
    facts = having(
        BARE, check("totals_off", 10, compared=100), check("outside_city", 300),
        check("duplicates", 80, conflicting=50),
    )  # fmt: skip
    found = coherence(facts)
    assert ends(found) == (0.7, 0.7, 0.9)
    assert found.method.parameters["n"] == 3
    assert found.parts["conflicting_duplicates_agree"] == 0.95
    assert reason(coherence(BARE)) == "nothing_to_compare"


def test_changes_count_series_and_columns_apart():
    facts = having(
        BARE, check("unit_jumps", 1, "sensors"), check("drift", 2, "sensors"),
        check("schema_changes", 3, "columns", columns=["a"]), open_check("level_shifts"),
    )  # fmt: skip
    sheet = Datasheet(changes=(Change(on=None, what="inlet"),))
    found = changes_over_time(replace(facts, datasheet=sheet))
    assert ends(found) == (0.7, 0.7, 0.75)
    codes = [note.code for note in found.notes]
    assert codes == ["note.checks_not_made", "note.changes_documented"]
    assert reason(changes_over_time(BARE)) == "one_moment"


def test_what_changed_is_found_in_flags_and_lists_too():
    flags = pa.table({"sensor": ["a", "a", "b"], "column": ["v", "w", None]})
    flagged = check("unit_jumps", 3, "stretches").showing(flags=flags)
    assert named_or_counted(flagged, "sensors") == ({"a", "b"}, 0)
    assert named_or_counted(flagged, "columns") == ({"v", "w"}, 0)
    listed = check("drift", 2, "stretches", stretches=[{"sensor": "a"}, {"sensor": "a"}])
    assert named_or_counted(listed, "sensors") == ({"a"}, 0)
    assert named_or_counted(check("moved_sites", 2, "sites", sites=9), "sensors") == (set(), 2)
    assert named_or_counted(check("drift", 4, "stretches"), "sensors") == (set(), 1)
    assert named_or_counted(check("drift", 0, "stretches", stretches=[]), "sensors") == (set(), 0)


def test_standardisation_counts_a_column_once_where_it_is_named():
    facts = having(
        BARE, check("mixed_types", 1, "columns", columns=["a"]),
        check("decimal_commas", 900, "rows", columns=["a", "b"]),
    )  # fmt: skip
    found = standardisation(facts)
    assert ends(found) == (0.5, 0.5, 0.5)
    assert reason(found.aspects["declared_schema"]) == "no_schema"
    schema = check("schema_violations", 1, "columns", columns=["a"], columns_declared=4)
    aspect = standardisation(having(facts, schema)).aspects["declared_schema"]
    assert ends(aspect) == (0.75, 0.75, 0.75)


def test_a_stream_whose_zone_nobody_says_is_not_standard():
    facts = having(STREAM, check("mixed_types", 0, "columns"))
    assert standardisation(facts).value == 1
    no_zone = replace(facts, roles=replace(facts.roles, zone=""))
    assert standardisation(no_zone).value == 0.75


def test_fidelity_without_a_reference_has_no_value():
    found = fidelity(having(replace(STREAM, readings=FULL), check("spikes", 0, "readings")))
    assert (found.established, reason(found)) == (False, "no_reference")
    error = Interval(
        value=0.1, low=0.05, high=0.2, kind=MeasureKind.ESTIMATED, level=0.95, n=40, of="hours"
    )
    held = fidelity(replace(STREAM, relative_error=error))
    assert ends(held) == (0.1, 0.05, 0.2)
    assert (held.level, held.parts["pairs"]) == (0.95, 40)


def test_privacy_is_counted_whatever_anybody_declares():
    declared = Datasheet(about_people=False, declared={"privacy": (SIGNED,)})
    counted = replace(
        BARE, datasheet=declared, disclosure=Disclosure(smallest=1, share_alone=0.4, columns=("a",))
    )
    assert ends(privacy(counted)) == (1, 1, 1)
    assert privacy(replace(BARE, datasheet=declared)).kind is MeasureKind.DECLARED
    assert reason(privacy(replace(BARE, datasheet=Datasheet(about_people=False)))) == "not_declared"
    about = replace(declared, about_people=True)
    assert reason(privacy(replace(BARE, datasheet=about))) == "no_telling_columns"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (replace(SIGNED, says=""), "not_declared"),
        (replace(SIGNED, by=""), "unsigned"),
        (replace(SIGNED, on=None), "undated"),
        (replace(SIGNED, on=date(2026, 3, 2)), "dated_ahead"),
        (replace(SIGNED, valid_until=date(2026, 2, 28)), "run_out"),
        (replace(SIGNED, evidence=""), "no_evidence"),
    ],
)
def test_a_statement_that_cannot_be_taken_leaves_it_open(statement, why):
    sheet = Datasheet(declared={"methodological_transparency": (statement,)})
    found = methodological_transparency(replace(BARE, datasheet=sheet))
    assert (found.established, reason(found)) == (False, why)
    assert found.evidence == {}


def test_a_signed_statement_counts_with_who_when_and_by_what():
    until = replace(SIGNED, valid_until=TODAY, interest="a contract")
    sheet = Datasheet(producer="ek", declared={"sustainability_and_reliability": (until,)})
    delivering = Delivering(n_series=10, n_still=9, longest_gap_hours=5.0)
    found = sustainability_and_reliability(replace(BARE, datasheet=sheet, delivering=delivering))
    assert ends(found) == (1, 1, 1)
    assert found.basis is Basis.DECLARED
    assert found.evidence["document"] == "Minutes 3"
    assert {note.code for note in found.notes} == {
        "note.declared_by_producer", "note.declared_with_interest",
    }  # fmt: skip
    running = found.aspects["still_delivering"]
    assert (running.value, running.basis) == (0.9, Basis.DATA)


def test_who_says_that_it_is_not_met_needs_no_document():
    sheet = Datasheet(declared={"relevance": (replace(SIGNED, says="not_met", evidence=""),)})
    assert relevance(replace(BARE, datasheet=sheet)).value == 0


def test_statements_that_contradict_each_other_leave_it_open():
    both = (SIGNED, replace(SIGNED, by="Li", says="not_met"))
    found = relevance(replace(BARE, datasheet=Datasheet(declared={"relevance": both})))
    assert ends(found) == (None, 0, 1)
    assert reason(found) == "contradiction"


def test_relevance_is_told_for_each_purpose():
    one = replace(SIGNED, purposes=("decide",))
    found = relevance(replace(BARE, datasheet=Datasheet(declared={"relevance": (one,)})))
    assert not found.established
    assert found.aspects["decide"].value == 1
    assert found.aspects["decide"].evidence["by"] == "Ek"
    assert not found.aspects["official_statistics"].established


def test_a_model_left_unsaid_keeps_the_method_open():
    sheet = Datasheet(
        declared={"methodological_transparency": (SIGNED,)}, models=(Model(name="filler"),)
    )
    found = methodological_transparency(replace(BARE, datasheet=sheet))
    assert ends(found) == (None, 0, 1)
    assert reason(found) == "models_unsaid"
    said = replace(sheet, models=(Model(name="f", made_by="A", made_for="b", document="c"),))
    assert methodological_transparency(replace(BARE, datasheet=said)).value == 1
    unnamed = replace(BARE, datasheet=replace(sheet, models=()), roles=Roles(prediction="risk"))
    assert reason(methodological_transparency(unnamed)) == "models_unsaid"


def test_a_column_is_explained_by_its_meaning_and_a_measured_one_by_its_unit_too():
    sheet = Datasheet(columns={"t": ColumnSheet(meaning="time"), "v": ColumnSheet(meaning="dust")})
    facts = replace(STREAM, columns=("t", "v", "w", "x"), datasheet=sheet)
    assert transparency_and_interpretability(facts).value == 0.25
    with_unit = replace(sheet, columns={**sheet.columns, "v": ColumnSheet(meaning="d", unit="g")})
    assert transparency_and_interpretability(replace(facts, datasheet=with_unit)).value == 0.5
    assert not transparency_and_interpretability(replace(facts, datasheet=None)).established


def test_what_residents_made_is_held_to_the_same_rules():
    sheet = Datasheet(
        title="a", producer="Parents", about_people=False, access=Access(url="https://e.org"),
        columns={"v": ColumnSheet(meaning="d")}, declared={"relevance": (SIGNED,)},
    )  # fmt: skip
    facts = having(
        replace(STREAM, readings=FULL, columns=("v",)), check("duplicates", 3), check("drift", 1)
    )
    found = [
        measures_of(replace(facts, datasheet=replace(sheet, made_by_residents=made)))
        for made in (None, False, True)
    ]
    assert found[0] == found[1] == found[2]
