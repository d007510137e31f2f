"""What Voice says of an opinion map: groups only where they hold, no names, no small counts."""

import json
from dataclasses import asdict
from types import SimpleNamespace

import numpy as np
import pytest

from evenground.questions.voice.findings.opinions import opinions
from evenground.questions.voice.opinion_tables import OPINION_TABLES
from evenground.questions.voice.tests.opinions.made_votes import with_groups, without_structure
from evenground.questions.voice.wording.opinions import OPINIONS
from evenground.tests.towns import table


def context(votes, *, threshold=5, moderated=None):
    """What the topic reads of a context, with votes by made-up people."""
    cast = np.where(votes.seen > 0, votes.value, np.nan)
    rows = [
        {"participant": f"person-{who}", "statement": str(what), "vote": int(cast[who, what])}
        for who, what in np.argwhere(~np.isnan(cast)).tolist()
    ]
    listed = [
        {"statement": str(what), "text": f"Says {what}", "moderated": (moderated or {}).get(what)}
        for what in range(votes.n_statements)
    ]
    return SimpleNamespace(
        case=SimpleNamespace(
            settings=SimpleNamespace(whole=lambda _key: threshold),
            rng=lambda _code: np.random.default_rng(1),
        ),
        rows={"opinion_statements": listed},
        tables={"opinion_votes": table("opinion_votes", rows)},
        known=lambda **more: more,
        sources=lambda *_tables: (),
    )


def everything(findings):
    return json.dumps([asdict(one) for one in findings], default=str)


def codes(findings):
    for one in findings:
        yield one.code
        yield f"verdict.{one.verdict.code}" if one.code != "opinions.few" else one.code
        yield from (caveat.code for caveat in one.caveats)
        yield from (f"label.{estimate.name}" for estimate in one.estimates)
        shown = [*one.tables, *(figure.table for figure in one.figures)]
        for each in shown:
            yield f"table.{each.key}"
            yield from (f"column.{column}" for column in each.columns)
            yield from (cell.code for row in each.rows for cell in row if hasattr(cell, "code"))
        yield from (figure.title.code for figure in one.figures)
        yield from (figure.alternative.code for figure in one.figures)
        yield from (part.code for part in one.parameters.values() if hasattr(part, "code"))


@pytest.fixture(scope="module")
def camps():
    return opinions(context(with_groups(120, 20, 2, np.random.default_rng(2))[0]))


@pytest.fixture(scope="module")
def nothing():
    return opinions(context(without_structure(120, 20, np.random.default_rng(2))))


def test_groups_that_hold_are_told(camps):
    first = camps[0]
    assert first.code == "opinions.groups"
    assert first.parameters["n_groups"] == 2
    assert "opinions.divide" in {one.code for one in camps}


def test_groups_of_nothing_are_refused(nothing):
    first = nothing[0]
    assert first.code == "opinions.refused"
    assert first.parameters["reason"].code == "reason.unstable"


def test_everything_can_be_said(camps, nothing):
    assert set(codes(camps)) | set(codes(nothing)) <= OPINIONS.keys()
    spec = json.dumps([figure.spec for one in camps for figure in one.figures])
    marks = {word.split()[0] for word in spec.split('"') if word.startswith("wording:")}
    assert {mark.removeprefix("wording:") for mark in marks} <= OPINIONS.keys()


def test_nobody_is_named_and_no_count_is_small(camps, nothing):
    for findings in (camps, nothing):
        assert "person-" not in everything(findings)
        for one in findings:
            for each in one.tables:
                for _text, agreed, disagreed, voted, _share in each.rows:
                    for count in (agreed, disagreed, voted - agreed - disagreed):
                        assert count == 0 or count >= 5


def test_a_rejected_statement_is_not_told():
    votes, _group = with_groups(60, 8, 2, np.random.default_rng(2))
    found = opinions(context(votes, moderated={3: -1}))
    assert found[0].parameters["n_statements"] == 7
    assert "Says 3" not in everything(found)


def test_without_votes_there_is_nothing_to_tell():
    bare = context(with_groups(10, 4, 2, np.random.default_rng(2))[0])
    bare.tables["opinion_votes"] = bare.tables["opinion_votes"].slice(0, 0)
    assert opinions(bare) == []
    few = opinions(context(with_groups(4, 4, 2, np.random.default_rng(2))[0]))
    assert [one.code for one in few] == ["opinions.few"]


def test_tables_have_keys_and_meanings():
    assert [table.key for table in OPINION_TABLES] == [
        ("statement",),
        ("participant", "statement"),
    ]
