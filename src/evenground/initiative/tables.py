"""The initiative's tables, all optional."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

_ANY = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
_GEOMETRY = Column(
    name="geometry", kind=Kind.GEOMETRY, meaning=N_("Where it is: a shape, or x and y columns"),
)

LEVELS: tuple[str, ...] = ("inform", "consult", "involve", "collaborate", "empower")
"""Levels of the IAP2 spectrum of public participation, the least first."""

SITES = TableSchema(
    name="sites",
    meaning=N_("Where the initiative's units stand or would stand"),
    geometry=_ANY,
    columns=(
        Column(name="site_id", kind=Kind.TEXT, meaning=N_("Short code")),
        Column(name="name", kind=Kind.TEXT, meaning=N_("Name or address")),
        Column(name="option", kind=Kind.TEXT, refers_to="options.key", meaning=N_("Option that it belongs to; empty for units that stand today")),
        Column(name="kind", kind=Kind.TEXT, meaning=N_("Kind of unit")),
        Column(name="units", kind=Kind.NUMBER, low=0, meaning=N_("Units at this site; empty counts the row as one")),
        Column(name="capacity", kind=Kind.NUMBER, low=0, meaning=N_("Capacity in the service's own unit")),
        Column(name="installed", kind=Kind.DATE, meaning=N_("Date of installation")),
        Column(name="removed", kind=Kind.DATE, meaning=N_("Date of removal")),
        Column(name="observed", kind=Kind.DATE, meaning=N_("Date of the list, when whole lists of several dates are stacked")),
        Column(name="candidate", kind=Kind.BOOLEAN, meaning=N_("Yes for a place that could have been chosen and was not")),
        Column(name="area_id", kind=Kind.TEXT, refers_to="areas.area_id", meaning=N_("Area, when there is no exact place")),
        _GEOMETRY,
    ),
)

COMPONENTS = TableSchema(
    name="components",
    meaning=N_("What it is made of: devices, software, data, contracts, people"),
    columns=(
        Column(name="thing", kind=Kind.TEXT, required=True, meaning=N_("Device, software, data, contract or person's task")),
        Column(name="maker", kind=Kind.TEXT, meaning=N_("Who makes it")),
        Column(name="owner", kind=Kind.TEXT, meaning=N_("Who owns it")),
        Column(name="runs_on", kind=Kind.TEXT, meaning=N_("What it depends on")),
        Column(name="senses", kind=Kind.TEXT, meaning=N_("What or whom it senses")),
        Column(name="data_go_to", kind=Kind.TEXT, meaning=N_("Where the data go")),
        Column(name="kept", kind=Kind.TEXT, meaning=N_("How long data are kept")),
        Column(name="purpose_now", kind=Kind.TEXT, meaning=N_("What it is used for now")),
        Column(name="purpose_permitted", kind=Kind.TEXT, meaning=N_("What the rules permit")),
        Column(name="purpose_possible", kind=Kind.TEXT, meaning=N_("What it could technically do")),
    ),
)

EVENTS = TableSchema(
    name="events",
    meaning=N_("What happened when: need stated, option closed, contract signed, residents asked"),
    columns=(
        Column(name="date", kind=Kind.DATE, required=True, meaning=N_("When")),
        Column(name="kind", kind=Kind.TEXT, required=True, example="contract signed", meaning=N_("What sort of event: need stated, option opened, option closed, choice opened, choice closed, money committed, nothing committed, contract signed, site fixed, residents asked, participation closed, input published, response published, change made, decision made, or another")),
        Column(name="text", kind=Kind.TEXT, meaning=N_("What happened")),
        Column(name="option", kind=Kind.TEXT, refers_to="options.key", meaning=N_("Option that it concerns")),
        Column(name="amount", kind=Kind.NUMBER, unit="city currency", meaning=N_("Money committed")),
        Column(name="choice", kind=Kind.TEXT, example="which maker; how many", meaning=N_("Choices that it opened or closed, or that people were asked about, separated by semicolons")),
        Column(name="by", kind=Kind.TEXT, example="Technical Committee", meaning=N_("Who did it: who decided, screened out, proposed, answered")),
        Column(name="why", kind=Kind.TEXT, meaning=N_("The reason that was given")),
        Column(name="step", kind=Kind.TEXT, example="walks", meaning=N_("Step of participation that it belongs to; told by the dates when empty")),
        Column(name="whom", kind=Kind.TEXT, example="people in the twelve streets", meaning=N_("Who was asked")),
        Column(name="form", kind=Kind.TEXT, example="walk", meaning=N_("How they were asked: vote, survey, walk, meeting, map, panel …")),
        Column(name="level", kind=Kind.TEXT, choices=LEVELS, meaning=N_("What was said that people could do: be told, comment, work on it, shape it together, decide")),
        Column(name="none_of_these", kind=Kind.BOOLEAN, meaning=N_("Whether people could say: none of these")),
        Column(name="could_propose", kind=Kind.BOOLEAN, meaning=N_("Whether people could propose something that was not on the list")),
        Column(name="n_people", kind=Kind.NUMBER, low=0, counts_people=True, unit="people", meaning=N_("How many people took part")),
        Column(name="n_inputs", kind=Kind.INTEGER, low=0, unit="inputs", meaning=N_("How many comments, votes, proposals came in")),
        Column(name="n_answered", kind=Kind.INTEGER, low=0, unit="inputs", meaning=N_("How many of them got an answer")),
        Column(name="n_changed", kind=Kind.INTEGER, low=0, unit="inputs", meaning=N_("How many of them changed something")),
        Column(name="n_ignored", kind=Kind.INTEGER, low=0, unit="inputs", meaning=N_("How many of them were set aside without an answer")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("Where this stands")),
    ),
)

PROMISES = TableSchema(
    name="promises",
    meaning=N_("What was promised, by whom, to be measured how, by when"),
    columns=(
        Column(name="promise_id", kind=Kind.TEXT, required=True, meaning=N_("Short code")),
        Column(name="kind", kind=Kind.TEXT, choices=("outcome", "output", "cost", "time", "social"), meaning=N_("What is promised: something better for people, something built, a cost, a date, or what no number can hold; an outcome when empty")),
        Column(name="who", kind=Kind.TEXT, meaning=N_("Who promised")),
        Column(name="words", kind=Kind.TEXT, required=True, meaning=N_("The promise, word for word")),
        Column(name="indicator", kind=Kind.TEXT, meaning=N_("What would measure it")),
        Column(name="judged_by", kind=Kind.TEXT, choices=("indicator", "accounts"), meaning=N_("Whether it is judged by the indicator or by what people say; the indicator when empty")),
        Column(name="direction", kind=Kind.TEXT, choices=("more", "less"), meaning=N_("Whether more or less of it is promised; told by baseline and target when empty")),
        Column(name="baseline", kind=Kind.NUMBER, meaning=N_("Value before")),
        Column(name="baseline_date", kind=Kind.DATE, meaning=N_("Last day that the value before is of")),
        Column(name="baseline_dataset", kind=Kind.TEXT, refers_to="initiative_datasets.dataset_id", meaning=N_("Dataset that the value before comes from; its hash is recorded")),
        Column(name="target", kind=Kind.NUMBER, meaning=N_("Value promised")),
        Column(name="change", kind=Kind.NUMBER, low=0, meaning=N_("How much was promised to change, in the promised direction and the indicator's unit, where no value was promised")),
        Column(name="change_share", kind=Kind.NUMBER, low=0, unit="share 0-1", example="0.25", meaning=N_("The same as a share of the value before: 0.25 for a quarter fewer")),
        Column(name="unit", kind=Kind.TEXT, meaning=N_("Unit of both")),
        Column(name="by", kind=Kind.DATE, meaning=N_("By when")),
        Column(name="place", kind=Kind.TEXT, meaning=N_("Where it was promised")),
        Column(name="groups", kind=Kind.TEXT, example="under_18; age_65_plus", meaning=N_("Groups that it was promised to, separated by semicolons")),
        Column(name="minimum_effect", kind=Kind.NUMBER, low=0, unit="the indicator's unit", meaning=N_("Smallest change in the promised direction that is worth it")),
        Column(name="floor_worst_group", kind=Kind.NUMBER, unit="the indicator's unit", meaning=N_("Smallest change in the promised direction that every group must have; below 0 for a loss that is accepted")),
        Column(name="delivery_threshold", kind=Kind.NUMBER, low=0, high=1, unit="share 0-1", meaning=N_("Delivered share below which it is adjusted")),
        Column(name="outcome_source", kind=Kind.TEXT, example="outcomes", meaning=N_("Dataset or table that the outcome is read from")),
        Column(name="informs", kind=Kind.TEXT, meaning=N_("Decision that the result informs")),
        Column(name="document", kind=Kind.TEXT, meaning=N_("Document and page")),
        Column(name="page", kind=Kind.INTEGER, low=1, meaning=N_("Page of the document")),
        Column(name="compiled_by", kind=Kind.TEXT, meaning=N_("Who put the promise together, where that was done afterwards")),
        Column(name="compiled_on", kind=Kind.DATE, meaning=N_("When that was done")),
    ),
)

DOCUMENTS = TableSchema(
    name="documents",
    meaning=N_("Documents of the initiative, page by page"),
    columns=(
        Column(name="document", kind=Kind.TEXT, required=True, meaning=N_("Title or file")),
        Column(name="page", kind=Kind.INTEGER, low=1, meaning=N_("Page")),
        Column(name="text", kind=Kind.TEXT, meaning=N_("Text of the page")),
        Column(name="author", kind=Kind.TEXT, choices=("vendor", "city", "independent", "residents", "unknown"), meaning=N_("Whose document it is")),
    ),
)

DATASETS = TableSchema(
    name="initiative_datasets",
    meaning=N_("Datasets that the initiative makes or uses"),
    columns=(
        Column(name="dataset_id", kind=Kind.TEXT, required=True, meaning=N_("Short code")),
        Column(name="title", kind=Kind.TEXT, meaning=N_("Title")),
        Column(name="file", kind=Kind.TEXT, meaning=N_("File, when it is at hand: it is audited")),
        Column(name="sheet", kind=Kind.TEXT, meaning=N_("Sheet or layer, where the file has several")),
        Column(name="datasheet", kind=Kind.TEXT, example="fill_levels.toml", meaning=N_("Its datasheet, as evenground datasheet drafts it: what the columns stand for, who makes it, who vouches for what")),
        Column(name="reference", kind=Kind.TEXT, meaning=N_("File with measurements or counts that it can be held against")),
        Column(name="informs", kind=Kind.TEXT, meaning=N_("Decision that it informs")),
    ),
)

ACCOUNTS = TableSchema(
    name="initiative_accounts",
    meaning=N_("What people said, did or know about the initiative"),
    columns=(
        Column(name="text", kind=Kind.TEXT, required=True, meaning=N_("The words, or a summary that the speaker has seen")),
        Column(name="role", kind=Kind.TEXT, required=True, meaning=N_("In what role")),
        Column(name="date", kind=Kind.DATE, meaning=N_("When it was said")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("How it was gathered")),
        Column(name="consent", kind=Kind.TEXT, required=True, choices=("public", "internal", "withdrawn"), meaning=N_("What the speaker agreed to")),
        Column(name="about", kind=Kind.TEXT, meaning=N_("Question or finding that it bears on")),
        Column(name="place", kind=Kind.TEXT, meaning=N_("Place in words")),
    ),
)

OBJECTIONS = TableSchema(
    name="objections",
    meaning=N_("Who disputes what, and what was answered"),
    columns=(
        Column(name="words", kind=Kind.TEXT, required=True, meaning=N_("The objection")),
        Column(name="by", kind=Kind.TEXT, meaning=N_("Who objects; empty when the name is withheld")),
        Column(name="date", kind=Kind.DATE, meaning=N_("When")),
        Column(name="against", kind=Kind.TEXT, meaning=N_("Question or finding code that it is against")),
        Column(name="answer", kind=Kind.TEXT, meaning=N_("What was answered")),
        Column(name="changed", kind=Kind.TEXT, meaning=N_("What it changed")),
    ),
)

LINKS = TableSchema(
    name="links",
    meaning=N_("Cause map: what acts on what, with sign, delay and source"),
    key=("from", "to"),
    columns=(
        Column(name="from", kind=Kind.TEXT, required=True, meaning=N_("Cause")),
        Column(name="to", kind=Kind.TEXT, required=True, meaning=N_("Effect")),
        Column(name="sign", kind=Kind.TEXT, required=True, choices=("+", "-", "?"), meaning=N_("More of the cause gives more (+), less (-) or either (?)")),
        Column(name="delay_months", kind=Kind.NUMBER, unit="months", low=0, meaning=N_("How long it takes")),
        Column(name="source", kind=Kind.TEXT, meaning=N_("How this is known")),
    ),
)

INITIATIVE_TABLES: tuple[TableSchema, ...] = (
    SITES, COMPONENTS, EVENTS, PROMISES, DOCUMENTS, DATASETS, ACCOUNTS, OBJECTIONS, LINKS,
)
