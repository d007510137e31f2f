"""Saltmarsh with promises: how they are judged, what came, what it costs, what others saw."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import sin
from typing import Any

from evenground.initiative import Decision
from evenground.tests.towns import Row, Town, saltmarsh

DECIDED = Decision(body="Technical Committee", date=date(2026, 6, 10))
BINS: Row = {
    "promise_id": "bins", "words": "A quarter fewer full bins by next summer", "kind": "outcome",
    "who": "Binsight", "indicator": "full_bins", "unit": "full bins a week", "direction": "less",
    "baseline": 40.0, "baseline_date": date(2025, 1, 31), "baseline_dataset": "levels",
    "target": 30.0, "by": date(2026, 6, 30), "place": "the whole town", "groups": "everyone",
    "minimum_effect": 4.0, "floor_worst_group": 0.0, "delivery_threshold": 0.5,
    "outcome_source": "outcomes", "informs": "whether to buy the rest", "judged_by": "indicator",
    "document": "offer.pdf", "page": 4,
}  # fmt: skip
SAID: Row = {
    "promise_id": "heard", "words": "Crews have a say in the rounds", "kind": "social",
    "judged_by": "accounts", "by": date(2026, 6, 30), "who": "The city",
}  # fmt: skip
JUDGED: Row = {
    "promise_id": "bins", "design": "randomised", "alpha": 0.05, "starts": date(2025, 7, 1),
    "period": "month", "horizon_months": 12.0,
}  # fmt: skip
MONTHS = tuple(f"{2024 + n // 12}-{n % 12 + 1:02}" for n in range(24))
"""Eighteen months before the first bins and six after."""
STARTS = 18


def by_lot(town: Town) -> Town:
    """Return the town with bins in every second area, drawn by lot, and ten fewer full ones."""
    areas = [row["area_id"] for row in town.rows["areas"]]
    treated = areas[::2]
    outcomes = [
        {
            "indicator": "full_bins", "unit_id": area, "period": period,
            "value": 40.0 + n + 2.0 * sin(3.0 * at + n) + sin(7.0 * n * at)
            - 10.0 * (area in treated and at >= STARTS),
        }
        for n, area in enumerate(areas)
        for at, period in enumerate(MONTHS)
    ]  # fmt: skip
    outcomes += [
        {"indicator": "noise", "unit_id": area, "period": period, "value": 5.0 + sin(n + 5.0 * at)}
        for n, area in enumerate(areas)
        for at, period in enumerate(MONTHS)
    ]
    rollout = [
        {"unit_id": area, "promise_id": "bins", "planned_start": date(2025, 7, 1),
         "started": date(2025, 7, 1), "arm": "treated"}
        if area in treated else {"unit_id": area, "promise_id": "bins", "arm": "as today"}
        for area in areas
    ]  # fmt: skip
    return promised(town).having(evaluation=[JUDGED], outcomes=outcomes, rollout=rollout)


def promised(town: Town, *rows: Row) -> Town:
    """Return the town with promises: one by a number, one by what people say, unless others."""
    return town.having(promises=rows or (BINS, SAID)).initiative_with(
        decision=DECIDED, offered_by="Binsight"
    )


def beside_promises() -> dict[str, Any]:
    """Return rows of every other table that Promise reads."""
    results = {"scale": "Buy the rest", "adjust": "Move the rounds", "stop": "End the licence"}
    return {
        "harms": (
            {"harm_id": "noise", "promise_id": "bins", "indicator": "noise",
             "unit": "complaints a month", "worse_when": "more", "limit": 2.0},
        ),
        "responses": tuple(
            {"promise_id": "bins", "result": result, "response": words}
            for result, words in results.items()
        ),
        "decisions": (
            {"date": date(2026, 1, 20), "promise_id": "bins", "body": "Technical Committee",
             "result": "cannot_tell", "decided": "none", "why": "Too early to say"},
        ),
        "events": ({"date": date(2025, 9, 1), "kind": "context", "text": "A market moved"},),
        "cost_lines": tuple(
            {"option": "all", "year": year, "kind": kind, "amount": amount, "price_year": 2026}
            for year, kind, amount in (
                (2026, "purchase", 60_000.0), (2026, "subscription", 9_000.0),
                (2027, "subscription", 9_000.0), (2028, "leaving", None),
            )
        ),
        "exit_terms": (
            {"option": "all", "about": "data_ownership", "words": "Data stay with the supplier"},
        ),
        "benefit_values": ({"promise_id": "bins", "amount": 12.0},),
        "initiative_datasets": (
            {"dataset_id": "levels", "title": "Fill levels"},
            {"dataset_id": "rounds", "title": "Rounds", "informs": "when to empty"},
        ),
        "initiative_accounts": (
            {"text": "They asked us once", "role": "crew", "date": date(2026, 2, 1),
             "consent": "public", "about": "heard"},
        ),
        "past_initiatives": (
            {"initiative_id": "i1", "title": "Underground bins", "domain": "waste",
             "stage": "ended"},
        ),
        "agency_indicators": tuple(
            {"agency": "Public works", "year": 2024, "measure": f"Measure {n}", "target": "10",
             "actual": str(4 * n), "rating": "fully achieved" if n > 2 else "not achieved"}
            for n in range(1, 6)
        ),
        **_past_and_elsewhere(),
    }  # fmt: skip


def _past_and_elsewhere() -> dict[str, Any]:
    """Return rows of what was promised before, and of what other cities saw."""
    cities = {"Saltmarsh": 3.0, "Aarhus": 6.0, "Ghent": 2.5, "Graz": 4.0, "Turku": 3.5, "Vigo": 5.0}
    return {
        "past_promises": tuple(
            {"initiative_id": f"i{n}", "promise_id": f"p{n}", "domain": "waste", "kind": "outcome",
             "direction": "more", "baseline": 0.0, "promised": 10.0, "delivered": float(n),
             "promised_cost": 100.0, "cost": 100.0 + 20 * n, "stage": "ended",
             "started_on": date(2015, 1, 1), "promised_by": date(2016, 1, 1),
             "delivered_on": date(2016, 1 + n, 1)}
            for n in range(1, 8)
        ),
        "borrowed": tuple(
            {"promise_id": "bins", "from_city": city, "effect": effect, "low": effect - 3.0,
             "high": effect + 3.0, "unit": "full bins a week", "found_by": "vendor"}
            for city, effect in (("Aarhus", 12.0), ("Ghent", 6.0), ("Graz", 9.0))
        ),
        "context_profile": tuple(
            {"city": city, "dimension": "collections per bin and week", "value": value,
             "unit": "a week"}
            for city, value in cities.items()
        ),
    }  # fmt: skip


def everything() -> Town:
    """Return the town with every table that Promise reads, judged though nothing is sealed."""
    return by_lot(saltmarsh()).having(**beside_promises()).unsealed()


OF_PROMISE: Mapping[str, Callable[[], Town]] = {
    "promised": lambda: promised(saltmarsh()),
    "promised by lot": everything,
}
