"""The table by which a city sets other thresholds than the default ones."""

from __future__ import annotations

from evenground.language import N_
from evenground.questions.data.purposes.model import MEASURES, PURPOSES
from evenground.questions.data.purposes.purpose_rules import RULES
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

ASPECTS: tuple[str, ...] = tuple(sorted({rule.aspect for rule in RULES if rule.aspect}))
UNITS: tuple[str, ...] = ("share", "s", "m", "people", "points", "declared")

PURPOSE_RULES = TableSchema(
    name="purpose_rules",
    meaning=N_("What data must come up to for a purpose, where the city asks something else than the default"),
    key=("measure", "aspect", "purpose"),
    columns=(
        Column(name="measure", kind=Kind.TEXT, required=True, choices=MEASURES, meaning=N_("Measure")),
        Column(name="aspect", kind=Kind.TEXT, choices=ASPECTS, meaning=N_("Aspect of it; the measure itself when empty")),
        Column(name="purpose", kind=Kind.TEXT, required=True, choices=PURPOSES, meaning=N_("Purpose")),
        Column(name="at_least", kind=Kind.NUMBER, example="0.85", meaning=N_("What it must be at least")),
        Column(name="at_most", kind=Kind.NUMBER, example="0.3", meaning=N_("What it must be at most")),
        Column(name="unit", kind=Kind.TEXT, choices=UNITS, example="share", meaning=N_("Unit of both; the measure's own when empty")),
        Column(name="asked", kind=Kind.BOOLEAN, example="yes", meaning=N_("no: nothing is asked of it for this purpose; yes when empty")),
        Column(name="origin", kind=Kind.TEXT, required=True, example="Council decision of 4 May 2026", meaning=N_("Who set it, where it stands")),
    ),
)

TABLES: tuple[TableSchema, ...] = (PURPOSE_RULES,)
