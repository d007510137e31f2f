"""The city's tables: every column with type, unit, constraint and meaning.

Readers, ``evenground check``, the workbook and the reference page are made from these values.
"""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

_POLYGON = ("Polygon", "MultiPolygon")
_POINT = ("Point",)
_LINE = ("LineString", "MultiLineString")
_ANY = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")

AREA_ID = Column(
    name="area_id", kind=Kind.TEXT, required=True, refers_to="areas.area_id",
    meaning=N_("Code of the area, exactly as in the table of areas, leading zeros included"),
)
GEOMETRY = Column(
    name="geometry", kind=Kind.GEOMETRY, meaning=N_("Where it is: a shape, or x and y columns"),
)

AREAS = TableSchema(
    name="areas",
    meaning=N_("Areas: the smallest units with population counts, and any levels above them"),
    key=("edition", "level", "area_id"),
    geometry=(*_POLYGON, *_POINT),
    columns=(
        Column(name="area_id", kind=Kind.TEXT, required=True, meaning=N_("Code of the area, leading zeros included"), example="010203"),
        Column(name="name", kind=Kind.TEXT, meaning=N_("Name that residents use")),
        Column(name="level", kind=Kind.TEXT, meaning=N_("Level, such as district or tract"), example="tract"),
        Column(name="parent_id", kind=Kind.TEXT, refers_to="areas.area_id", meaning=N_("Code of the area on the level above that holds this one")),
        Column(name="edition", kind=Kind.TEXT, meaning=N_("Boundary set, such as 2015 or 2020, when boundaries were reformed"), example="2020"),
        Column(name="land_km2", kind=Kind.NUMBER, unit="km²", low=0, meaning=N_("Land area; worked out from the shape when empty")),
        GEOMETRY,
    ),
)

POPULATION = TableSchema(
    name="population",
    meaning=N_("People by area and group; the group 'total' holds all residents"),
    key=("edition", "area_id", "group", "vintage"),
    wide_key="group",
    wide_value="count",
    wide_margin="margin",
    columns=(
        AREA_ID,
        Column(name="group", kind=Kind.TEXT, required=True, meaning=N_("Group of people; 'total' for all residents"), example="total"),
        Column(name="count", kind=Kind.NUMBER, required=True, unit="people", low=0, counts_people=True, meaning=N_("Number of people")),
        Column(name="margin", kind=Kind.NUMBER, unit="people", low=0, meaning=N_("Margin of error at 90 % confidence; empty when none is published, never 0 for 'none'")),
        Column(name="rounded_to", kind=Kind.NUMBER, unit="people", low=0, meaning=N_("Known rounding of a register count, such as 5 when counts are rounded to fives")),
        Column(name="vintage", kind=Kind.TEXT, meaning=N_("Year or date that the counts are of"), example="2024"),
        Column(name="edition", kind=Kind.TEXT, meaning=N_("Boundary set that the area codes belong to")),
    ),
)

INDICATORS = TableSchema(
    name="indicators",
    meaning=N_("Measured values by area and period: needs, outcomes, conditions"),
    key=("edition", "area_id", "indicator", "period"),
    wide_key="indicator",
    wide_value="value",
    wide_margin="margin",
    columns=(
        AREA_ID,
        Column(name="indicator", kind=Kind.TEXT, required=True, meaning=N_("What is measured"), example="poverty_share"),
        Column(name="period", kind=Kind.TEXT, meaning=N_("Year, quarter, month or date"), example="2024"),
        Column(name="value", kind=Kind.NUMBER, meaning=N_("Measured value")),
        Column(name="margin", kind=Kind.NUMBER, low=0, meaning=N_("Margin of error at 90 % confidence; empty when none is published")),
        Column(name="numerator", kind=Kind.NUMBER, low=0, counts_people=True, meaning=N_("Number counted, when the value is a share or rate")),
        Column(name="denominator", kind=Kind.NUMBER, low=0, counts_people=True, meaning=N_("Number that the share or rate is of")),
        Column(name="unit", kind=Kind.TEXT, meaning=N_("Unit of the value"), example="%"),
        Column(name="source", kind=Kind.TEXT, meaning=N_("Who measured it, how")),
        Column(name="edition", kind=Kind.TEXT, meaning=N_("Boundary set that the area codes belong to")),
    ),
)

POINTS = TableSchema(
    name="points",
    meaning=N_("Where people live within areas: population-weighted points, blocks or addresses"),
    key=("point_id",),
    geometry=(*_POLYGON, *_POINT),
    columns=(
        Column(name="point_id", kind=Kind.TEXT, meaning=N_("Code of the point")),
        AREA_ID,
        Column(name="count", kind=Kind.NUMBER, unit="people", low=0, counts_people=True, meaning=N_("Residents that the point stands for; empty counts each point once")),
        GEOMETRY,
    ),
)

CROSSWALK = TableSchema(
    name="crosswalk",
    meaning=N_("How areas of one boundary set divide over those of another after a reform"),
    key=("from_edition", "from_area", "to_edition", "to_area"),
    columns=(
        Column(name="from_edition", kind=Kind.TEXT, required=True, meaning=N_("Boundary set of the codes in from_area")),
        Column(name="from_area", kind=Kind.TEXT, required=True, meaning=N_("Code of the old area")),
        Column(name="to_edition", kind=Kind.TEXT, required=True, meaning=N_("Boundary set of the codes in to_area")),
        Column(name="to_area", kind=Kind.TEXT, required=True, meaning=N_("Code of the new area")),
        Column(name="share", kind=Kind.NUMBER, required=True, unit="share 0-1", low=0, high=1, meaning=N_("Share of the old area's people who live in the new one")),
    ),
)

UNCOUNTED_GROUPS = TableSchema(
    name="uncounted_groups",
    meaning=N_("Groups without counts by area: workers, visitors, people not registered"),
    key=("group",),
    columns=(
        Column(name="group", kind=Kind.TEXT, required=True, meaning=N_("Name of the group"), example="people who work here and live elsewhere"),
        Column(name="estimate", kind=Kind.NUMBER, unit="people", low=0, meaning=N_("A figure for the whole city, if anyone has one")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("Whose figure it is")),
        Column(name="who_knows", kind=Kind.TEXT, meaning=N_("Who works with this group and could be asked")),
    ),
)

COMMUNITIES = TableSchema(
    name="communities",
    meaning=N_("Communities as they draw or name themselves"),
    key=("community_id",),
    geometry=_ANY,
    columns=(
        Column(name="community_id", kind=Kind.TEXT, required=True, meaning=N_("Short code")),
        Column(name="name", kind=Kind.TEXT, required=True, meaning=N_("The name that the community uses for itself")),
        Column(name="drawn_by", kind=Kind.TEXT, meaning=N_("Who drew or named it, and when")),
        Column(name="conditions", kind=Kind.TEXT, meaning=N_("Conditions that the community sets for using this")),
        GEOMETRY,
    ),
)

ACCOUNTS = TableSchema(
    name="accounts",
    meaning=N_("What residents and staff said, did or know; evidence beside the figures"),
    key=("account_id",),
    geometry=_POINT,
    columns=(
        Column(name="account_id", kind=Kind.TEXT, meaning=N_("Short code")),
        Column(name="text", kind=Kind.TEXT, required=True, meaning=N_("The words, or a summary that the speaker has seen")),
        Column(name="role", kind=Kind.TEXT, required=True, meaning=N_("In what role: resident, caretaker, shop owner, collection crew …")),
        Column(name="date", kind=Kind.DATE, meaning=N_("When it was said")),
        Column(name="place", kind=Kind.TEXT, meaning=N_("Place in words")),
        Column(name="area_id", kind=Kind.TEXT, refers_to="areas.area_id", meaning=N_("Area that it speaks of")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("How it was gathered")),
        Column(name="consent", kind=Kind.TEXT, required=True, choices=("public", "internal", "withdrawn"), meaning=N_("What the speaker agreed to")),
        GEOMETRY,
    ),
)

SERVICES = TableSchema(
    name="services",
    meaning=N_("Services that exist: what kind, where, how large, since when"),
    key=("service_id",),
    geometry=_ANY,
    columns=(
        Column(name="service_id", kind=Kind.TEXT, meaning=N_("Short code")),
        Column(name="kind", kind=Kind.TEXT, required=True, meaning=N_("Kind of service"), example="library"),
        Column(name="name", kind=Kind.TEXT, meaning=N_("Name")),
        Column(name="provider", kind=Kind.TEXT, meaning=N_("Who provides it: city, company, residents, association, landlord")),
        Column(name="capacity", kind=Kind.NUMBER, low=0, meaning=N_("Capacity in the service's own unit")),
        Column(name="opened", kind=Kind.DATE, meaning=N_("Opening date")),
        Column(name="closed", kind=Kind.DATE, meaning=N_("Closing date")),
        GEOMETRY,
    ),
)

STREETS = TableSchema(
    name="streets",
    meaning=N_("Streets and paths that people walk: distances then follow them instead of straight lines"),
    geometry=_LINE,
    columns=(
        Column(name="street_id", kind=Kind.TEXT, meaning=N_("Short code")),
        Column(name="name", kind=Kind.TEXT, meaning=N_("Name")),
        GEOMETRY,
    ),
)

SPENDING = TableSchema(
    name="spending",
    meaning=N_("Money spent, by place or area and year, public and private"),
    geometry=_ANY,
    columns=(
        Column(name="area_id", kind=Kind.TEXT, refers_to="areas.area_id", meaning=N_("Area, when there is no exact place")),
        Column(name="year", kind=Kind.INTEGER, low=1800, high=2200, meaning=N_("Year of spending")),
        Column(name="date", kind=Kind.DATE, meaning=N_("Date of spending, when known")),
        Column(name="amount", kind=Kind.NUMBER, required=True, unit="city currency", meaning=N_("Amount; negative for a refund")),
        Column(name="currency", kind=Kind.TEXT, meaning=N_("Currency, when it is not the city's")),
        Column(name="price_year", kind=Kind.INTEGER, low=1800, high=2200, meaning=N_("Year of the prices")),
        Column(name="programme", kind=Kind.TEXT, meaning=N_("Programme or project")),
        Column(name="payer", kind=Kind.TEXT, choices=("public", "private", "mixed", "unknown"), meaning=N_("Who paid")),
        GEOMETRY,
    ),
)

DATASETS = TableSchema(
    name="datasets",
    meaning=N_("Datasets that the city relies on: who makes them, for what, who is not in them"),
    key=("dataset_id",),
    columns=(
        Column(name="dataset_id", kind=Kind.TEXT, required=True, meaning=N_("Short code")),
        Column(name="title", kind=Kind.TEXT, required=True, meaning=N_("Title")),
        Column(name="producer", kind=Kind.TEXT, meaning=N_("Who makes it")),
        Column(name="purpose", kind=Kind.TEXT, meaning=N_("What it was made for")),
        Column(name="not_in_it", kind=Kind.TEXT, meaning=N_("Who or what is not in it")),
        Column(name="conditions", kind=Kind.TEXT, meaning=N_("Conditions of use")),
        Column(name="file", kind=Kind.TEXT, meaning=N_("File, when it is at hand")),
        Column(name="datasheet", kind=Kind.TEXT, meaning=N_("Its datasheet, as evenground datasheet drafts it")),
    ),
)

PAST_INITIATIVES = TableSchema(
    name="past_initiatives",
    meaning=N_("What was tried before: started, stopped, declined, and what came of it"),
    key=("initiative_id",),
    columns=(
        Column(name="initiative_id", kind=Kind.TEXT, required=True, meaning=N_("Short code")),
        Column(name="title", kind=Kind.TEXT, required=True, meaning=N_("Title")),
        Column(name="domain", kind=Kind.TEXT, meaning=N_("Service domain")),
        Column(name="stage", kind=Kind.TEXT, choices=("idea", "proposed", "decided", "running", "ended", "stopped", "declined"), meaning=N_("How far it got")),
        Column(name="started", kind=Kind.DATE, meaning=N_("Start")),
        Column(name="ended", kind=Kind.DATE, meaning=N_("End")),
        Column(name="cost", kind=Kind.NUMBER, low=0, unit="city currency", meaning=N_("What it cost in the end")),
        Column(name="promised", kind=Kind.TEXT, meaning=N_("What was promised")),
        Column(name="came", kind=Kind.TEXT, meaning=N_("What came of it")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("Where this stands")),
    ),
)

CITY_TABLES: tuple[TableSchema, ...] = (
    AREAS, POPULATION, INDICATORS, POINTS, CROSSWALK, UNCOUNTED_GROUPS, COMMUNITIES, ACCOUNTS,
    SERVICES, STREETS, SPENDING, DATASETS, PAST_INITIATIVES,
)
