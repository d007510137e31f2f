"""Read a TOML file of costs, terms, values and effects: every defect listed with its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenground.city import CITY_SETTINGS
from evenground.city.parsing import Known, parse_city
from evenground.declaration import Declaration, Written
from evenground.errors import InvalidInputError, Place, Problem, Severity, nearest_name
from evenground.initiative import Initiative, Option, OptionKind, Stage
from evenground.questions.promise import QUESTION
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.schemas import COST_LINES, EXIT_TERMS_TABLE, PAST_PROMISES
from evenground.questions.promise.valued_tables import BENEFIT_VALUES
from evenground.questions.promise.valuing import EstimatedEffect
from evenground.schema import Column, Kind, Setting, TableSchema
from evenground.stores.toml_text import key_rows, load_toml
from evenground.workspace import worth_messages as say

TABLES: tuple[TableSchema, ...] = (COST_LINES, EXIT_TERMS_TABLE, BENEFIT_VALUES, PAST_PROMISES)
"""Tables that such a file may hold, with the columns of the data model as keys."""
EFFECT_KEYS = (
    "promise_id", "words", "unit", "promised", "value", "low", "high", "level", "source",
)  # fmt: skip
LEVEL = 0.95
_KINDS = tuple(kind.value for kind in OptionKind)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthFile:
    """What a file gives.

    Attributes
    ----------
    initiative
        Its title and its options; nothing else is known.
    currency
        What money is in; empty where it is not said.
    rows
        Rows by table, promises included.
    effects
        Estimated effects by the promise's code.
    overrides
        Settings that differ from their defaults.
    problems
        What was noticed and is no error.
    """

    initiative: Initiative
    currency: str
    rows: Mapping[str, Sequence[Row]]
    effects: Mapping[str, EstimatedEffect]
    overrides: Mapping[str, Any]
    problems: tuple[Problem, ...]


def known_settings() -> dict[str, Setting]:
    """Return the settings by which costs and worth are worked out."""
    general = [one for one in CITY_SETTINGS if one.key == "confidence"]
    return {one.key: one for one in (*general, *QUESTION.settings)}


def read_worth_file(path: Path) -> WorthFile:
    """Read a file of costs, terms, values and effects.

    Raises
    ------
    FormatError, UntrustedInputError
        If it is not TOML, or too large.
    InvalidInputError
        If it breaks a rule; every defect is listed.
    """
    values, text = load_toml(path)
    places = {key: Place(file=path.name, row=row) for key, row in key_rows(text).items()}
    declared = Declaration(values, written=Written(file=path.name, places=places))
    options = _options(declared)
    promises, effects = _effects(declared)
    rows = {schema.name: _rows(declared, schema, promises) for schema in TABLES}
    _check_names(declared, rows, options, promises)
    initiative = Initiative(
        title=declared.text("title", path.stem), stage=Stage.PROPOSED, options=options
    )
    currency = declared.text("currency")
    overrides = _overrides(declared)
    if not rows[COST_LINES.name] and not any(option.cost for option in options):
        declared.add(say.NOTHING)
    declared.finish()
    errors = [one for one in declared.problems if one.severity is Severity.ERROR]
    if errors:
        raise InvalidInputError(*errors)
    return WorthFile(
        initiative=initiative,
        currency=currency,
        rows={**rows, "promises": promises},
        effects=effects,
        overrides=overrides,
        problems=tuple(declared.problems),
    )


def _options(declared: Declaration) -> tuple[Option, ...]:
    options: list[Option] = []
    for one in declared.tables("options"):
        key = one.text("key")
        if not one.has("key"):
            one.add(say.MISSING, "key", meaning="short code of the option")
        implied = key if key in _KINDS else OptionKind.OTHER.value
        years = one.table("cost")
        options.append(
            Option(
                key=key,
                name=one.text("name", key),
                kind=OptionKind(one.choice("kind", _KINDS, implied)),
                cost=_yearly(years),
                price_year=one.whole("price_year"),
                terms=one.text("terms"),
                cost_of_leaving=one.number("cost_of_leaving"),
                leaving=one.text("leaving"),
            )
        )
        one.finish()
    return tuple(options)


def _yearly(years: Declaration) -> dict[int, float]:
    cost: dict[int, float] = {}
    column = COST_LINES["year"]
    for key in years.values:
        amount = years.number(key)
        if not key.isdecimal() or not _within(column, float(key)):
            _out_of_range(years, key, column, key)
        elif amount is not None:
            cost[int(key)] = amount
    return dict(sorted(cost.items()))


def _effects(declared: Declaration) -> tuple[list[Row], dict[str, EstimatedEffect]]:
    """Return promises as rows, and the effects that were estimated."""
    promises: list[Row] = []
    effects: dict[str, EstimatedEffect] = {}
    for one in declared.tables("effect"):
        key = one.text("promise_id", "effect")
        if key in [row["promise_id"] for row in promises]:
            one.add(say.EFFECT_REPEATED, "promise_id", value=key)
        promises.append(
            {
                "promise_id": key, "kind": "outcome", "direction": "more",
                "words": one.text("words", key), "unit": one.text("unit"),
                "change": one.number("promised"), "source": one.text("source"),
            }
        )  # fmt: skip
        found = _estimated(one)
        if found is not None:
            effects[key] = found
        one.finish(EFFECT_KEYS)
    return promises, effects


def _estimated(one: Declaration) -> EstimatedEffect | None:
    value, low, high = (one.number(name) for name in ("value", "low", "high"))
    level = one.number("level") or LEVEL
    if value is None and low is None and high is None:
        return None
    if value is None or low is None or high is None:
        one.add(say.INTERVAL_INCOMPLETE)
        return None
    if not low <= value <= high:
        one.add(say.INTERVAL_CROSSED, "value", value=value, low=low, high=high)
        return None
    if not 0 < level < 1:
        one.add(
            say.OUTSIDE, "level", value=level, low=0, high=1,
            meaning="confidence of the interval",
        )  # fmt: skip
        return None
    return EstimatedEffect(effect=Ranged(value=value, low=low, high=high), level=level)


def _rows(declared: Declaration, schema: TableSchema, promises: Sequence[Row]) -> list[Row]:
    only = promises[0]["promise_id"] if promises else ""
    found: list[Row] = []
    for one in declared.tables(schema.name):
        row = {column.name: _value(one, column) for column in schema.columns}
        if schema is BENEFIT_VALUES and not row["promise_id"]:
            row["promise_id"] = only
        for column in schema.columns:
            if column.required and row[column.name] in (None, ""):
                one.add(say.MISSING, column.name, meaning=column.meaning)
        one.finish()
        found.append(row)
    return found


def _value(one: Declaration, column: Column) -> Any:
    name = column.name
    match column.kind:
        case Kind.INTEGER:
            number: float | None = one.whole(name)
        case Kind.NUMBER:
            number = one.number(name)
        case Kind.DATE:
            return one.day(name)
        case Kind.BOOLEAN:
            return one.flag(name) if one.has(name) else None
        case _:
            return (one.choice(name, column.choices) if column.choices else one.text(name)) or None
    if number is not None and not _within(column, number):
        _out_of_range(one, name, column, number)
    return number


def _within(column: Column, number: float) -> bool:
    low = float("-inf") if column.low is None else column.low
    high = float("inf") if column.high is None else column.high
    return low <= number <= high


def _out_of_range(one: Declaration, key: str, column: Column, value: object) -> None:
    low = "–∞" if column.low is None else f"{column.low:g}"
    high = "∞" if column.high is None else f"{column.high:g}"
    one.add(say.OUTSIDE, key, value=value, low=low, high=high, meaning=column.meaning)


def _check_names(
    declared: Declaration,
    rows: Mapping[str, Sequence[Row]],
    options: Sequence[Option],
    promises: Sequence[Row],
) -> None:
    keys = [one.key for one in options]
    codes = [row["promise_id"] for row in promises]
    for name in (COST_LINES.name, EXIT_TERMS_TABLE.name, BENEFIT_VALUES.name):
        for one, row in zip(declared.tables(name), rows[name], strict=True):
            if keys and row["option"] and row["option"] not in keys:
                near = nearest_name(row["option"], keys)
                one.add(
                    say.UNKNOWN_OPTION, "option", value=row["option"], nearest=near,
                    known=", ".join(keys),
                )  # fmt: skip
            code = row.get("promise_id") if name == BENEFIT_VALUES.name else None
            if code and code not in codes:
                near = nearest_name(code, codes)
                one.add(
                    say.UNKNOWN_PROMISE, "promise_id", value=code, nearest=near,
                    known=", ".join(codes),
                )  # fmt: skip


def _overrides(declared: Declaration) -> Mapping[str, Any]:
    """Return the settings that are given; they are read as those of a city are."""
    given = declared.table("settings")
    alone = Declaration({"settings": given.values}, written=declared.written)
    found = parse_city(alone, Known(settings=known_settings()))
    about = [one for one in found.problems if one.place.column.startswith("settings.")]
    declared.problems.extend(about)
    return found.city.overrides
