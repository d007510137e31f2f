"""Every key that a city or an initiative may declare, with its meaning.

The skeleton files, the sheets of the workbook and the reference pages are made from these values;
a test holds them to what the parsers ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from evenground.initiative import OptionKind, Stage
from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A key is a line, so that a list of keys reads as a list.
# fmt: off
# ruff: noqa: E501

_STAGES = tuple(stage.value for stage in Stage)
_KINDS = tuple(kind.value for kind in OptionKind)
LIST = "list"
"""Unit of a key that takes several values."""
YEARS = "years"
"""Unit of a key that takes an amount per year."""
NAMES = "names"
"""Unit of a key that takes a name per value."""

CITY = TableSchema(
    name="city",
    meaning=N_("The city: what it is called and how its tables are read"),
    columns=(
        Column(name="format", kind=Kind.INTEGER, required=True, example="1", meaning=N_("Version of this file's format")),
        Column(name="name", kind=Kind.TEXT, required=True, example="Washington, DC", meaning=N_("Name of the city, as the first line of a dossier says it")),
        Column(name="language", kind=Kind.TEXT, example="en", meaning=N_("Language of the dossiers, as a code")),
        Column(name="currency", kind=Kind.TEXT, example="EUR", meaning=N_("Currency of all amounts, as a code of three letters")),
        Column(name="crs", kind=Kind.TEXT, required=True, example="EPSG:3006", meaning=N_("Coordinate system in metres, in which distances are measured; whoever makes the city's maps knows it")),
        Column(name="time_zone", kind=Kind.TEXT, example="Europe/Stockholm", meaning=N_("Time zone; it decides which day it is")),
        Column(name="level", kind=Kind.TEXT, example="district", meaning=N_("Level of areas at which results are told, when there are several")),
        Column(name="edition", kind=Kind.TEXT, example="2020", meaning=N_("Boundary set in force, when boundaries were reformed; figures of other sets are carried over")),
        Column(name="questions", kind=Kind.TEXT, unit=LIST, meaning=N_("Questions to ask; leave empty to ask all of them")),
        Column(name="made_by", kind=Kind.TEXT, example="Planning department", meaning=N_("Who keeps this folder")),
        Column(name="data", kind=Kind.TEXT, example="../open_data", meaning=N_("Folder that holds the files, when it is another one than this")),
    ),
)


def city_keys(questions: Iterable[str]) -> tuple[Column, ...]:
    """Return the keys of a city; the one that chooses questions names those that there are."""
    known = tuple(questions)
    return tuple(
        replace(column, choices=known) if column.name == "questions" else column
        for column in CITY.columns
    )


LEVELS = TableSchema(
    name="levels",
    meaning=N_("Levels of areas and what people call them"),
    key=("key",),
    columns=(
        Column(name="key", kind=Kind.TEXT, required=True, example="tract", meaning=N_("Short name, as in the column level of the areas")),
        Column(name="name", kind=Kind.TEXT, example="census tract", meaning=N_("What one of them is called")),
        Column(name="plural", kind=Kind.TEXT, example="census tracts", meaning=N_("What several of them are called")),
    ),
)

GROUPS = TableSchema(
    name="groups",
    meaning=N_("Groupings by which results are told: areas sorted into classes, or people counted within areas"),
    key=("key",),
    columns=(
        Column(name="key", kind=Kind.TEXT, required=True, example="income", meaning=N_("Short name of your own")),
        Column(name="name", kind=Kind.TEXT, example="Income", meaning=N_("Name that readers see")),
        Column(name="kind", kind=Kind.TEXT, choices=("classes", "counts"), meaning=N_("classes: areas sorted by an indicator; counts: people of the population table")),
        Column(name="indicator", kind=Kind.TEXT, example="low_income_share", meaning=N_("For classes: the indicator that areas are sorted by")),
        Column(name="period", kind=Kind.TEXT, example="2024", meaning=N_("For classes: its period; the latest when empty")),
        Column(name="classes", kind=Kind.INTEGER, low=2, high=20, example="3", meaning=N_("For classes: how many, with equally many areas in each")),
        Column(name="breaks", kind=Kind.NUMBER, unit=LIST, example="10; 20", meaning=N_("For classes: values at which the next class begins, instead of equally many areas")),
        Column(name="by_value", kind=Kind.BOOLEAN, meaning=N_("For classes: yes when the indicator's own values are the classes")),
        Column(name="labels", kind=Kind.TEXT, unit=LIST, example="fewest; middle; most", meaning=N_("For classes: their names from the lowest values to the highest")),
        Column(name="members", kind=Kind.TEXT, unit=LIST, example="under_18; age_65_plus", meaning=N_("For counts: groups of the population table")),
        Column(name="names", kind=Kind.TEXT, unit=NAMES, example="under_18 = people under 18; age_65_plus = people over 64", meaning=N_("For counts: what readers see for each group")),
        Column(name="against", kind=Kind.TEXT, example="owners", meaning=N_("For counts: the group to compare with; everyone else when empty")),
        Column(name="compare", kind=Kind.TEXT, unit=LIST, example="most; fewest", meaning=N_("The two classes or groups that sentences speak of, the one in question first")),
        Column(name="stands_for", kind=Kind.TEXT, meaning=N_("What this grouping stands for, and who says so")),
    ),
)

BASELINES = TableSchema(
    name="baselines",
    meaning=N_("Against what 'even' is measured: heads, a need, or land; your own choice leads"),
    key=("key",),
    columns=(
        Column(name="key", kind=Kind.TEXT, required=True, example="people", meaning=N_("Short name of your own")),
        Column(name="name", kind=Kind.TEXT, example="residents", meaning=N_("Name that readers see")),
        Column(name="kind", kind=Kind.TEXT, choices=("people", "need", "area"), meaning=N_("people: heads; need: something counted; area: land")),
        Column(name="group", kind=Kind.TEXT, example="total", meaning=N_("For people: group of the population table")),
        Column(name="indicator", kind=Kind.TEXT, example="missed_collections", meaning=N_("For need: an indicator that counts something")),
        Column(name="period", kind=Kind.TEXT, meaning=N_("For need: its period; the latest when empty")),
        Column(name="unit", kind=Kind.TEXT, example="residents", meaning=N_("What one of it is called, in the plural")),
        Column(name="lead", kind=Kind.BOOLEAN, example="yes", meaning=N_("Yes for the one that leads; the others stand beside it")),
        Column(name="reason", kind=Kind.TEXT, example="Everyone can check heads", meaning=N_("Why this one leads")),
        Column(name="chosen_by", kind=Kind.TEXT, example="Technical Committee", meaning=N_("Who chose it")),
        Column(name="chosen_on", kind=Kind.DATE, meaning=N_("When it was chosen")),
    ),
)

INITIATIVE = TableSchema(
    name="initiative",
    meaning=N_("The initiative: what is offered, what is decided, and who says so"),
    columns=(
        Column(name="format", kind=Kind.INTEGER, required=True, example="1", meaning=N_("Version of this file's format")),
        Column(name="title", kind=Kind.TEXT, required=True, example="200 sensor bins", meaning=N_("Title of the initiative")),
        Column(name="stage", kind=Kind.TEXT, required=True, choices=_STAGES, meaning=N_("How far it has come")),
        Column(name="domain", kind=Kind.TEXT, example="waste", meaning=N_("Service that it is about")),
        Column(name="offered_by", kind=Kind.TEXT, meaning=N_("Who offers it")),
        Column(name="offered_on", kind=Kind.DATE, meaning=N_("Date of the offer")),
        Column(name="summary", kind=Kind.TEXT, meaning=N_("What it is, in two sentences of your own")),
        Column(name="unit", kind=Kind.TEXT, example="bin", meaning=N_("What one unit of it is called")),
        Column(name="unit_plural", kind=Kind.TEXT, example="bins", meaning=N_("What several units are called")),
        Column(name="counts", kind=Kind.TEXT, choices=("units", "row", "place"), meaning=N_("What counts as one: the column units of a site, each row, or each different place")),
        Column(name="language", kind=Kind.TEXT, example="en", meaning=N_("Language of this folder, when it stands alone")),
        Column(name="data", kind=Kind.TEXT, example="../open_data", meaning=N_("Folder that holds the files, when it is another one than this")),
        Column(name="decision.body", kind=Kind.TEXT, example="Technical Committee", meaning=N_("Who decides")),
        Column(name="decision.date", kind=Kind.DATE, meaning=N_("When it is decided")),
        Column(name="decision.open", kind=Kind.TEXT, unit=LIST, example="whether; where; how many; on what terms", meaning=N_("What is still open")),
        Column(name="decision.bound", kind=Kind.TEXT, unit=LIST, meaning=N_("What is bound already: contracts signed, money promised")),
        Column(name="decision.to_be_heard", kind=Kind.TEXT, meaning=N_("How people can be heard before the decision")),
        Column(name="decision.heard_until", kind=Kind.DATE, meaning=N_("Until when")),
        Column(name="made_by.name", kind=Kind.TEXT, meaning=N_("Who prepares this dossier")),
        Column(name="made_by.role", kind=Kind.TEXT, meaning=N_("In what role")),
        Column(name="made_by.interest", kind=Kind.TEXT, meaning=N_("With what interest in the outcome; write none if there is none")),
        Column(name="made_by.payer", kind=Kind.TEXT, meaning=N_("Who pays for the work on it")),
        Column(name="made_by.checked_by", kind=Kind.TEXT, meaning=N_("Who checked it")),
        Column(name="made_by.is_seller", kind=Kind.BOOLEAN, meaning=N_("Yes when whoever prepares it sells the initiative; the dossier says so first")),
    ),
)

OPTIONS = TableSchema(
    name="options",
    meaning=N_("Ways compared; as today and without new technology belong in every decision"),
    key=("key",),
    columns=(
        Column(name="key", kind=Kind.TEXT, required=True, example="all_200", meaning=N_("Short name, which costs and sites refer to")),
        Column(name="name", kind=Kind.TEXT, example="All 200 sensor bins", meaning=N_("Name that readers see")),
        Column(name="kind", kind=Kind.TEXT, choices=_KINDS, example="full", meaning=N_("What sort of way it is")),
        Column(name="price_year", kind=Kind.INTEGER, low=1800, high=2200, example="2026", meaning=N_("Year of the prices that costs are given in")),
        Column(name="n_sites", kind=Kind.INTEGER, low=0, example="200", meaning=N_("How many units or sites it states; places stand in the table of sites")),
        Column(name="terms", kind=Kind.TEXT, meaning=N_("Terms: duration, subscription, who owns the data")),
        Column(name="cost_of_leaving", kind=Kind.NUMBER, low=0, unit="city currency", meaning=N_("What it costs to end it early")),
        Column(name="leaving", kind=Kind.TEXT, meaning=N_("What leaving takes: notice, data handed over, things removed")),
        Column(name="gains", kind=Kind.TEXT, meaning=N_("Who gains, in words")),
        Column(name="loses", kind=Kind.TEXT, meaning=N_("Who loses or has more to do, in words")),
        Column(name="irreversible", kind=Kind.TEXT, meaning=N_("What cannot be undone")),
        Column(name="proposed_by", kind=Kind.TEXT, example="city", meaning=N_("Who brought this way in")),
        Column(name="acts_on", kind=Kind.TEXT, unit=LIST, example="closed bins", meaning=N_("What it changes first, as named in the table of links")),
    ),
)

COSTS = TableSchema(
    name="costs",
    meaning=N_("Cost of each way by year, over its whole life: purchase, subscription, staff, power, removal"),
    key=("option", "year"),
    columns=(
        Column(name="option", kind=Kind.TEXT, required=True, refers_to="options.key", meaning=N_("Key of the option")),
        Column(name="year", kind=Kind.INTEGER, required=True, low=1800, high=2200, example="2027", meaning=N_("Year")),
        Column(name="amount", kind=Kind.NUMBER, required=True, unit="city currency", meaning=N_("Amount in that year")),
    ),
)

PROBLEMS = TableSchema(
    name="problems",
    meaning=N_("The problem, as the city states it and as residents state it"),
    columns=(
        Column(name="by", kind=Kind.TEXT, required=True, choices=("city", "residents"), meaning=N_("Whose words these are")),
        Column(name="words", kind=Kind.TEXT, required=True, example="Bins around the market overflow on Saturdays", meaning=N_("The problem in their words")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("Where it was stated: council paper, meeting, letters")),
        Column(name="when", kind=Kind.DATE, meaning=N_("When it was stated")),
        Column(name="indicator", kind=Kind.TEXT, meaning=N_("Indicator of the city's table that measures it, if there is one")),
        Column(name="worse_when", kind=Kind.TEXT, choices=("more", "less"), meaning=N_("Whether more or less of that indicator is the problem; more when empty")),
        Column(name="in_links", kind=Kind.TEXT, example="full bins", meaning=N_("What the problem is called in the table of links")),
    ),
)
