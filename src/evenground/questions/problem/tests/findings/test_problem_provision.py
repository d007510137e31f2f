"""Do residents have the units for their need, which end of the ladder gains, who had some."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evenground.initiative import Stage
from evenground.language import language
from evenground.questions.problem import QUESTION
from evenground.questions.problem.context import context_of
from evenground.questions.problem.findings.served import served_of
from evenground.tests.scenarios_of_need import DIRT, FEW, beside, dirty, littered, replaced
from evenground.tests.towns import AGE, at
from evenground.workspace.telling import Teller

PEOPLE = [900 + 25 * n for n in range(16)]


def findings(town, start):
    """Return the findings whose codes start like this."""
    answer = town.setting(**FEW).answered(QUESTION)
    return [one for one in answer.findings if one.code.startswith(start)]


def one(town, start):
    """Return the only one."""
    (found,) = findings(town, start)
    return found


def sentence(finding):
    """Return a finding in words."""
    return Teller(QUESTION.wording, language("en", currency="EUR")).finding(finding).sentence


def indices(finding):
    """Return the table of indices by what they are."""
    return {row[0].code: row[1].value for row in finding.tables[0].rows}


def in_rows(*counts):
    """Return the town with so many bins in the middle of each square of each row, need alike."""
    sites = [
        {"geometry": at(x + 0.5, y + 0.5), "units": float(n)}
        for y, n in enumerate(counts) if n for x in range(4)
    ]  # fmt: skip
    return littered([5.0] * 16).having(sites=sites).initiative_with(counts="units")


def test_provision_at_the_low_end_leans_low():
    """Poverty grows to the north: bins in the south are at the low end of that ladder."""
    finding = one(in_rows(4, 3, 2, 1), "provision")
    assert finding.code == "provision.leans_low_for_need"
    assert finding.estimates[0].high < 0
    assert "residents of low-poverty areas have more of the bins" in sentence(finding)


def test_provision_at_the_high_end_leans_high():
    finding = one(in_rows(1, 2, 3, 4), "provision")
    assert finding.code == "provision.leans_high_for_need"
    assert finding.estimates[0].low > 0
    assert "residents of high-poverty areas have more of the bins" in sentence(finding)


def test_le_grand_by_hand():
    """Covariance of shares with rank, twice, over the mean; need alike has none."""
    finding = one(in_rows(4, 3, 2, 1), "provision")
    people = np.array(PEOPLE, dtype=float)
    have = np.repeat([4.0, 3.0, 2.0, 1.0], 4) / people
    rank = (np.cumsum(people) - people / 2) / people.sum()
    share = people * have / (people @ have)
    by_hand = float(2 * (share @ rank) - 1)
    found = indices(finding)
    assert found["index.provision"] == pytest.approx(by_hand)
    assert found["index.need"] == pytest.approx(0.0, abs=1e-12)
    assert found["index.le_grand"] == pytest.approx(by_hand)
    assert found["index.inequity"] == pytest.approx(by_hand)


def test_provision_that_follows_need_leans_nowhere():
    """As many bins per person as litter."""
    sites = [
        {"geometry": at(x + 0.5, y + 0.5), "units": PEOPLE[4 * y + x] * (1.0 + 4 * y + x)}
        for y in range(4) for x in range(4)
    ]  # fmt: skip
    town = littered([1.0 + n for n in range(16)]).having(sites=sites)
    found = indices(one(town.initiative_with(counts="units"), "provision"))
    assert found["index.provision"] > 0.2
    assert found["index.le_grand"] == pytest.approx(0.0, abs=1e-9)
    assert found["index.inequity"] == pytest.approx(0.0, abs=1e-9)


def test_where_less_of_a_share_is_worse_the_rest_is_the_need():
    """90 % covered to 15 %: the need grows to the north, so even bins lean away from it."""
    less = (replace(DIRT, worse_when="less"),)
    town = littered([90.0 - 5 * n for n in range(16)], unit="%").initiative_with(problems=less)
    found = indices(one(town, "provision"))
    assert found["index.need"] > 0


@pytest.mark.parametrize(
    "town",
    [
        littered([float(n - 8) for n in range(16)]),
        dirty().initiative_with(problems=(replace(DIRT, worse_when="less"),)),
        littered([None] * 7 + [5.0] * 9),
        dirty().city_with(groups=(AGE,)),
        dirty().without("sites"),
        dirty().without("population"),
        dirty().initiative_with(problems=(replace(DIRT, indicator="poverty"),)),
    ],
    ids=["negative", "no whole", "few areas", "no ladder", "no units", "no people", "its ladder"],
)
def test_where_an_index_would_say_nothing_there_is_none(town):
    assert findings(town, "provision") == []


def test_when_the_other_index_says_another_thing_that_is_told():
    """Provision falls as need grows: to Le Grand it leans low, to the other need explains it."""
    finding = one(dirty(), "provision")
    (turns,) = finding.would_change
    assert turns.parameters["answer"].code == "verdict.neither_for_need"


# who had some before


def overlap_rows(finding):
    """Return the four numbers of each group."""
    return {row[0]: row[1:] for row in finding.tables[0].rows}


def test_new_units_beside_old_ones_reach_nobody_for_the_first_time():
    finding = one(replaced(), "overlap")
    assert finding.code == "overlap.mostly_already"
    assert [round(e.value, 6) for e in finding.estimates] == [1.0, 0, 0.0]


def test_overlap_by_hand():
    """Old bins in the first square; new ones there and at two others."""
    town = beside(far=False)
    new = [{"geometry": at(x, y), "option": "all"} for x, y in ((0.5, 0.5), (2.5, 2.5))]
    town = town.having(sites=[{"geometry": at(0.5, 0.5)}, *new])
    finding = one(town, "overlap")
    already, gained = PEOPLE[0], PEOPLE[10]
    found = {e.name: e.value for e in finding.estimates}
    assert found["already_served"] == pytest.approx(already / (already + gained))
    assert found["newly_served"] == gained
    rest = sum(PEOPLE) - already - gained
    assert found["not_served"] == pytest.approx(rest / sum(PEOPLE))
    rows = overlap_rows(finding)
    assert rows["low-poverty areas"][1] == already
    assert rows["middle areas"][2] == gained
    assert sum(sum(row) for row in rows.values()) == sum(PEOPLE)


def test_without_units_of_today_there_is_no_overlap():
    assert findings(dirty(), "overlap") == []
    only_new = [{"geometry": at(0.5, 0.5), "option": "all"}]
    ahead = dirty().having(sites=only_new).initiative_with(stage=Stage.PROPOSED)
    assert findings(ahead, "overlap") == []


def test_the_distance_is_the_citys_own():
    finding = one(beside(far=True).setting(served_metres=5_000), "overlap")
    assert finding.code == "overlap.mostly_already"


def test_points_without_counts_share_the_residents_of_their_area():
    """Two addresses in the first square, one elsewhere: residents and not addresses are counted."""
    town = dirty()
    points = [
        {"area_id": row["area_id"], "geometry": row["geometry"].centroid}
        for row in town.rows["areas"]
    ]
    points.append({"area_id": "A0000", "geometry": at(0.9, 0.9)})
    town = town.having(points=points)
    served = served_of(context_of(town.tables(), town.case(QUESTION)))
    assert served.people.sum() == pytest.approx(sum(PEOPLE))
    assert sorted(served.people)[:2] == [PEOPLE[0] / 2] * 2
