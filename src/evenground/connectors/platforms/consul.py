"""CONSUL's exports of a participatory budget as a vote.

Investments: the table ``budget_investments`` (id, title, price, heading_id, selected, winner …), or
the CSV file of the administration, whose thirteen columns are known by their place because their
names are translated, and whose price stands in words, "Feasible (€10,000)". Ballots: the table
``budget_ballot_lines`` (ballot_id, investment_id), which no page of CONSUL exports: who runs it
takes the table from the database.

Source: github.com/consuldemocracy/consuldemocracy (app/models/budget/investment/exporter.rb,
db/schema.rb).
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

ID = ("id", "investment_id")
COST = ("price",)
HEADING = ("heading_id", "heading", "heading_name")
SELECTED = ("selected",)
WINNER = ("winner",)
ON_PAPER = ("physical_votes",)
VOTES = ("ballot_lines_count",)
BALLOT = ("ballot_id",)
LINE = ("investment_id",)
_ADMINISTRATION = {0: "id", 1: "title", 6: "heading", 7: "price", 10: "selected"}
_N_COLUMNS = 13
_YES = ("true", "t", "1", "yes", "sí", "si", "oui", "ja", "sim", "tak", "sì", "da", "ano", "po")
_IN_BRACKETS = re.compile(r"\(([^()]*\d[^()]*)\)")


def consul_vote(
    investments: ExportedTable, lines: ExportedTable, *, terms: VoteTerms
) -> PabulibFile:
    """Return a vote held with CONSUL; what the exports lack is among its problems, as notes.

    Parameters
    ----------
    investments
        Investments, of one heading or several.
    lines
        Lines of ballots.
    terms
        What the exports do not say; ``part`` is the id of the heading, or its name.
    """
    table = _by_place(investments)
    problems = [
        *columns_missing(table, {"the investment's id": ID, "its price": COST}),
        *columns_missing(lines, {"the ballot": BALLOT, "its investment": LINE}),
    ]
    keep, found = chosen_part(table, HEADING, terms.part)
    problems.extend(found)
    listed, aside = _projects(table, keep)
    if aside:
        problems.append(
            say.NOT_ON_BALLOT.at(Place(file=table.file, row=aside[0]), n_rows=len(aside))
        )
    ballots = _ballots(lines, {project.key for project in listed}, set(table.texts(ID)))
    problems.extend(_lacks(table, keep, terms))
    return vote_of(
        listed, ballots, days=lines.texts(("created_at",)), terms=terms, problems=problems
    )


def _by_place(table: ExportedTable) -> ExportedTable:
    """Return the administration's file with the names of the database."""
    if table.named(COST) or len(table.columns) != _N_COLUMNS:
        return table
    columns = list(table.columns.values())
    named = {name: list(columns[at]) for at, name in _ADMINISTRATION.items()}
    named["price"] = [_price(text) for text in named["price"]]
    return ExportedTable(file=table.file, columns=named, rows=table.rows)


def _price(text: str) -> str:
    """Return the price out of "Viable (10.000 €)": CONSUL writes no decimals there."""
    found = _IN_BRACKETS.search(text)
    return "".join(character for character in found[1] if character.isdigit()) if found else ""


def _projects(table: ExportedTable, keep: Sequence[bool]) -> tuple[list[OneProject], list[int]]:
    """Return the investments on the ballot, and the rows of those of the part that are not."""
    selected = table.texts(SELECTED) if table.named(SELECTED) else ["true"] * len(table.rows)
    winners = table.texts(WINNER) if table.named(WINNER) else None
    columns = (table.texts(ID), table.texts(COST), table.texts(("title",)), table.texts(VOTES))
    latitudes, longitudes = table.texts(("latitude",)), table.texts(("longitude",))
    headings = table.texts(("heading_name", "heading", "heading_id"))
    listed: list[OneProject] = []
    aside: list[int] = []
    for at, (key, cost, title, votes) in enumerate(zip(*columns, strict=True)):
        if not keep[at]:
            continue
        if not _is_yes(selected[at]):
            aside.append(table.rows[at])
            continue
        listed.append(
            OneProject(
                key=key,
                row=table.rows[at],
                cost=cost,
                votes=votes,
                name=title,
                neighbourhood=headings[at],
                selected=None if winners is None else str(int(_is_yes(winners[at]))),
                latitude=latitudes[at],
                longitude=longitudes[at],
            )
        )
    return listed, aside


def _is_yes(text: str) -> bool:
    return text.casefold() in _YES


def _ballots(
    lines: ExportedTable, on_ballot: set[str], every: set[str]
) -> dict[str, tuple[int, list[str]]]:
    """Return the investments of each ballot with its first row; other headings are other votes."""
    ballots: dict[str, tuple[int, list[str]]] = {}
    for row, ballot, name in zip(lines.rows, lines.texts(BALLOT), lines.texts(LINE), strict=True):
        if name in on_ballot or name not in every:
            ballots.setdefault(ballot, (row, []))[1].append(name)
    return ballots


def _lacks(table: ExportedTable, keep: Sequence[bool], terms: VoteTerms) -> Iterator[Problem]:
    place = Place(file=table.file)
    if not terms.budget:
        yield say.BUDGET.at(place)
    if not terms.rule:
        yield say.LACKS_RULE.at(place)
    if not table.named(WINNER):
        yield say.LACKS_WINNERS.at(place, known=", ".join(WINNER))
    yield say.LACKS_VOTERS.at(place)
    paper = sum(
        int(text)
        for text, here in zip(table.texts(ON_PAPER), keep, strict=True)
        if here and text.isdigit()
    )
    if paper:
        yield say.LACKS_PAPER.at(place, n_rows=paper)
