"""Checks of money: costs, the budget, and what was selected."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evenground.connectors.pabulib.checks import count_messages as say
from evenground.connectors.pabulib.document import WITHDRAWN_COST
from evenground.connectors.pabulib.parsed import Parsed
from evenground.errors import Problem


def money_problems(data: Parsed) -> Iterator[Problem]:
    """Yield costs above the budget, selected projects beyond it, and flags that do not fit."""
    if data.budget is None:
        return
    selected = data.file.projects.texts("selected")
    spent = total = Decimal(0)
    for line, key, cost, chosen in zip(
        data.file.projects.lines.tolist(), data.ids, data.costs, selected, strict=True
    ):
        if cost is None:
            continue
        total += cost
        spent += cost if chosen == "1" else 0
        at = data.file.place("PROJECTS", line, "cost")
        if cost == WITHDRAWN_COST:
            kind = say.WITHDRAWN_SELECTED if chosen == "1" else say.WITHDRAWN
            yield kind.at(at, value=cost, project=key)
        elif cost > data.budget:
            yield say.COST_ABOVE_BUDGET.at(at, value=cost, project=key, budget=data.budget)
    yield from _totals(data, spent, total)


def _totals(data: Parsed, spent: Decimal, total: Decimal) -> Iterator[Problem]:
    budget = data.budget or Decimal(0)
    at = data.file.place("META", data.file.meta_line("budget"), "budget")
    if spent > budget:
        yield say.OVERSPENT.at(at, value=spent, budget=budget)
    if data.file.value("fully_funded") == "1":
        if total > budget:
            line = data.file.meta_line("fully_funded")
            at = data.file.place("META", line, "fully_funded")
            yield say.NOT_FULLY_FUNDED.at(at, value=total, budget=budget)
    elif data.ids and total <= budget:
        yield say.ALL_AFFORDABLE.at(at, value=total, budget=budget)
