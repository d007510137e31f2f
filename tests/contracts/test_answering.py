"""Every built question: same in, same out; hands off its input; an answer from what there is."""

from __future__ import annotations

import copy
from dataclasses import replace
from itertools import chain, combinations

import pyarrow as pa
import pytest

from evenground.dossier.encoding import encode
from evenground.evidence import Finding, Verdict
from evenground.initiative import Initiative, Stage
from evenground.language import language
from evenground.protocol import Answer, Need, Question
from evenground.questions import discover
from evenground.tests.dossiers import appraised, section_of
from evenground.tests.scenarios import heard, points, proposal, scenario
from evenground.tests.scenarios_of_data import (
    BIN,
    LENS,
    less_asked,
    listing,
    reports_at_hand,
    sound,
)
from evenground.tests.scenarios_of_need import everything
from evenground.tests.scenarios_of_places import streets
from evenground.tests.scenarios_of_promise import beside_promises, by_lot
from evenground.tests.scenarios_of_voice import beside_events
from evenground.tests.scenarios_of_votes import by_every_engine
from evenground.tests.scenarios_over_time import public_money
from evenground.tests.towns import TODAY, Town, saltmarsh
from evenground.workspace.auditing.in_dossier import open_datasets
from evenground.workspace.opening import nameless_city
from evenground.workspace.telling import Teller

QUESTIONS = discover()
BUILT = [question for question in QUESTIONS if question.answer is not None]
built = pytest.mark.parametrize("question", BUILT, ids=lambda question: question.key)
CHANCE = (
    "less", "boundaries", "shapes", "proposal", "candidates", "points", "sparse", "roll-out",
    "cases by area",
)  # fmt: skip
"""Scenarios whose answers rest on random draws of every kind."""
LOOKED_AT = ("cases by area",)
"""Scenarios whose answers rest on draws where a question looks at datasets."""


def richest() -> Town:
    """Return a small town with every table that a scenario has."""
    rows = {**points().rows, **heard().rows, "sites": proposal().rows["sites"]}
    rows["spending"] = tuple(public_money(3, 2))
    needy = everything()
    rows |= {name: needy.rows[name] for name in needy.rows if name not in rows}
    rows["streets"] = tuple(streets())
    town = saltmarsh(across=3, up=3).setting(chance_draws=199, need_draws=99, relabellings=99)
    town = town.initiative_with(
        problems=needy.initiative.problems, options=needy.initiative.options
    )
    kept = {row["area_id"] for row in town.rows["areas"]}
    rows["points"] = [row for row in rows["points"] if row["area_id"] in kept]
    town = town.having(**{name: rows[name] for name in rows if name not in town.rows})
    town = town.having(components=(BIN, LENS), purpose_rules=less_asked("decide"))
    more = {**beside_promises(), **beside_events(), **by_lot(town).rows, **by_every_engine(n=12)}
    town = town.having(**{name: more[name] for name in more if name not in town.rows})
    return listing(town, air=sound(), reports=reports_at_hand()).sealed()


ALL_WAYS = 8
"""Up to so many tables, every set of them is left out."""


def looks(question) -> bool:
    """Tell whether a question looks at the datasets of an initiative, whatever they are."""
    return any(need.each for need in question.needs)


def asked_without(question, town):
    """Return how a question is answered by a town without some of its tables.

    Datasets are opened once, however many ways there are to leave tables out.
    """
    if not looks(question):
        return lambda gone: town.without(*gone).answered(question)
    tables, case = town.asked(question)
    lists = {need.table for need in question.needs if need.each}

    def answered(gone):
        closed = bool(lists & set(gone))
        held = {
            name: table
            for name, table in tables.items()
            if name not in gone and not (closed and name.startswith("datasets/"))
        }
        left = town.without(*gone)
        known = replace(
            case, places=left.places(), sources=left.sources(),
            datasets={} if closed else case.datasets,
        )  # fmt: skip
        return question.answer(held, known)

    return answered


def subsets(names):
    """Yield every way of leaving some out; of many, up to two left out and up to two left."""
    sizes = range(len(names) + 1)
    if len(names) > ALL_WAYS:
        sizes = [n for n in sizes if n <= 2 or n >= len(names) - 2]
    return chain.from_iterable(combinations(names, n) for n in sizes)


def curious() -> Question:
    """Return a question that draws random numbers and has an answer of its own."""

    def answer(tables, case):
        drawn = round(float(case.rng("curious").random()), 6)
        finding = Finding(
            code="found", verdict=Verdict.DESCRIBED, parameters={"drawn": drawn}, claims=("M1",)
        )
        return Answer(headline=finding)

    return Question(
        key="curious",
        title="Curious",
        asks="What else?",
        order=0,
        answer=answer,
        wording={"found": "It drew {drawn}."},
    )


def draws(question: Question, names) -> bool:
    """Tell whether a question asks for random numbers in any of these scenarios."""
    asked_for = []
    for name in names:
        tables, case = scenario(name).asked(question)

        def rng(code, drawn=case.rng):
            asked_for.append(code)
            return drawn(code)

        question.answer(tables, replace(case, rng=rng))
    return bool(asked_for)


def said(question: Question, answer: Answer) -> list[str]:
    """Say an answer, and return its sentences."""
    teller = Teller(question.wording, language("en", currency="EUR"))
    return [teller.finding(one).sentence for one in (answer.headline, *answer.findings)]


@pytest.mark.parametrize("name", CHANCE)
def test_the_same_input_gives_the_same_dossier(name):
    assert scenario(name).appraised().json() == appraised(name).json()


@built
@pytest.mark.parametrize("name", ["less", "proposal"])
def test_company_and_order_change_no_answer(question, name):
    alone = encode(section_of(appraised(name), question.key))
    town = scenario(name)
    for company in ((curious(), *QUESTIONS), tuple(reversed(QUESTIONS)), (question,)):
        dossier = town.appraised(*company)
        assert encode(section_of(dossier, question.key)) == alone


@built
def test_another_seed_draws_other_numbers_and_moves_no_count(question):
    differ = False
    names = (
        "less",
        "everything of a need",
        "promised by lot",
        "voted, mapped and drawn",
        *(LOOKED_AT if looks(question) else ()),
    )
    for name in names:
        town = scenario(name)
        other = replace(town, terms=replace(town.terms, seed=7)).appraised(question)
        first = section_of(appraised(name), question.key)
        second = section_of(other, question.key)
        differ |= encode(first) != encode(second)
        for one, two in zip(first.findings, second.findings, strict=True):
            for a, b in zip(one.finding.estimates, two.finding.estimates, strict=True):
                assert (a.name, a.about, a.kind) == (b.name, b.about, b.kind)
                if a.kind.value == "exact":
                    assert a.value == b.value
    assert differ or not draws(question, names)


@built
@pytest.mark.parametrize("name", ["boundaries", "proposal", "points", "shapes", *LOOKED_AT])
def test_the_input_is_left_alone(question, name):
    from pandas.testing import assert_frame_equal

    tables, case = scenario(name).asked(question)
    kept = {key: table.slice(0) for key, table in tables.items()}
    columns = {key: table.to_pydict() for key, table in tables.items()}
    frames = {key: copy.deepcopy(frame) for key, frame in case.places.items()}
    question.answer(tables, case)
    assert set(tables) == set(kept)
    for key, table in tables.items():
        assert table.equals(kept[key])
        assert table.to_pydict() == columns[key]
    for key, frame in case.places.items():
        assert_frame_equal(frame, frames[key])


@built
def test_an_empty_city_and_an_empty_initiative_get_an_answer(question):
    town = Town(
        city=nameless_city(),
        initiative=Initiative(title="Something", stage=Stage.IDEA),
        rows={},
    )
    answer = town.answered(question)
    assert answer.headline.verdict in {Verdict.CANNOT_TELL, Verdict.DESCRIBED}
    assert set(answer.unmet) == {need for need in question.needs if not need.optional}
    assert all(said(question, answer))
    section = section_of(town.appraised(question), question.key)
    assert section.asked
    assert len(section.missing) == len(answer.unmet)


@built
def test_whatever_is_missing_an_answer_is_given(question):
    """Every set of tables may be missing: an unmet need, never an exception."""
    town = richest()
    names = [need.table for need in question.needs if need.table in town.rows]
    assert set(names) == {need.table for need in question.needs}, "a scenario must have it"
    answered = asked_without(question, town)
    for gone in subsets(names):
        answer = answered(gone)
        assert all(said(question, answer)), gone
        unmet = {need.table for need in answer.unmet}
        needed = {need.table for need in question.needs if not need.optional}
        assert unmet >= needed & set(gone), gone
        assert unmet.isdisjoint(need.table for need in question.needs if need.optional), gone
        assert set(answer.unmet) <= set(question.needs)
        if needed & set(gone):
            assert answer.headline.asks, gone


@built
def test_a_table_without_rows_is_a_missing_one(question):
    town = richest()
    for need in question.needs:
        missing = town.without(need.table).appraised(question)
        empty = town.having(**{need.table: ()}).appraised(question)
        for one, other in zip(
            section_of(missing, question.key).findings,
            section_of(empty, question.key).findings,
            strict=True,
        ):
            assert one.sentence == other.sentence, need.table
            assert one.finding.estimates == other.finding.estimates, need.table


@built
def test_a_table_of_nulls_is_no_exception(question):
    """Rows that hold nothing but their required columns are rows all the same."""
    town = richest()
    tables, case = town.asked(question)
    for name in town.rows:
        table = tables[name]
        bare = {
            column: table[column] if column in {"area_id", "group", "indicator", "role"}
            else pa.nulls(table.num_rows, table.schema.field(column).type)
            for column in table.column_names
        }  # fmt: skip
        emptied = {**tables, name: pa.table(bare, schema=table.schema)}
        assert all(said(question, question.answer(emptied, case))), name


@built
def test_needs_say_what_prepare_reads(question):
    """What ``prepare`` hands over are tables that the question has declared as needs."""
    if question.prepare is None:
        pytest.skip(f"{question.key} needs no table")
    from evenground.stores.duckdb import collect

    town = richest()
    with open_datasets(*town.opened(), today=TODAY) as opened:
        case = town.case(question, opened.cards if looks(question) else None)
        given = {**town.tables(), **(opened.tables if looks(question) else {})}
        collected = collect(given, question.prepare, case)
    parts = {name for name in collected if name.startswith("datasets/")}
    assert {name.split("/")[1] for name in parts} == set(case.datasets)
    assert all(name.count("/") >= 2 for name in parts)
    assert set(collected) - parts <= {need.table for need in question.needs}
    for need in question.needs:
        held = set(collected[need.table].column_names) if need.table in collected else set()
        assert not held or set(need.columns) <= held, need.table


def test_a_question_is_asked_with_its_own_randomness():
    """Two questions that draw under the same code draw different numbers."""
    first = curious()
    second = replace(first, key="nosy", title="Nosy", order=99)
    dossier = saltmarsh().appraised(first, second)
    one, two = dossier.sections
    assert one.headline.sentence != two.headline.sentence


def test_needs_are_told_apart_by_value():
    assert Need(table="x") == Need(table="x")
    assert Need(table="x") != Need(table="x", optional=True)
