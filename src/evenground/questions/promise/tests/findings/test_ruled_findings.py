"""What the rule says of what came, on what conditions, and what was decided then."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    harm,
    said,
    said_of,
)
from evenground.questions.promise.tests.findings.with_outcomes import (
    AT,
    NEVER,
    by_lot,
    few,
    rollout_of,
)


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


CASES = {
    "no floor": lambda: few(-7.0, says={"floor_worst_group": None}),
    "not enough to be worth it": lambda: few(-2.0),
    "on the limit": lambda: few(0.0, says={"minimum_effect": 0.0}),
    "by lot, harm over its limit": lambda: by_lot(harm_effect=6.0),
    "by lot, harm nobody measured": lambda: by_lot(harms=[harm(indicator="accidents")]),
    "by lot, a group below its floor": lambda: by_lot(
        -8.0, says={"floor_worst_group": 20.0, "minimum_effect": 1.0}
    ),
    "late and otherwise": late_and_otherwise,
    "horizon passed": lambda: by_lot(
        evaluation=[evaluation(design="randomised", horizon_months=6)]
    ),
    "nobody said what then": lambda: few(-7.0, responses=[]),
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
}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("came: in part", "cannot_tell"),
        ("ruled: no floor", "scale"),
        ("came: wrong way", "stop"),
        ("ruled: not enough to be worth it", "stop"),
        ("came: by lot", "scale"),
        ("ruled: by lot, harm over its limit", "stop"),
        ("ruled: by lot, harm nobody measured", "cannot_tell"),
        ("ruled: by lot, a group below its floor", "adjust"),
    ],
)
def test_what_the_rule_says(name, says):
    said = said_of(name)
    assert said.told("rule").finding.verdict.code == says
    assert said.told("headline").finding.code == f"headline.rule.{says}"


def test_late_starts_count_as_planned_where_lots_were_drawn():
    told = said_of("ruled: late and otherwise")
    assert any(
        "1 started more than a month late and 1 not at all" in one for one in told.caveats("rule")
    )
    rows = dict(told.rows("rule", "carried_out"))
    assert (rows["Were to start"], rows["Started in time"]) == (12, 10)
    assert (rows["Pieces planned"], rows["Pieces that stand there"]) == (48, 24)
    assert [row[1] for row in told.rows("rule", "around")] == ["A strike", "Fewer rounds"]


def test_nothing_follows_before_the_first_look():
    told = said_of("ruled: looks ahead")
    assert told.told("rule").finding.verdict.code == "cannot_tell"
    assert any("nothing follows before" in one for one in told.caveats("came"))
    assert said_of("ruled: no floor").told("rule").finding.verdict.code == "scale"


def test_a_floor_without_groups_is_open():
    """Where nobody measured any group, one may have lost."""
    rows = said_of("came: in part").rows("rule", "rule")
    assert [row[0] for row in rows if row[-1] == "open"] == ["every group: effect at least"]


def test_with_several_looks_the_rule_is_held_to_a_wider_interval():
    def width(made):
        rows = {row[0]: row[1] for row in said(answer_of(made)).rows("rule", "rule")}
        low, high = rows["effect at least"].split(" to ")
        return float(high.replace("no limit", "inf")) - float(low)

    several = CASES["several looks, by lot"]()
    assert width(several) > width(by_lot())
    assert any("3 looks were fixed" in one for one in said(answer_of(several)).caveats("came"))


def test_what_is_open_says_how_much_more_could_tell():
    told = said_of("came: by chance")
    assert told.told("rule").finding.verdict.code in {"cannot_tell", "stop"}
