"""Tables that only Voice brings: options that were considered, who took part, votes, panels."""

from __future__ import annotations

from evenground.initiative.tables import LEVELS
from evenground.language import N_
from evenground.questions.voice.opinion_tables import OPINION_TABLES
from evenground.questions.voice.panel_tables import PANEL_TABLES
from evenground.questions.voice.schemas_budgeting import BUDGETING_TABLES
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off
ROLES: tuple[str, ...] = ("participants", "commenters", "voters", "panel")
_SOURCE = Column(name="source", kind=Kind.TEXT, meaning=N_("Where this stands"))
_STEP = Column(name="step", kind=Kind.TEXT, example="walks", meaning=N_("Step of participation, as in the table of events"))

CONSIDERED_OPTIONS = TableSchema(
    name="considered_options",
    meaning=N_(
        "Options that were thought of: whose idea each was, who took it off the table and why"
    ),
    key=("name",),
    columns=(
        Column(name="name", kind=Kind.TEXT, required=True, example="a Saturday round", meaning=N_("What it is called")),
        Column(name="option", kind=Kind.TEXT, refers_to="options.key", meaning=N_("The option of the decision that it became; empty if none")),
        Column(name="came_from", kind=Kind.TEXT, example="resident", meaning=N_("Whose idea it was: resident, city, vendor, funder, or others in words")),
        Column(name="screened_out_on", kind=Kind.DATE, meaning=N_("When it was taken off the table; empty if it was not")),
        Column(name="screened_by", kind=Kind.TEXT, meaning=N_("Who took it off the table")),
        Column(name="why", kind=Kind.TEXT, meaning=N_("The reason that was given")),
        _SOURCE,
    ),
)

TOOK_PART = TableSchema(
    name="took_part",
    meaning=N_("Who took part, counted by group or by area: never by name"),
    key=("step", "attribute", "group", "area_id"),
    columns=(
        _STEP,
        Column(name="role", kind=Kind.TEXT, choices=ROLES, meaning=N_("As what they took part; participants when empty")),
        Column(name="attribute", kind=Kind.TEXT, example="age", meaning=N_("What the groups are made by; groups of one attribute do not overlap")),
        Column(name="group", kind=Kind.TEXT, example="age_65_plus", meaning=N_("Group, as in the table of people; total for all who took part, unknown for those who did not say")),
        Column(name="area_id", kind=Kind.TEXT, refers_to="areas.area_id", meaning=N_("Area where they said that they live; empty when the row is of a group")),
        Column(name="count", kind=Kind.NUMBER, low=0, counts_people=True, unit="people", meaning=N_("How many people")),
        Column(name="eligible", kind=Kind.NUMBER, low=0, counts_people=True, unit="people", meaning=N_("How many could have taken part; residents when empty")),
        _SOURCE,
    ),
)

LOCATED_COMMENTS = TableSchema(
    name="located_comments",
    meaning=N_("Comments that point to a place; nothing about who wrote them is read"),
    key=("comment_id",),
    geometry=("Point",),
    columns=(
        Column(name="comment_id", kind=Kind.TEXT, meaning=N_("Number of the comment")),
        _STEP,
        Column(name="date", kind=Kind.DATE, meaning=N_("When it was written")),
        Column(name="assigned_to", kind=Kind.TEXT, meaning=N_("Office that was to deal with it; empty for none")),
        Column(name="area_id", kind=Kind.TEXT, refers_to="areas.area_id", meaning=N_("Area that it points to, when there is no exact place")),
        Column(name="geometry", kind=Kind.GEOMETRY, meaning=N_("Where it is: a shape, or x and y columns")),
    ),
)

ASKING_WAYS = TableSchema(
    name="asking_ways",
    meaning=N_("Ways of asking people, with the hours and days that they take here"),
    key=("way",),
    columns=(
        Column(name="way", kind=Kind.TEXT, required=True, example="walks with residents", meaning=N_("What it is called")),
        Column(name="whom", kind=Kind.TEXT, meaning=N_("Whom it reaches")),
        Column(name="level", kind=Kind.TEXT, choices=LEVELS, meaning=N_("What it can bear at most; consult when empty")),
        Column(name="hours", kind=Kind.NUMBER, required=True, low=0, unit="hours", meaning=N_("Staff hours in all, preparing, holding and answering")),
        Column(name="days_before", kind=Kind.INTEGER, low=0, unit="days", meaning=N_("Days to prepare")),
        Column(name="days_open", kind=Kind.INTEGER, low=1, unit="days", meaning=N_("Days on which people can have a say")),
        Column(name="days_after", kind=Kind.INTEGER, low=0, unit="days", meaning=N_("Days to answer and hand over")),
        _SOURCE,
    ),
)

TABLES: tuple[TableSchema, ...] = (
    CONSIDERED_OPTIONS,
    TOOK_PART,
    LOCATED_COMMENTS,
    ASKING_WAYS,
    *BUDGETING_TABLES,
    *OPINION_TABLES,
    *PANEL_TABLES,
)
