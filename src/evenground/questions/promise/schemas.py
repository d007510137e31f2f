"""Tables that only Promise brings: how a promise is to be judged, what came, what others saw."""

from __future__ import annotations

from evenground.language import N_
from evenground.questions.promise.valued_tables import BENEFIT_VALUES
from evenground.schema import Column, Kind, TableSchema

# A column is a line, so that a table reads as a table.
# fmt: off

DESIGNS: tuple[str, ...] = ("randomised", "few_treated", "staggered", "many_areas", "no_comparison")
ESTIMATORS: tuple[str, ...] = ("permutation", "sdid", "sc", "did", "ascm", "cs", "bjs", "its")
INFERENCES: tuple[str, ...] = ("enumerate", "permute", "block-conformal", "cluster", "wild-bootstrap", "hac")
RESULTS: tuple[str, ...] = ("scale", "adjust", "stop", "cannot_tell")
COST_KINDS: tuple[str, ...] = ("purchase", "subscription", "maintenance", "staff", "data", "leaving", "other")
EXIT_TERMS: tuple[str, ...] = ("data_ownership", "dependence", "cost_of_leaving", "notice", "handover", "other")
_MORE_OR_LESS = ("more", "less")

_PROMISE = Column(name="promise_id", kind=Kind.TEXT, required=True, refers_to="promises.promise_id", example="B1", meaning=N_("Short code of the promise"))
_SOURCE = Column(name="source", kind=Kind.TEXT, meaning=N_("Where this stands"))

HARMS = TableSchema(
    name="harms",
    meaning=N_("What must not get worse, and by how much at most it may"),
    key=("harm_id",),
    columns=(
        Column(name="harm_id", kind=Kind.TEXT, required=True, example="noise", meaning=N_("Short code")),
        Column(name="promise_id", kind=Kind.TEXT, refers_to="promises.promise_id", meaning=N_("Promise that it is a harm of; empty for the whole initiative")),
        Column(name="indicator", kind=Kind.TEXT, required=True, example="noise_complaints", meaning=N_("What measures the harm, as in the table of outcomes")),
        Column(name="unit", kind=Kind.TEXT, example="complaints per month", meaning=N_("Unit of the indicator and of the limit")),
        Column(name="worse_when", kind=Kind.TEXT, choices=_MORE_OR_LESS, meaning=N_("Whether more or less of it is the harm; more when empty")),
        Column(name="limit", kind=Kind.NUMBER, low=0, unit="the indicator's unit", meaning=N_("Largest change for the worse that is accepted")),
        Column(name="group", kind=Kind.TEXT, meaning=N_("Group that it is watched for; empty for all")),
        Column(name="why", kind=Kind.TEXT, meaning=N_("Why this limit, and who set it")),
    ),
)

RESPONSES = TableSchema(
    name="responses",
    meaning=N_("What the city would do at each possible result, said before any is known"),
    key=("promise_id", "result"),
    columns=(
        _PROMISE,
        Column(name="result", kind=Kind.TEXT, required=True, example="scale", meaning=N_("Result: scale, adjust, stop, cannot_tell, or one in words such as “half of it came”")),
        Column(name="response", kind=Kind.TEXT, example="Buy no further bins and end the licence", meaning=N_("What the city would then do")),
        Column(name="who", kind=Kind.TEXT, meaning=N_("Who would do it")),
    ),
)

EVALUATION = TableSchema(
    name="evaluation",
    meaning=N_("How each promise will be judged: fixed and sealed with it, before outcome data are opened"),
    key=("promise_id",),
    columns=(
        _PROMISE,
        Column(name="design", kind=Kind.TEXT, choices=DESIGNS, meaning=N_("What comparison there will be: drawn by lot; one to five treated units with a long history; stages; many units at one date; none")),
        Column(name="estimator", kind=Kind.TEXT, choices=ESTIMATORS, meaning=N_("How the effect will be estimated; the design's own when empty")),
        Column(name="inference", kind=Kind.TEXT, choices=INFERENCES, meaning=N_("How its interval will be found; the design's own when empty")),
        Column(name="alpha", kind=Kind.NUMBER, low=0.0001, high=0.5, unit="share 0-1", example="0.05", meaning=N_("Error rate of every statement of the rule; the city's setting when empty")),
        Column(name="looks", kind=Kind.INTEGER, low=1, meaning=N_("How many times the results will be looked at before they are final")),
        Column(name="look_dates", kind=Kind.TEXT, example="2027-03-31; 2027-09-30", meaning=N_("When, separated by semicolons")),
        Column(name="starts", kind=Kind.DATE, meaning=N_("When the first unit is to start")),
        Column(name="period", kind=Kind.TEXT, choices=("day", "week", "month", "quarter", "year"), meaning=N_("Step of the outcome data")),
        Column(name="periods_before", kind=Kind.INTEGER, low=0, unit="periods", meaning=N_("How many periods before the start will be used; all when empty")),
        Column(name="horizon_months", kind=Kind.NUMBER, low=0, unit="months", meaning=N_("How long after the start the effect has to show")),
        Column(name="units", kind=Kind.TEXT, example="areas", meaning=N_("What is compared: areas, bins, crossings …")),
        Column(name="donors", kind=Kind.TEXT, meaning=N_("Which units may serve as comparison; all that are never treated when empty")),
        Column(name="left_out", kind=Kind.TEXT, meaning=N_("Units and periods that will be left out, and why")),
        Column(name="spillover_metres", kind=Kind.NUMBER, low=0, unit="m", meaning=N_("How far an effect may spill over to neighbours")),
        Column(name="assignment", kind=Kind.TEXT, example="assignment.json", meaning=N_("File or dataset that holds the scheme by which units are assigned")),
        Column(name="weights", kind=Kind.TEXT, example="residents 2025", meaning=N_("What units count by when they are put together; alike when empty")),
        Column(name="rule", kind=Kind.TEXT, meaning=N_("Anything that the rule says beside minimum effect, floors, limits and threshold")),
    ),
)

ROLLOUT = TableSchema(
    name="rollout",
    meaning=N_("Which unit was to start when, which did, and under which arm of the trial"),
    key=("unit_id", "promise_id"),
    columns=(
        Column(name="unit_id", kind=Kind.TEXT, required=True, example="0103", meaning=N_("Area or other unit, as in the table of outcomes")),
        Column(name="promise_id", kind=Kind.TEXT, refers_to="promises.promise_id", meaning=N_("Promise that this belongs to; empty for all")),
        Column(name="planned_start", kind=Kind.DATE, meaning=N_("When it was to start; empty if it was not to")),
        Column(name="started", kind=Kind.DATE, meaning=N_("When it did start; empty if it did not")),
        Column(name="ended", kind=Kind.DATE, meaning=N_("When it ended; empty while it runs")),
        Column(name="arm", kind=Kind.TEXT, example="treated", meaning=N_("Arm that it was assigned to")),
        Column(name="stratum", kind=Kind.TEXT, meaning=N_("Stratum within which it was drawn")),
        Column(name="step", kind=Kind.INTEGER, low=1, meaning=N_("Step of a stepped wedge")),
        Column(name="units_planned", kind=Kind.NUMBER, low=0, meaning=N_("How many devices or the like were planned there")),
        Column(name="units_installed", kind=Kind.NUMBER, low=0, meaning=N_("How many stand there")),
        _SOURCE,
    ),
)

OUTCOMES = TableSchema(
    name="outcomes",
    meaning=N_("Outcome data: one value for each indicator, unit, period and group"),
    key=("indicator", "unit_id", "period", "group"),
    columns=(
        Column(name="indicator", kind=Kind.TEXT, required=True, example="full_bins_found", meaning=N_("Indicator of a promise or a harm")),
        Column(name="unit_id", kind=Kind.TEXT, required=True, example="0103", meaning=N_("Area or other unit")),
        Column(name="period", kind=Kind.TEXT, required=True, example="2027-03", meaning=N_("Day, month, quarter or year, written so that it sorts")),
        Column(name="group", kind=Kind.TEXT, meaning=N_("Group of people that it is of; empty for all")),
        Column(name="value", kind=Kind.NUMBER, meaning=N_("Measured value")),
        Column(name="numerator", kind=Kind.NUMBER, low=0, counts_people=True, unit="people", meaning=N_("People counted, when the value is a share or rate")),
        Column(name="denominator", kind=Kind.NUMBER, low=0, counts_people=True, unit="people", meaning=N_("People that the value is of; those of the baseline hold the weights fixed")),
        _SOURCE,
    ),
)

COST_LINES = TableSchema(
    name="cost_lines",
    meaning=N_("What each option costs, line by line, over its whole life"),
    columns=(
        Column(name="option", kind=Kind.TEXT, required=True, refers_to="options.key", meaning=N_("Option")),
        Column(name="year", kind=Kind.INTEGER, required=True, low=1800, high=2200, meaning=N_("Year in which it is paid")),
        Column(name="kind", kind=Kind.TEXT, required=True, choices=COST_KINDS, meaning=N_("What it is paid for")),
        Column(name="amount", kind=Kind.NUMBER, unit="city currency", meaning=N_("Amount; empty when it is owed and nobody knows how much")),
        Column(name="low", kind=Kind.NUMBER, unit="city currency", meaning=N_("The least that it may be")),
        Column(name="high", kind=Kind.NUMBER, unit="city currency", meaning=N_("The most that it may be")),
        Column(name="price_year", kind=Kind.INTEGER, low=1800, high=2200, meaning=N_("Year of the prices")),
        Column(name="paid_to", kind=Kind.TEXT, meaning=N_("Who gets it")),
        _SOURCE,
    ),
)

EXIT_TERMS_TABLE = TableSchema(
    name="exit_terms",
    meaning=N_("What each option says about leaving it: whose the data are, who else can run it, what it costs"),
    columns=(
        Column(name="option", kind=Kind.TEXT, required=True, refers_to="options.key", meaning=N_("Option")),
        Column(name="about", kind=Kind.TEXT, required=True, choices=EXIT_TERMS, meaning=N_("What the term is about")),
        Column(name="words", kind=Kind.TEXT, required=True, meaning=N_("The term, word for word")),
        _SOURCE,
    ),
)

DECISIONS = TableSchema(
    name="decisions",
    meaning=N_("What the deciding body did once a result was there, and why"),
    columns=(
        Column(name="date", kind=Kind.DATE, required=True, meaning=N_("When it was decided")),
        Column(name="promise_id", kind=Kind.TEXT, refers_to="promises.promise_id", meaning=N_("Promise that it is about; empty for the whole initiative")),
        Column(name="body", kind=Kind.TEXT, example="Technical Committee", meaning=N_("Who decided")),
        Column(name="result", kind=Kind.TEXT, choices=RESULTS, meaning=N_("What the rule said then")),
        Column(name="decided", kind=Kind.TEXT, required=True, choices=("scale", "adjust", "stop", "decline", "none"), meaning=N_("What was decided; none when nothing was")),
        Column(name="why", kind=Kind.TEXT, meaning=N_("The reasons, as they were given")),
        _SOURCE,
    ),
)

PAST_PROMISES = TableSchema(
    name="past_promises",
    meaning=N_("What was promised before, and what came: the class that a new promise belongs to"),
    key=("initiative_id", "promise_id"),
    columns=(
        Column(name="initiative_id", kind=Kind.TEXT, required=True, meaning=N_("Initiative, as in the table of past initiatives")),
        Column(name="promise_id", kind=Kind.TEXT, required=True, meaning=N_("Short code of the promise")),
        Column(name="domain", kind=Kind.TEXT, example="waste", meaning=N_("Service domain")),
        Column(name="kind", kind=Kind.TEXT, choices=("outcome", "output", "cost", "time", "social"), meaning=N_("What was promised; an outcome when empty")),
        Column(name="is_it", kind=Kind.BOOLEAN, meaning=N_("Yes where software or data are most of it: such overruns have no mean that could be used")),
        Column(name="indicator", kind=Kind.TEXT, meaning=N_("What measured it")),
        Column(name="unit", kind=Kind.TEXT, meaning=N_("Unit of baseline, promised and delivered")),
        Column(name="direction", kind=Kind.TEXT, choices=_MORE_OR_LESS, meaning=N_("Whether more or less of it was promised; more when empty")),
        Column(name="baseline", kind=Kind.NUMBER, meaning=N_("Value before")),
        Column(name="promised", kind=Kind.NUMBER, meaning=N_("Value promised")),
        Column(name="delivered", kind=Kind.NUMBER, meaning=N_("Value that came; empty when nobody measured it")),
        Column(name="promised_cost", kind=Kind.NUMBER, low=0, unit="city currency", meaning=N_("Cost as decided")),
        Column(name="cost", kind=Kind.NUMBER, low=0, unit="city currency", meaning=N_("Cost in the end, at the same prices")),
        Column(name="started_on", kind=Kind.DATE, meaning=N_("When it was decided or begun: times count from here")),
        Column(name="promised_by", kind=Kind.DATE, meaning=N_("By when it was promised")),
        Column(name="delivered_on", kind=Kind.DATE, meaning=N_("When it was there")),
        Column(name="stage", kind=Kind.TEXT, choices=("running", "ended", "stopped", "declined", "never_built"), meaning=N_("What became of it; those declined, stopped and never built stay")),
        _SOURCE,
    ),
)

AGENCY_INDICATORS = TableSchema(
    name="agency_indicators",
    meaning=N_("Targets that agencies set themselves, and what they reached, as published"),
    columns=(
        Column(name="agency", kind=Kind.TEXT, required=True, meaning=N_("Agency")),
        Column(name="year", kind=Kind.INTEGER, required=True, low=1800, high=2200, meaning=N_("Year")),
        Column(name="measure", kind=Kind.TEXT, required=True, meaning=N_("What is measured")),
        Column(name="measure_id", kind=Kind.TEXT, meaning=N_("Its number, where it has one")),
        Column(name="direction", kind=Kind.TEXT, meaning=N_("Which way is better, as published; more when empty")),
        Column(name="target", kind=Kind.TEXT, meaning=N_("Target, as published: a number, a share, an amount, or words")),
        Column(name="actual", kind=Kind.TEXT, meaning=N_("What was reached, as published")),
        Column(name="rating", kind=Kind.TEXT, meaning=N_("How the agency rated it")),
        Column(name="informs", kind=Kind.TEXT, meaning=N_("Decision that it informs")),
        _SOURCE,
    ),
)

BORROWED = TableSchema(
    name="borrowed",
    meaning=N_("Results from elsewhere on which a promise rests"),
    columns=(
        _PROMISE,
        Column(name="from_city", kind=Kind.TEXT, required=True, example="Aarhus", meaning=N_("Where it was seen, as in the table of contexts")),
        Column(name="effect", kind=Kind.NUMBER, meaning=N_("Effect seen there, in the promised direction")),
        Column(name="low", kind=Kind.NUMBER, meaning=N_("Lower end of its interval")),
        Column(name="high", kind=Kind.NUMBER, meaning=N_("Upper end of its interval")),
        Column(name="level", kind=Kind.NUMBER, low=0.5, high=0.999, unit="share 0-1", meaning=N_("Confidence of that interval; 0.95 when empty")),
        Column(name="unit", kind=Kind.TEXT, example="% fewer full bins", meaning=N_("Unit of effect and interval")),
        Column(name="design", kind=Kind.TEXT, example="before and after, no comparison", meaning=N_("How it was found there")),
        Column(name="found_by", kind=Kind.TEXT, choices=("vendor", "city", "independent", "unknown"), meaning=N_("Who found it")),
        _SOURCE,
    ),
)

CONTEXT_PROFILE = TableSchema(
    name="context_profile",
    meaning=N_("What cities are like: this one, those that results are borrowed from, and others to compare with"),
    key=("city", "dimension"),
    columns=(
        Column(name="city", kind=Kind.TEXT, required=True, example="Aarhus", meaning=N_("City; this one by its own name")),
        Column(name="dimension", kind=Kind.TEXT, required=True, example="collections per bin and week", meaning=N_("What about it may make the result differ")),
        Column(name="value", kind=Kind.NUMBER, meaning=N_("Value")),
        Column(name="unit", kind=Kind.TEXT, meaning=N_("Unit")),
        Column(name="year", kind=Kind.TEXT, meaning=N_("Year or date that it is of")),
        Column(name="why", kind=Kind.TEXT, meaning=N_("Why a difference here would change the result")),
        _SOURCE,
    ),
)

TABLES: tuple[TableSchema, ...] = (
    HARMS, RESPONSES, EVALUATION, ROLLOUT, OUTCOMES, COST_LINES, EXIT_TERMS_TABLE, BENEFIT_VALUES,
    DECISIONS, PAST_PROMISES, AGENCY_INDICATORS, BORROWED, CONTEXT_PROFILE,
)
