"""What came of a promise, what the rule says of it, and what was decided then."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    harm,
    of_code,
    promise,
    responses,
    said,
    said_of,
    the_one,
    town,
)

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
START = date(2025, 7, 1)
AT = MONTHS.index("2025-07")
NEVER = len(MONTHS)


def series(n_units=21, *, seed=1, noise=0.4, level=40.0):
    rng = np.random.default_rng(seed)
    common = np.cumsum(rng.normal(scale=0.5, size=NEVER))
    own = rng.normal(size=(n_units, 1))
    return level + own + common + rng.normal(scale=noise, size=(n_units, NEVER))


def treated(values, starts, effect):
    """Add an effect from each unit's start on."""
    on = np.arange(NEVER)[None, :] >= np.asarray(starts)[:, None]
    return values + effect * on


def rows_of(values, *, indicator="full_bins", group=None, months=MONTHS, people=None):
    return [
        {
            "indicator": indicator, "unit_id": f"A{unit:02}", "period": month,
            "value": float(value),
            "group": group, "denominator": people,
        }
        for unit, row in enumerate(values)
        for month, value in zip(months, row, strict=True)
    ]  # fmt: skip


def rollout_of(starts, **more):
    """Return a row for each unit that starts, as planned."""
    days = {at: date(int(MONTHS[at][:4]), int(MONTHS[at][5:]), 1) for at in range(NEVER)}
    return [
        {
            "unit_id": f"A{unit:02}",
            "planned_start": days.get(int(at)),
            "started": days.get(int(at)),
            **{name: of[unit] for name, of in more.items()},
        }
        for unit, at in enumerate(starts)
        if at < NEVER or more
    ]


def starts_of(n_units, **at):
    """Return never for all units but those named ``A00=17`` and so on."""
    starts = np.full(n_units, NEVER)
    for name, column in at.items():
        starts[int(name[1:])] = column
    return starts


def judged_town(values, starts, *, rows=(), rollout=None, says=None, sealed=True, **more):
    """Return a town whose promise is held against outcomes."""
    made = town(
        promises=[promise(baseline_dataset=None, **(says or {}))],
        outcomes=[*rows_of(values), *rows],
        rollout=rollout_of(starts) if rollout is None else rollout,
        **{"evaluation": [evaluation(horizon_months=None)], "responses": responses(), **more},
    )
    return made.sealed() if sealed else made


def few(effect, **more):
    starts = starts_of(21, A00=AT)
    return judged_town(treated(series(), starts, effect), starts, **more)


def by_lot(effect=-8.0, harm_effect=0.2, *, n=24, rollout=None, harms=None, **more):
    """Half of the units drawn within two strata, at one date, with a harm that is watched."""
    starts = np.where(np.arange(n) % 2, AT, NEVER)
    values = treated(series(n), starts, effect)
    worse = treated(series(n, seed=5, level=10.0), starts, harm_effect)
    strata = ["north" if unit < n // 2 else "south" for unit in range(n)]
    return judged_town(
        values,
        starts,
        rows=rows_of(worse, indicator="noise_complaints"),
        rollout=rollout_of(starts, stratum=strata) if rollout is None else rollout,
        harms=[harm()] if harms is None else harms,
        **{"evaluation": [evaluation(design="randomised", horizon_months=None)], **more},
    )


def stages(effect=-6.0, **more):
    starts = starts_of(30, A00=10, A01=10, A02=10, A03=14, A04=14, A05=18)
    values = treated(series(30), starts, effect)
    planned = {"evaluation": [evaluation(design="staggered", horizon_months=None)]}
    return judged_town(values, starts, **{**planned, **more})


def lots_of_areas(effect=-6.0, n_treated=20, n=60):
    starts = np.where(np.arange(n) < n_treated, AT, NEVER)
    return judged_town(
        treated(series(n), starts, effect),
        starts,
        evaluation=[evaluation(design="many_areas", horizon_months=None)],
    )


def on_lines():
    """A series without any scatter."""
    values = treated(np.tile(np.arange(NEVER, dtype=float), (1, 1)), [AT], -6.0)
    return judged_town(
        values, [AT], evaluation=[evaluation(design="no_comparison", horizon_months=None)]
    )


def drifting(months=MONTHS, start=START):
    """A series whose neighbours hang together, with months left out or not."""
    rng = np.random.default_rng(8)
    values = 40.0 + np.cumsum(rng.normal(size=(1, len(months))), axis=1)
    made = judged_town(series(1), [AT], evaluation=[
        evaluation(design="no_comparison", horizon_months=None)
    ])  # fmt: skip
    return made.having(
        outcomes=rows_of(values, months=months), rollout=[{"unit_id": "A00", "started": start}]
    )


def alone(effect=-6.0, start=AT, n_units=1, **more):
    starts = np.full(n_units, start)
    return judged_town(
        treated(series(n_units), starts, effect),
        starts,
        evaluation=[evaluation(design="no_comparison", horizon_months=None)],
        **more,
    )


def of_fixed(**fixed):
    """Few treated, with a way of judging that was fixed otherwise than the design would have it."""
    return few(-6.0, evaluation=[evaluation(horizon_months=None, **fixed)])


def by_group(*, people=(300, 100), effects=(-8.0, -2.0)):
    """Outcomes of two groups, and of all: the mean of both by people."""
    starts = starts_of(21, A00=AT)
    groups = [
        treated(series(seed=seed), starts, of) for seed, of in zip((1, 2), effects, strict=True)
    ]
    share = np.array(people) / sum(people)
    whole = share[0] * groups[0] + share[1] * groups[1]
    rows = [
        row
        for name, values, n in zip(("young", "old"), groups, people, strict=True)
        for row in rows_of(values, group=name, people=n)
    ]
    return judged_town(whole, starts, rows=rows)


def with_gaps(*lacking):
    starts = starts_of(21, A00=AT)
    values = treated(series(), starts, -6.0)
    kept = [
        row
        for row in rows_of(values)
        if not (row["period"] == "2024-03" and row["unit_id"] in lacking)
    ]
    made = judged_town(values, starts)
    return made.having(outcomes=kept)


def late_and_otherwise():
    """Some late, one never, one unplanned, pieces counted, and what else happened."""
    n = 24
    starts = np.where(np.arange(n) % 2, AT, NEVER)
    rows = rollout_of(starts, stratum=["all"] * n, units_planned=[2] * n, units_installed=[1] * n)
    rows[1]["started"] = date(2025, 10, 1)
    rows[3]["started"] = None
    rows[0]["started"] = date(2025, 9, 1)
    return by_lot(
        rollout=rows,
        evaluation=[evaluation(design="randomised", horizon_months=60)],
        events=[
            {"date": date(2025, 8, 1), "kind": "context", "text": "A strike", "source": "Minutes"},
            {"date": date(2025, 9, 1), "kind": "carried out otherwise", "text": "Fewer rounds"},
            {"date": date(2025, 9, 2), "kind": "need stated", "text": "Not shown"},
        ],
    )


def decisions(*rows):
    return few(
        -6.0,
        decisions=[
            {"date": date(2026, 1, 10 + at), "body": "Technical Committee", **row}
            for at, row in enumerate(rows)
        ],
    )


def counted(*, by_others, period="2026-05"):
    """An output that the city counted, and others, by the promised day or later."""
    says = {
        "kind": "output", "indicator": "hotspots", "target": 300.0, "direction": "more",
        "words": "300 hotspots", "baseline": None, "unit": "hotspots",
    }  # fmt: skip
    return town(
        promises=[promise(**says)],
        outcomes=[
            {"indicator": "hotspots", "unit_id": "all", "period": "2026-03", "value": 351.0,
             "source": "the agency"},
            {"indicator": "hotspots", "unit_id": "all", "period": period, "value": by_others,
             "source": "the map"},
        ],
    ).sealed()  # fmt: skip


def measured(kind, value, *, target, direction, **more):
    says = {
        "kind": kind, "indicator": "measured", "target": target, "direction": direction,
        "words": "Thirty thousand a year", "baseline": None, "unit": "EUR", **more,
    }  # fmt: skip
    rows = [
        {"indicator": "measured", "unit_id": "all", "period": "2025-12", "value": value},
        {"indicator": "measured", "unit_id": "all", "period": "2027-01", "value": 1.0},
    ]
    return town(promises=[promise(**says)], outcomes=rows if value is not None else []).sealed()


CASES = {
    "in full": lambda: few(-14.0),
    "in part": lambda: few(-7.0),
    "by chance": lambda: few(0.0),
    "wrong way": lambda: few(8.0),
    "not enough to be worth it": lambda: few(-2.0),
    "no promised number": lambda: few(-7.0, says={"target": None}),
    "on the limit": lambda: few(0.0, says={"minimum_effect": 0.0}),
    "not sealed": lambda: few(-7.0, sealed=False),
    "unsealed": lambda: few(-7.0, sealed=False).unsealed(),
    "by lot": by_lot,
    "by lot, harm over its limit": lambda: by_lot(harm_effect=6.0),
    "by lot, harm nobody measured": lambda: by_lot(harms=[harm(indicator="accidents")]),
    "by lot, a group below its floor": lambda: by_lot(
        -8.0, says={"floor_worst_group": 20.0, "minimum_effect": 1.0}
    ),
    "by lot, too few": lambda: by_lot(n=4),
    "by lot, listed": lambda: by_lot(n=12),
    "late and otherwise": late_and_otherwise,
    "horizon passed": lambda: by_lot(
        evaluation=[evaluation(design="randomised", horizon_months=6)]
    ),
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
    "nobody said what then": lambda: few(-7.0, responses=[]),
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
    "nobody is named": lambda: few(-7.0, says={"who": None}),
    "several looks, by lot": lambda: by_lot(
        evaluation=[
            evaluation(
                design="randomised",
                horizon_months=None,
                look_dates="2025-09-30; 2025-12-31; 2026-09-30",
            )
        ]
    ),
    "several looks": lambda: few(
        -7.0, evaluation=[evaluation(horizon_months=None, look_dates="2025-10-31; 2026-09-30")]
    ),
    "looks ahead": lambda: few(
        -7.0, evaluation=[evaluation(horizon_months=None, look_dates="2027-12-31")]
    ),
    "no dates": lambda: judged_town(series(5), starts_of(5), rollout=[{"unit_id": "A00"}]),
    "other outcomes": lambda: few(-7.0, says={"indicator": "rats"}),
    "periods in two ways": lambda: few(
        -7.0,
        rows=[{"indicator": "full_bins", "unit_id": "A01", "period": "spring", "value": 1.0}],
    ),
    "one lacks a period": lambda: with_gaps("A20"),
    "two lack periods": lambda: with_gaps("A19", "A20"),
    "treated lacks a period": lambda: with_gaps("A00"),
    "decided as ruled": lambda: decisions(
        {"result": "adjust", "decided": "scale"},
        {"result": "scale", "decided": "scale", "why": "It works"},
    ),
    "decided otherwise": lambda: decisions(
        {"result": "stop", "decided": "decline", "why": "Too dear"}
    ),
    "nothing decided": lambda: decisions(
        {"result": "cannot_tell", "decided": "none", "why": "Wait"}
    ),
    "decided as ruled, no reasons": lambda: decisions({"result": "stop", "decided": "stop"}),
    "decided otherwise, no reasons": lambda: decisions({"decided": "adjust"}),
    "nothing decided, no reasons": lambda: decisions({"result": "scale", "decided": "none"}),
    "cost kept": lambda: measured("cost", 29_000.0, target=30_000.0, direction="less"),
    "cost over": lambda: measured("cost", 45_000.0, target=30_000.0, direction="less"),
    "cost not measured": lambda: measured("cost", None, target=30_000.0, direction="less"),
    "counted less by others": lambda: counted(by_others=290.0),
    "counted later by others": lambda: counted(by_others=300.0, period="2027-06"),
    "built": lambda: measured("output", 240.0, target=300.0, direction="more", unit="hotspots"),
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


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("in part", "scale"),
        ("wrong way", "stop"),
        ("not enough to be worth it", "stop"),
        ("by lot", "scale"),
        ("by lot, harm over its limit", "stop"),
        ("by lot, harm nobody measured", "cannot_tell"),
        ("by lot, a group below its floor", "adjust"),
    ],
)
def test_what_the_rule_says(name, says):
    answer = answer_of(CASES[name]())
    assert the_one(answer, "rule").verdict.code == says
    assert answer.headline.code == f"headline.rule.{says}"


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


def test_late_starts_count_as_planned_where_lots_were_drawn():
    told = said_of("came: late and otherwise")
    assert any(
        "1 started more than a month late and 1 not at all" in one for one in told.caveats("rule")
    )
    rows = dict(told.rows("rule", "carried_out"))
    assert (rows["Were to start"], rows["Started in time"]) == (12, 10)
    assert (rows["Pieces planned"], rows["Pieces that stand there"]) == (48, 24)
    assert [row[1] for row in told.rows("rule", "around")] == ["A strike", "Fewer rounds"]


def test_the_last_value_by_the_promised_date_counts():
    answer = answer_of(CASES["cost over"]())
    kept = the_one(answer, "kept")
    assert kept.verdict.code == "not_kept"
    assert kept.estimate("of_promised").value == pytest.approx(1.5)
    built = the_one(answer_of(CASES["built"]()), "kept")
    assert built.estimate("delivered_exactly").value == pytest.approx(0.8)


def test_no_count_is_preferred():
    answer = answer_of(CASES["counted less by others"]())
    assert the_one(answer, "kept").verdict.code == "depends_on_who_counts"
    later = said_of("came: counted later by others")
    assert later.told("kept").finding.verdict.code == "kept"
    assert later.caveats("kept") == ["Somebody else counted 300 in 2027-06: the map."]


def test_nothing_follows_before_the_first_look():
    told = said_of("came: looks ahead")
    assert told.told("rule").finding.verdict.code == "cannot_tell"
    assert any("nothing follows before" in one for one in told.caveats("came"))
    assert the_one(answer_of(CASES["in part"]()), "rule").verdict.code == "scale"


def test_with_several_looks_the_rule_is_held_to_a_wider_interval():
    def width(made):
        rows = {row[0]: row[1] for row in said(answer_of(made)).rows("rule", "rule")}
        low, high = rows["effect at least"].split(" to ")
        return float(high.replace("no limit", "inf")) - float(low)

    several = CASES["several looks, by lot"]()
    assert width(several) > width(by_lot())
    assert any("3 looks were fixed" in one for one in said(answer_of(several)).caveats("came"))


def test_what_is_open_says_how_much_more_could_tell():
    told = said(answer_of(CASES["by chance"]()))
    assert told.told("rule").finding.verdict.code in {"cannot_tell", "stop"}
