"""Tables of a panel drawn by lot: who could be drawn, the quotas, who was drawn."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

PANEL_POOL = TableSchema(
    name="panel_pool",
    meaning=N_("People who could be drawn for a panel: who is a pseudonym, and is never shown"),
    key=("person", "feature"),
    columns=(
        Column(name="person", kind=Kind.TEXT, required=True, example="p0417", meaning=N_("A pseudonym")),
        Column(name="feature", kind=Kind.TEXT, required=True, example="age", meaning=N_("A feature that has quotas")),
        Column(name="value", kind=Kind.TEXT, required=True, example="16-29", meaning=N_("What the person said")),
    ),
)

PANEL_QUOTAS = TableSchema(
    name="panel_quotas",
    meaning=N_("How many people with a value of a feature the panel was to have"),
    key=("feature", "value"),
    columns=(
        Column(name="feature", kind=Kind.TEXT, required=True, example="age", meaning=N_("The feature")),
        Column(name="value", kind=Kind.TEXT, required=True, example="16-29", meaning=N_("Its value")),
        Column(name="min", kind=Kind.INTEGER, required=True, example="5", meaning=N_("At the least")),
        Column(name="max", kind=Kind.INTEGER, required=True, example="7", meaning=N_("At the most")),
    ),
)

PANEL_MEMBERS = TableSchema(
    name="panel_members",
    meaning=N_("Chances that were told to people of the pool, and who was drawn"),
    key=("person",),
    columns=(
        Column(name="person", kind=Kind.TEXT, required=True, example="p0417", meaning=N_("As in the pool")),
        Column(name="drawn", kind=Kind.BOOLEAN, required=True, example="true", meaning=N_("Whether on the panel")),
        Column(name="probability", kind=Kind.NUMBER, example="0.083", meaning=N_("The chance of being drawn that was published, 0-1, if any was")),
    ),
)

PANEL_TABLES: tuple[TableSchema, ...] = (PANEL_POOL, PANEL_QUOTAS, PANEL_MEMBERS)
