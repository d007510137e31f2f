"""An audit in words: order, shares, cells, and every sentence there."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from evenground.language import language
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.purposes.model import MEASURES, PURPOSES, CanCarry, Outcome
from evenground.tests.audits import check, sample_audit, sample_wording
from evenground.workspace.auditing.telling import in_order, share_of, told_audit
from evenground.workspace.auditing.wording import LABELS

EN = language("en")
WORDING = sample_wording()


def told(audit=None, **more):
    return told_audit(audit or sample_audit(), EN, wording=WORDING, **more)


def test_checks_that_bear_on_requirements_that_are_not_met_come_first():
    found = [one.name for one in in_order(sample_audit())]
    assert found[:4] == ["gaps", "nulls", "duplicates", "stuck_runs"]
    assert [one.name for one in told().of(Status.FOUND)] == [
        "gaps", "duplicates", "stuck_runs", "out_of_range"
    ]  # fmt: skip


def test_without_verdicts_the_larger_share_comes_first():
    names = [one.name for one in in_order(sample_audit(verdicts={}))][:4]
    assert names == ["gaps", "duplicates", "stuck_runs", "out_of_range"]


def test_checks_alike_keep_their_order():
    checks = {name: check(name, 0) for name in ("spikes", "nulls", "drift")}
    assert [one.name for one in in_order(sample_audit(checks=checks, verdicts={}))] == list(checks)


@pytest.mark.parametrize(
    ("count", "unit", "detail", "share"),
    [
        (14, "rows", {}, 14 / 4184),
        (14, "readings", {}, 14 / 4184),
        (14, "runs", {}, None),
        (1, "columns", {}, 0.25),
        (14, "runs", {"share": 0.25}, 0.25),
        (9_999, "rows", {}, 1.0),
        (0, "rows", {}, None),
        (None, "rows", {}, None),
    ],
)
def test_a_share_is_of_what_was_counted(count, unit, detail, share):
    assert share_of(
        check("drift", count, unit=unit, **(detail if count else {})), sample_audit()
    ) == (None if share is None else pytest.approx(share))


def test_every_measure_stands_in_a_row_and_aspects_after_it():
    names = [one.name for one in told().measures]
    assert [one for one in names if "." not in one] == list(MEASURES)
    assert names[names.index("completeness") + 1] == "completeness.recent"


def test_every_cell_says_value_interval_threshold_origin_and_outcome():
    rows = {one.name: one for one in told().measures}
    decide = rows["completeness.recent"].cells[1]
    assert decide.outcome is Outcome.FAILED
    assert (decide.words, decide.rule) == ("not met", "at least 90\xa0%")
    assert "Directive 2008/50/EC" in decide.origin
    assert rows["completeness"].known == "98.56\xa0% (98.51\xa0% to 98.61\xa0%)"
    assert rows["completeness"].kind == "estimated, 95\xa0% confidence"
    assert rows["relevance"].declared == ("Ada Berg, air quality officer",)
    assert rows["access"].known == "not established"
    assert rows["access"].reason == "Whoever knows access could tell."
    assert rows["access"].cells[0].words == "not required"
    assert rows["temporal_granularity"].known == "1\xa0h".replace("\xa0", " ")


def test_only_the_purposes_asked_for_are_told_in_their_own_order():
    found = told(purposes=["official_statistics", "operate"])
    assert [one.purpose for one in found.verdicts] == ["operate", "official_statistics"]
    assert all(len(one.cells) == 2 for one in found.measures)
    assert [one.purpose for one in told().verdicts] == list(PURPOSES)
    assert [one.verdict for one in told().verdicts] == list(CanCarry)


def test_roles_say_why_and_how_to_say_otherwise():
    roles = {one.role: one for one in told().roles}
    assert (roles["sensor"].column, roles["sensor"].why) == (
        "station",
        "Its values come back at each time.",
    )
    assert "--sensor" in roles["sensor"].otherwise
    assert roles["values"].why == "Stated, not guessed."


def test_every_role_has_a_name_and_a_form_its_words():
    for one in fields(Roles):
        assert LABELS[f"role.{one.name}"]
    for form in Form:
        assert LABELS[f"form.{form.value}"]
        assert LABELS[f"row_is.{form.value}"]


def test_reasons_begin_like_sentences_and_stand_with_what_would_change_them():
    one = told().verdicts[1]
    assert one.because == ("That it is no follows from this.",)
    assert one.pairs == (("That it is no follows from this.", "A reference would change it."),)
    assert replace(one, would_change=()).pairs == ()


def test_a_code_without_a_sentence_is_an_error():
    with pytest.raises(KeyError):
        told_audit(sample_audit(), EN, wording={})
