"""Every key of a datasheet with its meaning, in the order in which a person fills them in."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A key is a line, so that a list of keys reads as a list.
# fmt: off

LIST = "list"
"""Unit of a key that takes several values."""
NAMES = "names"
"""Unit of a key that takes a name per value."""
SECONDS = "seconds"

DATASHEET = TableSchema(
    name="datasheet",
    meaning=N_("What no data can show: who made them, for whom, who is not in them, who vouches for what"),
    columns=(
        Column(name="title", kind=Kind.TEXT, example="Air at school gates", meaning=N_("What the dataset is called")),
        Column(name="description", kind=Kind.TEXT, example="Fine dust every five minutes at 40 school gates", meaning=N_("What is in it, in a sentence")),
        Column(name="producer", kind=Kind.TEXT, example="Environment department", meaning=N_("Who produces it")),
        Column(name="made_for", kind=Kind.TEXT, example="Warnings to schools", meaning=N_("What it was made for")),
        Column(name="for_whom", kind=Kind.TEXT, example="Head teachers", meaning=N_("For whom it was made")),
        Column(name="who_profits", kind=Kind.TEXT, example="Sensor company, paid per reading", meaning=N_("Who gains from it, and how")),
        Column(name="not_in_it", kind=Kind.TEXT, example="Schools without mains power", meaning=N_("Who or what is not in it")),
        Column(name="collected_by", kind=Kind.TEXT, example="Optical sensors, type and model", meaning=N_("Who or what measures or writes down")),
        Column(name="made_by_residents", kind=Kind.BOOLEAN, example="no", meaning=N_("Whether residents or an association made it; it is held to the same rules either way")),
        Column(name="conditions", kind=Kind.TEXT, example="Name the source; not for enforcement", meaning=N_("Conditions of use that those who made it set")),
        Column(name="not_for", kind=Kind.TEXT, unit=LIST, choices=("operate", "decide", "official_statistics"), example="official_statistics", meaning=N_("Purposes for which those who made it do not give it")),
        Column(name="about_people", kind=Kind.BOOLEAN, example="no", meaning=N_("Whether its rows are about people")),
        Column(name="legal_basis", kind=Kind.TEXT, example="Environmental Code, chapter 5", meaning=N_("What entitles whoever holds it to do so")),
        Column(name="methods_document", kind=Kind.TEXT, example="https://example.org/method.pdf", meaning=N_("Where the making of it is described")),
        Column(name="standards", kind=Kind.TEXT, unit=LIST, example="EN 16450; ISO 8601", meaning=N_("Standards that it follows")),
        Column(name="licence", kind=Kind.TEXT, example="https://creativecommons.org/licenses/by/4.0/", meaning=N_("Licence, as its address where it has one")),
        Column(name="publisher", kind=Kind.TEXT, example="City of Bergby", meaning=N_("Who publishes it")),
        Column(name="contact", kind=Kind.TEXT, example="data@example.org", meaning=N_("Whom to ask")),
        Column(name="identifier", kind=Kind.TEXT, example="bergby-air-2026", meaning=N_("Its identifier in a catalogue")),
        Column(name="language", kind=Kind.TEXT, example="sv", meaning=N_("Language of its words, as a code")),
        Column(name="keywords", kind=Kind.TEXT, unit=LIST, example="air; school", meaning=N_("Words by which it is found")),
        Column(name="themes", kind=Kind.TEXT, unit=LIST, example="http://publications.europa.eu/resource/authority/data-theme/ENVI", meaning=N_("Subjects, as addresses of a catalogue's list")),
        Column(name="place", kind=Kind.TEXT, example="Bergby", meaning=N_("Place that it is about")),
        Column(name="starts_on", kind=Kind.DATE, meaning=N_("First day that it is about")),
        Column(name="ends_on", kind=Kind.DATE, meaning=N_("Last day that it is about; leave out while it goes on")),
        Column(name="issued", kind=Kind.DATE, meaning=N_("When it was first published")),
        Column(name="modified", kind=Kind.DATE, meaning=N_("When it was last changed")),
        Column(name="update_frequency", kind=Kind.TEXT, example="daily", meaning=N_("How often it is brought up to date")),
        Column(name="expected_rows", kind=Kind.INTEGER, low=1, example="12000", meaning=N_("How many rows there should be, where a register or a published sum says so")),
        Column(name="expected_rows_source", kind=Kind.TEXT, example="Annual report 2025, page 12", meaning=N_("Where that number stands")),
        Column(name="zone", kind=Kind.TEXT, example="Europe/Stockholm", meaning=N_("Time zone of its times, or UTC")),
        Column(name="crs", kind=Kind.TEXT, example="EPSG:3006", meaning=N_("Coordinate system of its coordinates, where they are not longitude and latitude")),
        Column(name="cadence_seconds", kind=Kind.NUMBER, unit=SECONDS, example="300", meaning=N_("Time from one reading to the next")),
        Column(name="late_seconds", kind=Kind.NUMBER, unit=SECONDS, example="900", meaning=N_("How late a reading may arrive")),
        Column(name="file", kind=Kind.TEXT, example="air.parquet", meaning=N_("The file, where this datasheet does not lie beside it")),
    ),
)

ACCESS = TableSchema(
    name="access",
    meaning=N_("Where and how others get the data"),
    columns=(
        Column(name="url", kind=Kind.TEXT, example="https://example.org/air", meaning=N_("Address of its page")),
        Column(name="download_url", kind=Kind.TEXT, example="https://example.org/air.csv", meaning=N_("Address of the file itself")),
        Column(name="how", kind=Kind.TEXT, example="Free, no account", meaning=N_("What it takes to get it")),
        Column(name="since", kind=Kind.DATE, meaning=N_("Since when")),
        Column(name="rights", kind=Kind.TEXT, example="http://publications.europa.eu/resource/authority/access-right/PUBLIC", meaning=N_("Who may get it")),
        Column(name="format", kind=Kind.TEXT, example="CSV", meaning=N_("Format")),
        Column(name="media_type", kind=Kind.TEXT, example="text/csv", meaning=N_("Media type")),
        Column(name="byte_size", kind=Kind.INTEGER, example="1200000", meaning=N_("Size in bytes")),
        Column(name="answers", kind=Kind.BOOLEAN, example="yes", meaning=N_("Whether the page answered when somebody tried")),
        Column(name="download_answers", kind=Kind.BOOLEAN, example="yes", meaning=N_("Whether the file came when somebody tried")),
        Column(name="checked_on", kind=Kind.DATE, meaning=N_("When that was")),
    ),
)

ROLES = TableSchema(
    name="roles",
    meaning=N_("What the columns stand for"),
    columns=(
        Column(name="form", kind=Kind.TEXT, choices=("stream", "events", "places", "counts", "rows"), meaning=N_("What a row is: a reading, a happening, a thing in its place, a count, or none of these")),
        Column(name="sensor", kind=Kind.TEXT, meaning=N_("Which sensor, counter or station a row is of")),
        Column(name="time", kind=Kind.TEXT, meaning=N_("When it was measured or happened")),
        Column(name="arrived", kind=Kind.TEXT, meaning=N_("When the row arrived")),
        Column(name="values", kind=Kind.TEXT, unit=LIST, meaning=N_("What was measured, all numbers")),
        Column(name="x", kind=Kind.TEXT, meaning=N_("Longitude or easting")),
        Column(name="y", kind=Kind.TEXT, meaning=N_("Latitude or northing")),
        Column(name="area", kind=Kind.TEXT, meaning=N_("Code of an area")),
        Column(name="row_id", kind=Kind.TEXT, meaning=N_("Identifier that should be there once")),
        Column(name="prediction", kind=Kind.TEXT, meaning=N_("What a model predicted")),
        Column(name="outcome", kind=Kind.TEXT, meaning=N_("What came")),
        Column(name="group", kind=Kind.TEXT, meaning=N_("Group of people, for errors by group")),
        Column(name="quasi", kind=Kind.TEXT, unit=LIST, meaning=N_("Columns that together may tell who somebody is")),
        Column(name="sensitive", kind=Kind.TEXT, meaning=N_("What must not be learnt of anybody")),
        Column(name="person", kind=Kind.TEXT, meaning=N_("Whose row it is")),
        Column(name="incident", kind=Kind.TEXT, meaning=N_("Where residents report: the incident that a report is of")),
        Column(name="ended", kind=Kind.TEXT, meaning=N_("When the incident ended: it was inspected, mended or cleared")),
    ),
)

COLUMN = TableSchema(
    name="columns",
    meaning=N_("What each column means, and which values it may have"),
    columns=(
        Column(name="meaning", kind=Kind.TEXT, example="Fine dust, five-minute average", meaning=N_("What it means")),
        Column(name="unit", kind=Kind.TEXT, example="µg/m³", meaning=N_("Unit")),
        Column(name="kind", kind=Kind.TEXT, choices=("text", "integer", "number", "boolean", "date", "datetime", "time"), meaning=N_("Type")),
        Column(name="format", kind=Kind.TEXT, example="%d/%m/%Y", meaning=N_("How it is written, where that is not the usual way")),
        Column(name="decimal", kind=Kind.TEXT, choices=(",", "."), meaning=N_("Decimal sign, where it is a comma")),
        Column(name="low", kind=Kind.NUMBER, example="0", meaning=N_("Smallest value that the instrument can give")),
        Column(name="high", kind=Kind.NUMBER, example="1000", meaning=N_("Largest value that the instrument can give")),
        Column(name="max_per_hour", kind=Kind.NUMBER, example="400", meaning=N_("Fastest change that can be real, in an hour")),
        Column(name="min_stuck", kind=Kind.INTEGER, example="12", meaning=N_("How many equal readings in a row are too many")),
        Column(name="saturates_at", kind=Kind.NUMBER, unit=LIST, example="0; 1000", meaning=N_("Values at which the instrument stops rising or falling")),
        Column(name="placeholders", kind=Kind.TEXT, unit=LIST, example="-999; n/a", meaning=N_("Values that stand for no reading")),
        Column(name="codes", kind=Kind.TEXT, unit=NAMES, example="A = working; B = being repaired", meaning=N_("Codes and what they mean; no other may come")),
        Column(name="required", kind=Kind.BOOLEAN, example="yes", meaning=N_("Whether every row must have it")),
        Column(name="unique", kind=Kind.BOOLEAN, example="no", meaning=N_("Whether no value may come twice")),
    ),
)

NEEDED = TableSchema(
    name="needed",
    meaning=N_("How fine the data must be for a purpose: operate, decide, official_statistics"),
    columns=(
        Column(name="seconds", kind=Kind.NUMBER, unit=SECONDS, example="3600", meaning=N_("At most this long from one reading to the next")),
        Column(name="metres", kind=Kind.NUMBER, unit="m", example="500", meaning=N_("At most this far from one place to the next")),
        Column(name="by", kind=Kind.TEXT, example="Head of environment", meaning=N_("Who says so")),
        Column(name="reason", kind=Kind.TEXT, example="Peaks last about an hour", meaning=N_("Why")),
    ),
)

REFERENCE = TableSchema(
    name="reference",
    meaning=N_("What the readings can be held against"),
    columns=(
        Column(name="file", kind=Kind.TEXT, required=True, example="reference_station.csv", meaning=N_("File with the reference")),
        Column(name="kind", kind=Kind.TEXT, choices=("colocated_instrument", "manual_count", "register", "survey", "other"), meaning=N_("What it is")),
        Column(name="column", kind=Kind.TEXT, example="pm25", meaning=N_("Column of the data that it is for")),
        Column(name="sensor", kind=Kind.TEXT, example="gate 12", meaning=N_("Sensor that it stands beside; leave out for all")),
        Column(name="time", kind=Kind.TEXT, example="hour", meaning=N_("Its column of times")),
        Column(name="value", kind=Kind.TEXT, example="pm25", meaning=N_("Its column of values")),
        Column(name="by", kind=Kind.TEXT, example="National agency", meaning=N_("Who measured it")),
        Column(name="on", kind=Kind.DATE, meaning=N_("When")),
    ),
)

COLOCATED = TableSchema(
    name="colocated",
    meaning=N_("Two sensors that stand at one place and should agree"),
    columns=(
        Column(name="sensors", kind=Kind.TEXT, unit=LIST, required=True, example="gate 12; gate 12b", meaning=N_("The two")),
        Column(name="column", kind=Kind.TEXT, example="pm25", meaning=N_("What they should agree in")),
        Column(name="tolerance", kind=Kind.NUMBER, example="2.5", meaning=N_("How far apart they may be, in the column's unit")),
    ),
)

MODELS = TableSchema(
    name="models",
    meaning=N_("A model whose output is in the data"),
    columns=(
        Column(name="name", kind=Kind.TEXT, required=True, example="Gap filler", meaning=N_("What it is called")),
        Column(name="column", kind=Kind.TEXT, example="pm25_filled", meaning=N_("Column that it fills")),
        Column(name="made_by", kind=Kind.TEXT, example="Sensor company", meaning=N_("Who made it")),
        Column(name="made_for", kind=Kind.TEXT, example="Complete charts", meaning=N_("What it was made for")),
        Column(name="paid_by", kind=Kind.TEXT, example="City of Bergby", meaning=N_("Who paid for it")),
        Column(name="version", kind=Kind.TEXT, example="2.1", meaning=N_("Version")),
        Column(name="trained_on", kind=Kind.TEXT, example="Stations in another city, 2020", meaning=N_("Data that it was made from")),
        Column(name="document", kind=Kind.TEXT, example="https://example.org/model.pdf", meaning=N_("Where it is described")),
    ),
)

DECLARED = TableSchema(
    name="declared",
    meaning=N_("What somebody vouches for; without name and day, or once it has run out, it is open"),
    columns=(
        Column(name="says", kind=Kind.TEXT, choices=("met", "not_met"), meaning=N_("Whether it is as it should be")),
        Column(name="words", kind=Kind.TEXT, example="Funded until 2030 by decision 12", meaning=N_("The statement itself")),
        Column(name="by", kind=Kind.TEXT, example="Anna Ek", meaning=N_("Who says so")),
        Column(name="role", kind=Kind.TEXT, example="head of unit", meaning=N_("In what role")),
        Column(name="interest", kind=Kind.TEXT, example="none", meaning=N_("What they get if the data are used")),
        Column(name="on", kind=Kind.DATE, meaning=N_("When it was said")),
        Column(name="valid_until", kind=Kind.DATE, meaning=N_("Until when it holds")),
        Column(name="evidence", kind=Kind.TEXT, example="Minutes of 15 January 2026, item 12", meaning=N_("Document that shows it")),
        Column(name="purposes", kind=Kind.TEXT, unit=LIST, example="decide", meaning=N_("For which purposes; leave out for all")),
    ),
)

CHANGES = TableSchema(
    name="changes",
    meaning=N_("A change of how things are measured or coded"),
    columns=(
        Column(name="on", kind=Kind.DATE, meaning=N_("When")),
        Column(name="what", kind=Kind.TEXT, example="New inlet", meaning=N_("What was changed")),
        Column(name="why", kind=Kind.TEXT, example="Rain got in", meaning=N_("Why")),
        Column(name="column", kind=Kind.TEXT, example="pm25", meaning=N_("Column that it concerns")),
    ),
)

DATASHEET_TABLES: tuple[TableSchema, ...] = (
    DATASHEET, ACCESS, ROLES, COLUMN, NEEDED, REFERENCE, COLOCATED, MODELS, DECLARED, CHANGES,
)
