"""Tables of an opinion map: statements, and votes on them by pseudonym."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

OPINION_STATEMENTS = TableSchema(
    name="opinion_statements",
    meaning=N_("Statements that people could agree or disagree with"),
    key=("statement",),
    columns=(
        Column(name="statement", kind=Kind.TEXT, required=True, example="12", meaning=N_("Its number or short name")),
        Column(name="text", kind=Kind.TEXT, required=True, example="Close the street on Saturdays", meaning=N_("What it says")),
        Column(name="moderated", kind=Kind.INTEGER, example="1", meaning=N_("1 accepted, 0 not looked at, -1 rejected; rejected ones are left out")),
    ),
)

OPINION_VOTES = TableSchema(
    name="opinion_votes",
    meaning=N_("Votes on statements: who is a pseudonym, and is never shown"),
    key=("participant", "statement"),
    columns=(
        Column(name="participant", kind=Kind.TEXT, required=True, example="p0417", meaning=N_("A pseudonym, the same for all votes of one person")),
        Column(name="statement", kind=Kind.TEXT, required=True, example="12", meaning=N_("Which statement")),
        Column(name="vote", kind=Kind.INTEGER, required=True, example="-1", meaning=N_("1 agree, 0 pass, -1 disagree")),
    ),
)

OPINION_TABLES: tuple[TableSchema, ...] = (OPINION_STATEMENTS, OPINION_VOTES)
