"""Decidim's exports of budgets as a vote.

Projects: the export of a budgets component as CSV, XLSX or JSON (``ProjectSerializer``). Ballots:
orders with their projects, as a table of line items (``decidim_order_id``, ``decidim_project_id``)
or a row per order with a list of projects; JSON of orders has ``projects`` with their ids. From
2026 on Decidim also writes ``.pb`` files itself, which are read like any other.

Source: github.com/decidim/decidim, decidim-budgets (project_serializer.rb,
download_your_data_budgets_order_serializer.rb) and decidim-core (exporters/csv.rb).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evenground.connectors.exported_table import ExportedTable
from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.platforms import messages as say
from evenground.connectors.platforms.parts import chosen_part, columns_missing
from evenground.connectors.platforms.terms import VoteTerms
from evenground.connectors.platforms.vote import OneProject, vote_of
from evenground.errors import Place, Problem

ID = ("id", "project_id")
COST = ("budget_amount", "budget")
BUDGET_ID = ("budget/id", "decidim_budgets_budget_id", "budget_id")
VOTES = ("confirmed_votes",)
SELECTED = ("selected_at", "selected")
ORDER = ("decidim_order_id", "order_id", "ballot_id", "voter_id", "id")
LINES = ("decidim_project_id", "project_id", "projects/id", "project_ids", "projects", "vote")
HANDED_IN = ("checked_out_at",)
_TAXONOMIES = ("taxonomies/name", "category/name")
_TRANSLATED = re.compile(r'"[A-Za-z_-]+"\s*(?:=>|:)\s*"([^"]*)"')
_NOTHING = ("", "false", "0", "no", "null", "nil")


def decidim_vote(
    projects: ExportedTable, orders: ExportedTable, *, terms: VoteTerms
) -> PabulibFile:
    """Return a vote held with Decidim; what the exports lack is among its problems, as notes.

    Parameters
    ----------
    projects
        The export of projects.
    orders
        Orders with their projects.
    terms
        What the exports do not say; ``part`` is the id of the budget.
    """
    problems = [
        *columns_missing(projects, {"the project's id": ID, "its cost": COST}),
        *columns_missing(orders, {"the ballot": ORDER, "its projects": LINES}),
    ]
    keep, found = chosen_part(projects, BUDGET_ID, terms.part)
    problems.extend(found)
    listed = list(_projects(projects, keep, terms.language))
    every = set(projects.texts(ID))
    ballots, begun = _ballots(orders, {project.key for project in listed}, every)
    if begun:
        place = Place(file=orders.file, row=begun[0])
        problems.append(say.UNFINISHED.at(place, n_rows=len(begun)))
    problems.extend(_lacks(projects, terms))
    return vote_of(
        listed,
        ballots,
        days=[text for text in orders.texts(HANDED_IN) if text],
        terms=terms,
        problems=problems,
    )


def _projects(table: ExportedTable, keep: Sequence[bool], language: str) -> Iterator[OneProject]:
    selected = table.texts(SELECTED) if table.named(SELECTED) else None
    titles = table.texts((f"title/{language}", "title", *_like(table, "title/")))
    labels = table.texts((*(f"{name}/{language}" for name in _TAXONOMIES), *_taxonomies(table)))
    for at, (row, key, cost, votes) in enumerate(
        zip(table.rows, table.texts(ID), table.texts(COST), table.texts(VOTES), strict=True)
    ):
        if keep[at]:
            yield OneProject(
                key=key,
                row=row,
                cost=cost,
                votes=votes,
                name=titles[at],
                category=_labels(labels[at]),
                selected=None if selected is None else _flag(selected[at]),
                latitude=table.texts(("latitude",))[at] if table.named(("latitude",)) else "",
                longitude=table.texts(("longitude",))[at] if table.named(("longitude",)) else "",
            )


def _flag(text: str) -> str:
    return "0" if text.casefold() in _NOTHING else "1"


def _like(table: ExportedTable, start: str) -> tuple[str, ...]:
    return tuple(name for name in table.columns if name.startswith(start))


def _taxonomies(table: ExportedTable) -> tuple[str, ...]:
    return tuple(name for start in _TAXONOMIES for name in (start, *_like(table, f"{start}/")))


def _labels(text: str) -> str:
    """Return labels between commas; Decidim writes translated ones as a record in Ruby's form."""
    translated = _TRANSLATED.findall(text)
    labels = translated or [part.strip() for part in text.split(",")]
    return ",".join(dict.fromkeys(label for label in labels if label))


def _ballots(
    orders: ExportedTable, on_ballot: set[str], every: set[str]
) -> tuple[dict[str, tuple[int, list[str]]], list[int]]:
    """Return the projects of each order with its row, and the rows of orders never handed in.

    Projects of the other budgets belong to other votes; one that no budget has is kept, so that it
    is told.
    """
    handed_in = orders.texts(HANDED_IN) if orders.named(HANDED_IN) else None
    ballots: dict[str, tuple[int, list[str]]] = {}
    begun: list[int] = []
    for at, (row, order, lines) in enumerate(
        zip(orders.rows, orders.texts(ORDER), orders.texts(LINES), strict=True)
    ):
        if handed_in is not None and not handed_in[at]:
            begun.append(row)
            continue
        named = [part.strip() for part in lines.strip("[]{}").split(",") if part.strip()]
        here = [name for name in named if name in on_ballot or name not in every]
        if here or not named:
            ballots.setdefault(order, (row, []))[1].extend(here)
    return ballots, begun


def _lacks(projects: ExportedTable, terms: VoteTerms) -> Iterator[Problem]:
    place = Place(file=projects.file)
    if not terms.budget:
        yield say.BUDGET.at(place)
    if not terms.rule:
        yield say.LACKS_RULE.at(place)
    if not projects.named(SELECTED):
        yield say.LACKS_WINNERS.at(place, known=", ".join(SELECTED))
    yield say.LACKS_VOTERS.at(place)
