"""Checks of what was selected against the greedy rules, as Pabulib's checker does.

It compares with one order of ties (as listed) and plain greedy rules only; counting by every rule,
with ties and reasons, is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evenground.connectors.pabulib.amounts import amount
from evenground.connectors.pabulib.checks import count_messages as say
from evenground.connectors.pabulib.document import WITHDRAWN_COST
from evenground.connectors.pabulib.parsed import Parsed
from evenground.errors import Place, Problem

_PLAIN = ("greedy", "greedy-threshold")
_LOOSE = ("greedy-exclusive", "greedy-custom")
_PART = Decimal("0.8")
"""Of a project's cost that must be left for Poznań to fund it with other money."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ranked:
    """A project in the order in which a greedy rule takes it up."""

    key: str
    line: int
    cost: Decimal
    score: Decimal
    selected: str


def selection_problems(data: Parsed) -> Iterator[Problem]:
    """Yield what was selected against the rule that META names."""
    selected = data.file.projects.texts("selected")
    rule = data.file.value("rule")
    if not any(selected):
        yield say.SELECTED_MISSING.at(data.file.place("PROJECTS", None, "selected"))
        return
    ranked = _ranked(data)
    at = data.file.place("META", data.file.meta_line("rule"), "rule")
    threshold = data.number("min_project_score_threshold")
    if rule == "greedy" and threshold is not None:
        yield say.THRESHOLD_NEEDLESS.at(at, value=threshold)
    if rule == "greedy-threshold" and threshold is None:
        yield say.THRESHOLD_MISSING.at(at)
    if rule == "greedy-custom" and not data.file.value("comment"):
        yield say.CUSTOM_UNEXPLAINED.at(at)
    if ranked is None or data.budget is None or not rule.startswith("greedy"):
        return
    least = threshold or Decimal(0)
    if rule != "greedy-custom":
        yield from _below(data, ranked, least)
    yield from _money_left(data, ranked, least, at)
    yield from _compared(data, ranked, least, at)


def _ranked(data: Parsed) -> list[_Ranked] | None:
    """Return projects with most points first; as listed where equal; ``None`` without scores."""
    projects = data.file.projects
    column = "score" if projects.has("score") else "votes"
    rows: list[_Ranked] = []
    for key, line, cost, text, selected in zip(
        data.ids,
        projects.lines.tolist(),
        data.costs,
        projects.texts(column),
        projects.texts("selected"),
        strict=True,
    ):
        score = amount(text or "0")
        if cost is None or score is None or not projects.has(column):
            return None
        rows.append(_Ranked(key=key, line=line, cost=cost, score=score, selected=selected))
    return sorted(rows, key=lambda row: -row.score)


def _below(data: Parsed, ranked: list[_Ranked], least: Decimal) -> Iterator[Problem]:
    for row in ranked:
        if row.selected == "1" and row.score < least:
            place = data.file.place("PROJECTS", row.line, "selected")
            yield say.BELOW_THRESHOLD.at(place, value=row.score, limit=least, project=row.key)


def _money_left(
    data: Parsed, ranked: list[_Ranked], least: Decimal, at: Place
) -> Iterator[Problem]:
    rule, budget = data.file.value("rule"), data.budget or Decimal(0)
    left = budget - sum(row.cost for row in ranked if row.selected == "1")
    if rule not in (*_PLAIN, *_LOOSE) or data.file.value("fully_funded") == "1":
        return
    room, could = left, list[str]()
    for row in ranked:
        if row.selected == "0" and (row.score > least or not least) and row.cost <= room:
            could.append(row.key)
            room -= row.cost
    if could:
        kind = say.MONEY_LEFT if rule in _PLAIN else say.MONEY_LEFT_OTHERWISE
        yield kind.at(at, value=", ".join(could), left=left, counted_by=rule)


def _compared(data: Parsed, ranked: list[_Ranked], least: Decimal, at: Place) -> Iterator[Problem]:
    rule, budget = data.file.value("rule"), data.budget or Decimal(0)
    chosen = {row.key for row in ranked if row.selected == "1"}
    if rule == "greedy-custom" and data.file.value("unit") == "Poznań":
        chosen = {row.key for row in ranked if row.selected in {"1", "2", "3"}}
        n_extra = sum(row.selected == "3" for row in ranked)
        winners = _poznan(ranked, budget, n_extra)
    else:
        stops = rule == "greedy-no-skip"
        winners = _greedy(ranked, budget, least, stops=stops)
    if chosen != winners:
        kind = say.RULE_DOUBTFUL if rule in _LOOSE else say.RULE_BROKEN
        yield kind.at(
            at,
            value=", ".join(sorted(chosen - winners)) or "—",
            instead=", ".join(sorted(winners - chosen)) or "—",
            counted_by=rule,
        )


def _greedy(ranked: list[_Ranked], budget: Decimal, least: Decimal, *, stops: bool) -> set[str]:
    """Return winners: each project that fits, most points first; to the first that does not."""
    winners: set[str] = set()
    for row in ranked:
        if row.score < least or row.cost == WITHDRAWN_COST:
            continue
        if row.cost <= budget:
            winners.add(row.key)
            budget -= row.cost
        elif stops:
            break
    return winners


def _poznan(ranked: list[_Ranked], budget: Decimal, n_extra: int) -> set[str]:
    """Return winners in Poznań: to the first that does not fit, and it too if 80 % of it do.

    Source: comment #1 of Poland_Poznan_2024_8_-_Chartowo_Rataje_Zegrze__small.pb, Pabulib. As many
    further ones as are marked 3 come next by votes.
    """
    winners: set[str] = set()
    for row in ranked:
        if row.cost > budget:
            if budget >= row.cost * _PART:
                winners.add(row.key)
            break
        winners.add(row.key)
        budget -= row.cost
    others = [row.key for row in ranked if row.key not in winners]
    return winners | set(others[:n_extra])
