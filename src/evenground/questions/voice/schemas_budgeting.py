"""Tables of a vote on a budget that the initiative held: its rule, its projects, its ballots."""

from __future__ import annotations

from evenground.language import N_
from evenground.questions.voice.measures.budgeting.equal_shares import COMPLETIONS, SATISFACTIONS
from evenground.questions.voice.measures.budgeting.named_rules import RULES
from evenground.questions.voice.measures.budgeting.tie_order import TIE_ORDERS
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

VOTE_TYPES = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
"""Ways of voting; on a ballot of the third and fourth stand points, on one of the last an order."""
_VOTE = Column(name="vote", kind=Kind.TEXT, required=True, example="2026", refers_to="budget_votes.vote", meaning=N_("Short code of the vote"))

BUDGET_VOTES = TableSchema(
    name="budget_votes",
    meaning=N_("Votes on what a budget is spent on: how much, and by which rule they are counted"),
    key=("vote",),
    columns=(
        Column(name="vote", kind=Kind.TEXT, required=True, example="2026", meaning=N_("Short code of the vote")),
        Column(name="name", kind=Kind.TEXT, example="Budget of Saltmarsh 2026", meaning=N_("What it is called")),
        Column(name="step", kind=Kind.TEXT, example="vote", meaning=N_("Step of participation, as in the table of events")),
        Column(name="budget", kind=Kind.NUMBER, required=True, low=0, unit="currency", example="250000", meaning=N_("Money that was voted on")),
        Column(name="vote_type", kind=Kind.TEXT, choices=VOTE_TYPES, example="approval", meaning=N_("What ballots say: approvals, one project, points or an order; approvals when empty")),
        Column(name="rule", kind=Kind.TEXT, choices=RULES, example="greedy", meaning=N_("Rule by which ballots were to be counted; greedy when empty")),
        Column(name="satisfaction", kind=Kind.TEXT, choices=SATISFACTIONS, meaning=N_("Worth of a funded project in equal shares and knapsack; its cost when empty")),
        Column(name="completion", kind=Kind.TEXT, choices=COMPLETIONS, meaning=N_("How equal shares spends what is left; none when empty")),
        Column(name="threshold", kind=Kind.INTEGER, low=0, unit="votes", meaning=N_("Fewest votes with which a project takes part")),
        Column(name="ties", kind=Kind.TEXT, choices=TIE_ORDERS, meaning=N_("Which project wins a tie; as listed when empty")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("Where this stands")),
    ),
)

BALLOT_PROJECTS = TableSchema(
    name="ballot_projects",
    meaning=N_("Projects on the ballots of a vote, and which of them were announced as funded"),
    key=("vote", "project_id"),
    columns=(
        _VOTE,
        Column(name="project_id", kind=Kind.TEXT, required=True, example="12", meaning=N_("Short code, as on the ballots")),
        Column(name="name", kind=Kind.TEXT, example="More bins", meaning=N_("What it is called")),
        Column(name="cost", kind=Kind.NUMBER, required=True, low=0, unit="currency", example="40000", meaning=N_("What it costs")),
        Column(name="district", kind=Kind.TEXT, meaning=N_("District that it is for; empty for the whole city")),
        Column(name="place", kind=Kind.INTEGER, low=1, example="1", meaning=N_("Place in the list, which decides ties as listed; by the code when empty")),
        Column(name="announced", kind=Kind.BOOLEAN, meaning=N_("Whether it was announced as funded; empty where nothing was")),
        Column(name="takes_part", kind=Kind.BOOLEAN, meaning=N_("Whether it takes part in the count; yes when empty")),
    ),
)

BALLOTS = TableSchema(
    name="ballots",
    meaning=N_("Ballots of a vote, one per voter, without names: which projects each names"),
    key=("vote", "voter_id"),
    columns=(
        _VOTE,
        Column(name="voter_id", kind=Kind.TEXT, required=True, example="1", meaning=N_("A number of the ballot that leads to nobody")),
        Column(name="choices", kind=Kind.TEXT, example="12, 7", meaning=N_("Projects that it names, the first choice first, apart by commas; empty for none")),
        Column(name="points", kind=Kind.TEXT, example="3, 2", meaning=N_("Points of each of them in the same order, where ballots give points")),
        Column(name="age", kind=Kind.INTEGER, low=0, high=130, unit="years", meaning=N_("Age, if it was asked")),
        Column(name="sex", kind=Kind.TEXT, meaning=N_("Sex, if it was asked")),
        Column(name="district", kind=Kind.TEXT, meaning=N_("District where the voter lives, if it was asked")),
        Column(name="voting_method", kind=Kind.TEXT, example="paper", meaning=N_("Way of voting: paper, internet …")),
    ),
)

BUDGETING_TABLES: tuple[TableSchema, ...] = (BUDGET_VOTES, BALLOT_PROJECTS, BALLOTS)
