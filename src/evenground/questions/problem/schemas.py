"""Tables that only Problem brings: what counts as need, and which basic services there should be."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

NEEDS_TABLE = TableSchema(
    name="needs",
    meaning=N_("Indicators that show a need: which way, measured how, with which weight and whose signature"),
    key=("indicator",),
    columns=(
        Column(name="indicator", kind=Kind.TEXT, required=True, example="full_bins_found", meaning=N_("Indicator of the city's table")),
        Column(name="name", kind=Kind.TEXT, example="full bins found by crews", meaning=N_("What readers see")),
        Column(name="domain", kind=Kind.TEXT, example="waste", meaning=N_("Service that it is a need for, as in the initiative; empty for any")),
        Column(name="period", kind=Kind.TEXT, example="2025", meaning=N_("Its period; the latest when empty")),
        Column(name="worse_when", kind=Kind.TEXT, choices=("more", "less"), meaning=N_("Whether more or less of it is more need; more when empty")),
        Column(name="per", kind=Kind.TEXT, example="total", meaning=N_("For a number that was counted: the group of the population table that it is divided by; empty for a share or an average")),
        Column(name="share_of", kind=Kind.TEXT, example="households", meaning=N_("For a share: the group of the population table that it is a share of")),
        Column(name="measured_by", kind=Kind.TEXT, choices=("count", "register", "survey", "model", "reports"), meaning=N_("How it is known; reports are what people complained of")),
        Column(name="weight", kind=Kind.NUMBER, low=0, meaning=N_("Weight when needs are put together; empty where the city does not want that")),
        Column(name="signed_by", kind=Kind.TEXT, example="Technical Committee", meaning=N_("Who signed the weight")),
        Column(name="signed_on", kind=Kind.DATE, meaning=N_("When it was signed")),
    ),
)

BASIC_SERVICES = TableSchema(
    name="basic_services",
    meaning=N_("Basic services that everyone should have, each with its standard and what one more costs"),
    key=("service",),
    columns=(
        Column(name="service", kind=Kind.TEXT, required=True, example="bus stop", meaning=N_("Kind, as in the column kind of the table of services")),
        Column(name="name", kind=Kind.TEXT, example="bus stops", meaning=N_("What several of them are called")),
        Column(name="within_metres", kind=Kind.NUMBER, unit="m", low=1, meaning=N_("Standard: everyone should have one within this distance")),
        Column(name="people_per_unit", kind=Kind.NUMBER, unit="people", low=1, meaning=N_("How many people one more of it serves")),
        Column(name="unit_cost", kind=Kind.NUMBER, low=0, unit="city currency", meaning=N_("What one more costs over the time that the initiative's costs cover")),
        Column(name="unit_cost_high", kind=Kind.NUMBER, low=0, unit="city currency", meaning=N_("The most that it may cost, if that is not certain")),
        Column(name="price_year", kind=Kind.INTEGER, low=1800, high=2200, meaning=N_("Year of the prices")),
        Column(name="set_by", kind=Kind.TEXT, example="Regional plan 2024", meaning=N_("Who set the standard, where it stands")),
    ),
)

TABLES: tuple[TableSchema, ...] = (NEEDS_TABLE, BASIC_SERVICES)
