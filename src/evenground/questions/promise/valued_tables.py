"""The table that says what an effect is worth in money, and to whom."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off
BENEFIT_VALUES = TableSchema(
    name="benefit_values",
    meaning=N_("What one unit of a promise's effect is worth a year in money, and to whom"),
    columns=(
        Column(name="promise_id", kind=Kind.TEXT, required=True, refers_to="promises.promise_id", example="B1", meaning=N_("Short code of the promise")),
        Column(name="option", kind=Kind.TEXT, refers_to="options.key", meaning=N_("Option that it is worth so much with; empty for every option but going on as today")),
        Column(name="group", kind=Kind.TEXT, example="Northfield", meaning=N_("Who gains; empty for all together")),
        Column(name="amount", kind=Kind.NUMBER, unit="city currency", meaning=N_("Money a year for one unit of effect in the promised direction, all places of the option together; below 0 for those who lose")),
        Column(name="first_year", kind=Kind.INTEGER, low=1800, high=2200, meaning=N_("First year in which it counts; the option's first year when empty")),
        Column(name="last_year", kind=Kind.INTEGER, low=1800, high=2200, meaning=N_("Last year in which it counts; the option's last year when empty")),
        Column(name="income", kind=Kind.NUMBER, low=0, unit="city currency", meaning=N_("Median income of those who gain, in the unit of the city's setting median_income; empty when nobody knows it")),
        Column(name="price_year", kind=Kind.INTEGER, low=1800, high=2200, meaning=N_("Year of the prices")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("Where this stands")),
    ),
)
# fmt: on
