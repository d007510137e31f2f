"""What an audit works out where the data are: lazy expressions that give few rows, and one pass.

Every name stands below ``datasets/<id>/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from evenground.protocol import DatasetCard, Fold
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.datasheet.reading import datasheet_of
from evenground.questions.data.datasheet.rules import series_rules
from evenground.questions.data.measures.clocks.suspicious import Times, suspicious_times
from evenground.questions.data.measures.columns.plan import asked as asked_of_columns
from evenground.questions.data.measures.columns.readings import JOINED, time_reading
from evenground.questions.data.measures.columns.typing import typed
from evenground.questions.data.measures.exposure.equivalence_classes import (
    class_diversity,
    class_sizes,
)
from evenground.questions.data.measures.exposure.unicity import distinct_points
from evenground.questions.data.measures.predictions.decisions import decision_counts
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.measures.series.fold import Auditing, SeriesFold, series_fold

if TYPE_CHECKING:
    import ibis

    from evenground.questions.data.measures.columns.profile import Narrow

SERIES, PLACES, BY_AREA = "series", "places", "by_area"
REPORTS, CLASSES, DIVERSITY, OUTCOMES = "reports", "classes", "diversity", "outcomes"
OUTCOMES_BY_AREA, SCORED = "outcomes_by_area", "scored"
TRACES = "traces"
"""Decisions and what came by area, too; chances or amounts that were predicted, and what came;
where each person was, hour by hour."""
ENDS, CLOCKS, DATES = "ends", "clocks", "dates"
"""Rows near changes of the clock, near dates that stand for none, and beyond what can be."""
COLUMNS, RAW = "columns", "raw"
"""What checks of columns ask; the rows as they were opened."""
PAIRS = "pairs"
"""Readings beside what they are held against."""
ROW, FILE = "__row", "__file"
"""Columns that opening adds: a row's position in the data, and the file that it is from."""

MOST_DATES = 8
"""Further columns of dates that are looked at."""
MOST_PLACES = 3_000_000
"""With more rows, places are told by distinct coordinates, without the positions of rows."""
MOST_SCORED = 2_000_000
"""With more rows, chances and amounts are not held against what came."""
MOST_POINTS = 2_000_000
"""With more rows, traces of people are not compared."""
MICROSECONDS_OF_HOUR = 3_600_000_000
HALF = 0.5
"""A prediction from here on says yes; decisions written as 0 and 1 stay as they are."""
YES_AND_NO = 2
"""So many different values tell yes from no; more of them are chances or amounts."""
FEWEST_PERIODS = 8
"""Counts of fewer periods than this are no series: there is nothing to tell a rhythm by."""
READ_AS_SERIES = (Form.STREAM, Form.COUNTS)
Parts = Mapping[str, "ibis.Table | Fold"]


def sheet_of(card: DatasetCard) -> Datasheet:
    """Return a dataset's datasheet, completed by what its columns were taken for."""
    return datasheet_of(card.stated)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A dataset's rows: numbers and times read; as they were opened; cut to some columns.

    ``today`` is the day of the audit; ``zone`` that of clocks which no datasheet names; ``cut`` is
    ``None`` where a table is not wide; ``flags`` says whether the rows behind each count are
    wanted.
    """

    read: ibis.Table
    raw: ibis.Table
    today: date
    zone: str = ""
    cut: Narrow | None = None
    flags: bool = False


def plan(name: str, rows: Rows, card: DatasetCard) -> Parts:
    """Return what is to be worked out of one dataset, by name.

    Parameters
    ----------
    name
        ``datasets/<id>``.
    rows
        Its rows; in those that are read, numbers are numbers, and times are microseconds of the
        clock as written.
    card
        What is known of it.
    """
    sheet = sheet_of(card)
    return {f"{name}/{part}": value for part, value in _parts(rows, sheet, card)}


def _parts(
    rows: Rows, sheet: Datasheet, card: DatasetCard
) -> Iterator[tuple[str, ibis.Table | Fold]]:
    roles, table = sheet.roles, rows.read
    if card.facts is not None:
        asked = asked_of_columns(rows.raw, card.facts, rows.cut)
        yield from ((f"{COLUMNS}/{key}", one) for key, one in asked.items())
    if _is_read_as_series(roles, card):
        yield SERIES, _readings(table, sheet, flags=rows.flags)
    if roles.time:
        when: Any = table[roles.time].cast("int64")
        yield ENDS, table.aggregate(first=when.min(), last=when.max())
        times = times_of(roles, rows.zone)
        yield CLOCKS, suspicious_times(table, times, rows.today)
    yield from _dates(rows, roles, card)
    if roles.x and roles.y:
        yield PLACES, _places(table, roles, n_rows=card.n_rows or 0)
    if roles.area:
        by_area = table.group_by(area=table[roles.area].cast("string"))
        yield BY_AREA, by_area.agg(n=table.count())
    if roles.incident and roles.time:
        yield REPORTS, _reports(table, roles)
    yield from _of_people(table, roles, card)


def _of_people(
    table: ibis.Table, roles: Roles, card: DatasetCard
) -> Iterator[tuple[str, ibis.Table]]:
    """Ask what rows give away of people, and how predictions of them fared."""
    if roles.quasi:
        yield CLASSES, class_sizes(table, roles.quasi)
        if roles.sensitive and roles.sensitive not in roles.quasi:
            yield DIVERSITY, class_diversity(table, roles.quasi, roles.sensitive)
    if roles.person and (card.n_rows or 0) <= MOST_POINTS and (roles.time or _place(roles)):
        yield TRACES, _points(table, roles)
    if roles.prediction and roles.outcome and (roles.group or roles.area):
        yield from _predictions(table, roles, card)


def _dates(rows: Rows, roles: Roles, card: DatasetCard) -> Iterator[tuple[str, ibis.Table]]:
    """Look for dates that cannot be in the other columns of days or moments."""
    known = {roles.time, *roles.time.split(JOINED)}
    listed = [
        (column, reading)
        for column in card.columns
        if column.name not in known and (reading := time_reading(column)) is not None
    ]
    for column, reading in listed[:MOST_DATES]:
        name = column.name
        read = typed(rows.raw.select(name), (column,), {name: reading})
        yield (
            f"{DATES}/{name}",
            suspicious_times(
                read.select(when=read[name]), Times(column="when", readings=False), rows.today
            ),
        )


def times_of(roles: Roles, zone: str) -> Times:
    """Return where times are and of which clock; ``zone`` is that of the city."""
    return Times(
        column=roles.time,
        sensor=roles.sensor,
        zone=roles.zone or zone,
        readings=roles.form is Form.STREAM,
    )


def _is_read_as_series(roles: Roles, card: DatasetCard) -> bool:
    """Tell whether rows are readings in time; a few periods of counts make no series."""
    if not (roles.time and roles.values) or roles.form not in READ_AS_SERIES:
        return False
    times = {column.name: column.n_distinct for column in card.columns}
    return roles.form is Form.STREAM or times.get(roles.time, FEWEST_PERIODS) >= FEWEST_PERIODS


def _readings(table: ibis.Table, sheet: Datasheet, *, flags: bool = False) -> SeriesFold:
    """Return the one ordered pass over the readings of each sensor."""
    import ibis

    roles = sheet.roles
    values = [name for name in roles.values if name in table.columns]
    whom = roles.sensor or (roles.area if roles.form is Form.COUNTS else "")
    sensor = table[whom].cast("string") if whom else ibis.literal("")
    columns = {
        "sensor": sensor.fill_null(ibis.literal("")),
        "time": table[roles.time].cast("int64"),
    }
    if ROW in table.columns:
        columns["row"] = table[ROW].cast("int64")
    if roles.arrived:
        columns["arrived"] = table[roles.arrived].cast("int64")
    over = table.select(**columns, **{name: _numbers(table, sheet, name) for name in values})
    return series_fold(over, values, auditing=Auditing(rules=series_rules(sheet), flags=flags))


def _numbers(table: ibis.Table, sheet: Datasheet, name: str) -> Any:
    """Return a measured column; what the datasheet calls a placeholder is no reading."""
    import ibis

    value = table[name].cast("float64")
    stated = sheet.columns[name].placeholders if name in sheet.columns else ()
    numbers = [ibis.literal(float(one)) for one in stated if _is_number(one)]
    return ibis.ifelse(value.isin(numbers), ibis.null("float64"), value) if numbers else value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _places(table: ibis.Table, roles: Roles, *, n_rows: int) -> ibis.Table:
    """Return coordinates: each row's, or distinct ones of each sensor where rows are many."""
    import ibis

    x, y = table[roles.x].cast("float64"), table[roles.y].cast("float64")
    sensor = table[roles.sensor].cast("string") if roles.sensor else ibis.null("string")
    if roles.form is Form.STREAM or n_rows > MOST_PLACES or ROW not in table.columns:
        keyed = table.select(x=x, y=y, sensor=sensor)
        counted = keyed.group_by(["sensor", "x", "y"]).agg(n=keyed.count())
        return counted.mutate(row=ibis.null("int64"))
    return table.select(
        x=x, y=y, sensor=sensor, n=ibis.literal(1, "int64"), row=table[ROW].cast("int64")
    )


def _reports(table: ibis.Table, roles: Roles) -> ibis.Table:
    columns = {"incident": table[roles.incident].cast("string"), "time": table[roles.time]}
    if roles.ended:
        columns["ended"] = table[roles.ended]
    if roles.area:
        columns["area"] = table[roles.area].cast("string")
    return table.select(**columns)


def _place(roles: Roles) -> tuple[str, ...]:
    """Return the columns that say where a row is of: an area, a station, else coordinates."""
    if roles.area or roles.sensor:
        return (roles.area or roles.sensor,)
    return (roles.x, roles.y) if roles.x and roles.y else ()


def _points(table: ibis.Table, roles: Roles) -> ibis.Table:
    """Return each person's distinct points: where, as written, and in which hour."""
    import ibis

    columns = {f"at_{place}": table[name] for place, name in enumerate(_place(roles))}
    if roles.time:
        when: Any = table[roles.time].cast("int64")
        columns["hour"] = (when // ibis.literal(MICROSECONDS_OF_HOUR)).cast("int64")
    found = table.select(person=table[roles.person].cast("string"), **columns)
    return distinct_points(found, "person", tuple(columns)).order_by(["person", *columns])


def _predictions(
    table: ibis.Table, roles: Roles, card: DatasetCard
) -> Iterator[tuple[str, ibis.Table]]:
    """Ask for decisions beside what came where there are any, and for chances or amounts."""
    is_chance, is_amount = predicts(roles, card)
    if not is_amount and on_unit_scale(roles, card):
        yield OUTCOMES, _outcomes(table, roles, roles.group or roles.area)
        if roles.group and roles.area and roles.area != roles.group:
            yield OUTCOMES_BY_AREA, _outcomes(table, roles, roles.area)
    if (is_chance or is_amount) and (card.n_rows or 0) <= MOST_SCORED:
        yield SCORED, _scored(table, roles)


def predicts(roles: Roles, card: DatasetCard) -> tuple[bool, bool]:
    """Tell whether a model predicts chances (more than yes and no), and whether amounts."""
    known = {column.name: column for column in card.columns}
    said, came = known.get(roles.prediction), known.get(roles.outcome)
    is_amount = came is not None and (
        came.n_distinct > YES_AND_NO or (came.high or 0) > 1 or (came.low or 0) < 0
    )
    return not is_amount and said is not None and said.n_distinct > YES_AND_NO, is_amount


def on_unit_scale(roles: Roles, card: DatasetCard) -> bool:
    """Tell whether predictions lie from 0 to 1, so that one half parts yes from no."""
    said = next((column for column in card.columns if column.name == roles.prediction), None)
    low, high = (said.low, said.high) if said is not None else (None, None)
    return (low is None or low >= 0) and (high is None or high <= 1)


def _scored(table: ibis.Table, roles: Roles) -> ibis.Table:
    """Return how often each chance or amount met each outcome, by group and area."""
    import ibis

    found = table.select(
        **{
            name: table[column].cast("string") if column else ibis.null("string")
            for name, column in (("group", roles.group), ("area", roles.area))
        },
        said=table[roles.prediction].cast("float64"),
        came=table[roles.outcome].cast("float64"),
    )
    keys = ["group", "area", "said", "came"]
    known = found.filter(found.said.notnull() & found.came.notnull())
    return known.group_by(keys).agg(n=known.count()).order_by(keys)


def _outcomes(table: ibis.Table, roles: Roles, group: str) -> ibis.Table:
    """Return how often each decision met each outcome, by group or area."""
    import ibis

    half = ibis.literal(HALF)
    return decision_counts(
        table,
        decided=table[roles.prediction].cast("float64") >= half,
        came=table[roles.outcome].cast("float64") >= half,
        group=group,
    )
