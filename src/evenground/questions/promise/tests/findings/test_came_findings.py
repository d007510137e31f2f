"""What came of a promise, by every design, and why it cannot be told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    of_code,
    said_of,
    the_one,
)
from evenground.questions.promise.tests.findings.with_outcomes import (
    AT,
    MONTHS,
    NEVER,
    alone,
    by_group,
    by_lot,
    drifting,
    few,
    judged_town,
    lacking_groups,
    lots_of_areas,
    of_fixed,
    on_lines,
    series,
    stages,
    starts_of,
    treated,
    with_gaps,
)

CASES = {
    "in full": lambda: few(-14.0),
    "in part": lambda: few(-7.0),
    "by chance": lambda: few(0.0),
    "wrong way": lambda: few(8.0),
    "no promised number": lambda: few(-7.0, says={"target": None}),
    "not sealed": lambda: few(-7.0, sealed=False),
    "unsealed": lambda: few(-7.0, sealed=False).unsealed(),
    "by lot": by_lot,
    "by lot, too few": lambda: by_lot(n=4),
    "by lot, listed": lambda: by_lot(n=12),
    "stages": stages,
    "many areas": lots_of_areas,
    "many areas, few treated clusters": lambda: of_fixed(
        estimator="did", inference="wild-bootstrap"
    ),
    "as if by lot": lambda: of_fixed(estimator="did", inference="permute"),
    "by augmented": lambda: of_fixed(estimator="ascm"),
    "by stages although few": lambda: of_fixed(estimator="cs"),
    "by series although few": lambda: of_fixed(estimator="its"),
    "two by clusters": lambda: judged_town(
        treated(series(), starts_of(21, A00=AT, A01=AT), -6.0),
        starts_of(21, A00=AT, A01=AT),
        evaluation=[evaluation(horizon_months=None, estimator="did", inference="cluster")],
    ),
    "two lone starts": lambda: judged_town(
        treated(series(30), starts_of(30, A00=10, A01=14), -6.0),
        starts_of(30, A00=10, A01=14),
        evaluation=[evaluation(design="staggered", horizon_months=None)],
    ),
    "fixed for many areas": lambda: of_fixed(design="many_areas"),
    "fixed for stages": lambda: of_fixed(design="staggered"),
    "fixed for no comparison": lambda: of_fixed(design="no_comparison"),
    "fixed for few": lambda: stages(evaluation=[evaluation(horizon_months=None)]),
    "does not go": lambda: of_fixed(estimator="ascm", inference="hac"),
    "several treated": lambda: judged_town(
        treated(series(12), starts_of(12, A00=AT, A01=AT), -6.0), starts_of(12, A00=AT, A01=AT)
    ),
    "short": lambda: judged_town(
        treated(series(12), starts_of(12, A00=4), -6.0), starts_of(12, A00=4)
    ),
    "two, short": lambda: judged_town(
        treated(series(12), starts_of(12, A00=4, A01=4), -6.0), starts_of(12, A00=4, A01=4)
    ),
    "too few to tell": lambda: judged_town(
        treated(series(4), starts_of(4, A00=AT), -6.0), starts_of(4, A00=AT)
    ),
    "alone": alone,
    "alone, on lines": on_lines,
    "alone, drifting": drifting,
    "alone, with holes": lambda: drifting([*MONTHS[:5], *MONTHS[7:]]),
    "alone, short of a year": lambda: drifting(MONTHS[6:], date(2025, 7, 1)),
    "alone, too short": lambda: alone(start=3),
    "only where treated": lambda: alone(start=0),
    "nobody treated yet": lambda: judged_town(
        series(5), starts_of(5), rollout=[{"unit_id": "A00", "started": date(2030, 1, 1)}]
    ),
    "no time before": lambda: judged_town(series(5), starts_of(5, A00=0)),
    "by group": by_group,
    "one group lacks a month": lambda: lacking_groups("old"),
    "two groups lack a month": lambda: lacking_groups("old", "young"),
    "no gain was promised": lambda: few(-7.0, says={"target": 40.0, "baseline": 40.0}),
    "moved along time": lambda: of_fixed(estimator="sc", inference="block-conformal"),
    "nobody is named": lambda: few(-7.0, says={"who": None}),
    "no dates": lambda: judged_town(series(5), starts_of(5), rollout=[{"unit_id": "A00"}]),
    "other outcomes": lambda: few(-7.0, says={"indicator": "rats"}),
    "periods in two ways": lambda: few(
        -7.0,
        rows=[{"indicator": "full_bins", "unit_id": "A01", "period": "spring", "value": 1.0}],
    ),
    "one lacks a period": lambda: with_gaps("A20"),
    "two lack periods": lambda: with_gaps("A19", "A20"),
    "treated lacks a period": lambda: with_gaps("A00"),
}


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("in full", "came_in_full"),
        ("in part", "came_in_part"),
        ("by chance", "not_told_from_chance"),
        ("wrong way", "went_the_wrong_way"),
        ("too few to tell", "cannot_tell"),
    ],
)
def test_what_came_is_held_against_nothing_and_against_the_promise(name, verdict):
    assert the_one(answer_of(CASES[name]()), "came").verdict.code == verdict


def test_the_delivered_share_is_the_effect_divided_by_the_promise():
    came = the_one(answer_of(few(-7.0)), "came")
    gain, share = came.estimate("gain"), came.estimate("delivered")
    assert gain.value == pytest.approx(7.0, abs=0.5)
    assert share.value == pytest.approx(gain.value / 10.0)
    assert (share.low, share.high) == pytest.approx((gain.low / 10.0, gain.high / 10.0))


def test_outcomes_are_not_looked_at_until_a_seal_is_there():
    answer = answer_of(CASES["not sealed"]())
    assert the_one(answer, "came").code == "came.not_judged_yet"
    assert not of_code(answer, "rule")
    assert "not looked at until it is sealed" in said_of("came: not sealed").sentence("came")
    assert any("nothing was sealed" in one for one in said_of("came: unsealed").caveats("came"))


def test_strata_add_up_to_the_whole():
    came = the_one(answer_of(by_lot()), "came")
    parts = [one.value for one in came.estimates if one.name == "group_gain"]
    assert np.mean(parts) == pytest.approx(came.estimate("gain").value, abs=1e-10)


@pytest.mark.parametrize("people", [(300, 100), (50, 950)])
def test_gains_of_groups_add_up_to_that_of_all(people):
    came = the_one(answer_of(by_group(people=people)), "came")
    share = dict(zip(("young", "old"), np.array(people) / sum(people), strict=True))
    parts = [one for one in came.estimates if one.name == "group_gain"]
    total = sum(share[one.about] * one.value for one in parts)
    assert total == pytest.approx(came.estimate("gain").value, rel=1e-8)
    assert came.estimate("group_gain", "young").value == pytest.approx(8.0, abs=1.0)


def test_the_sign_follows_the_promised_direction():
    less = the_one(answer_of(few(-7.0)), "came").estimate("gain")
    more = the_one(
        answer_of(few(-7.0, says={"direction": "more", "target": 50.0})), "came"
    ).estimate("gain")
    assert more.value == pytest.approx(-less.value)
    assert (more.low, more.high) == pytest.approx((-less.high, -less.low))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("only where treated", "exists only where"),
        ("no dates", "started when"),
        ("other outcomes", "no outcome data of “rats”"),
        ("periods in two ways", "more than one way"),
        ("treated lacks a period", "A00"),
        ("alone, too short", "too short"),
        ("does not go", "does not go with the data"),
    ],
)
def test_what_prevents_it_is_said(name, why):
    told = said_of(f"came: {name}")
    assert told.told("came").finding.verdict.code == "cannot_tell"
    assert why in told.sentence("came")
    assert told.told("came").asks


def test_only_the_horizon_is_looked_at():
    """Periods beyond it, however they went, make no difference."""
    starts = np.where(np.arange(24) % 2, AT, NEVER)
    plan = [evaluation(design="randomised", horizon_months=3)]
    values = treated(series(24), starts, -8.0)
    other = values.copy()
    other[:, AT + 3 :] = 1_000.0 * np.arange(24)[:, None]
    first, second = (
        the_one(answer_of(judged_town(one, starts, evaluation=plan)), "came").estimate("gain")
        for one in (values, other)
    )
    assert first == second
