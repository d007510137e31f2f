"""Promises of a cost, a date or something built, beside what was counted."""

from __future__ import annotations

import pytest

from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    promise,
    said_of,
    the_one,
    town,
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
    "cost kept": lambda: measured("cost", 29_000.0, target=30_000.0, direction="less"),
    "cost over": lambda: measured("cost", 45_000.0, target=30_000.0, direction="less"),
    "cost not measured": lambda: measured("cost", None, target=30_000.0, direction="less"),
    "counted less by others": lambda: counted(by_others=290.0),
    "counted later by others": lambda: counted(by_others=300.0, period="2027-06"),
    "built": lambda: measured("output", 240.0, target=300.0, direction="more", unit="hotspots"),
}


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
    later = said_of("kept: counted later by others")
    assert later.told("kept").finding.verdict.code == "kept"
    assert later.caveats("kept") == ["Somebody else counted 300 in 2027-06: the map."]
