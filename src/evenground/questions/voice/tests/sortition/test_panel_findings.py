"""What Voice says of a panel: quotas, chances, no names, no small counts."""

from __future__ import annotations

import json
from dataclasses import asdict
from types import SimpleNamespace

import numpy as np
import pytest

from evenground.questions.voice.findings.panel import panel
from evenground.questions.voice.measures.sortition.fair_panel import fair_panel
from evenground.questions.voice.measures.sortition.people_classes import panel_model, people_classes
from evenground.questions.voice.measures.sortition.people_lottery import people_lottery
from evenground.questions.voice.tests.sortition.made_pools import made_pool
from evenground.questions.voice.wording.panel import PANEL

CODES, QUOTAS = made_pool(120, 15, (2, 3, 3), 3)


@pytest.fixture(scope="module")
def lottery():
    classes = people_classes(CODES)
    return people_lottery(classes, fair_panel(panel_model(classes, QUOTAS, size=15)).lottery)


def context(members, told, *, threshold=5):
    pool = [{"person": f"person-{who}", "feature": f"f{f}", "value": f"v{CODES[who, f]}"}
            for who in range(120) for f in range(3)]  # fmt: skip
    quotas = [{"feature": f"f{one.feature}", "value": f"v{one.value}", "min": one.low,
               "max": one.high} for one in QUOTAS]  # fmt: skip
    chances = [None] * 120 if told is None else told
    drawn = [{"person": f"person-{who}", "drawn": who in members, "probability": chances[who]}
             for who in range(120)]  # fmt: skip
    return SimpleNamespace(
        case=SimpleNamespace(settings=SimpleNamespace(whole=lambda _key: threshold)),
        rows={"panel_pool": pool, "panel_quotas": quotas, "panel_members": drawn},
        known=lambda **more: more,
        sources=lambda *_tables: (),
    )


def test_a_fair_lot(lottery):
    found = panel(context(set(lottery.panels[0].tolist()), lottery.probabilities.tolist()))
    assert [one.code for one in found] == ["panel.within", "panel.alike"]
    least, most = found[1].parameters["least"], found[1].parameters["most"]
    assert least == pytest.approx(most, abs=1e-6)
    assert "person-" not in json.dumps([asdict(one) for one in found], default=str)


def test_people_alike_with_different_chances(lottery):
    told = lottery.probabilities.copy()
    told[np.flatnonzero(people_classes(CODES).class_of == 0)[0]] += 0.05
    found = panel(context(set(lottery.panels[0].tolist()), told.tolist()))
    assert found[1].code == "panel.unlike"
    assert found[1].parameters["apart"] == pytest.approx(0.05, abs=1e-9)


def test_chances_that_nobody_published(lottery):
    found = panel(context(set(lottery.panels[0].tolist()), None))
    assert [one.code for one in found] == ["panel.within", "panel.untold"]


def test_a_panel_outside_its_quotas():
    first = set(np.flatnonzero(CODES[:, 0] == CODES[0, 0])[:15].tolist())
    found = panel(context(first, None))
    assert found[0].code == "panel.outside"
    assert found[0].parameters["n"] >= 2


def test_what_cannot_be_told():
    assert [one.code for one in panel(context({1, 2}, None))] == ["panel.open"]
    lacking = context(set(range(15)), None)
    lacking.rows["panel_pool"] = lacking.rows["panel_pool"][1:]
    assert [one.code for one in panel(lacking)] == ["panel.open"]
    assert panel(SimpleNamespace(rows={})) == []


def test_everything_has_words(lottery):
    members = set(lottery.panels[0].tolist())
    cases = (context(members, None), context(members, lottery.probabilities.tolist()),
             context({1}, None), context(set(range(15)), None))  # fmt: skip
    for one in (finding for case in cases for finding in panel(case)):
        assert one.code in PANEL
        assert one.verdict.code == "cannot_tell" or f"verdict.{one.verdict.code}" in PANEL
        assert all(f"label.{estimate.name}" in PANEL for estimate in one.estimates)
        assert all(caveat.code in PANEL for caveat in one.caveats)
