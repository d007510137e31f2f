"""Turn what ``city.toml`` declares into a ``City``, with every defect listed; reads no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from evenground.city import messages as say
from evenground.city.grouping import parse_baselines, parse_groups
from evenground.city.model import AreaLevel, City
from evenground.declaration import NOT_A_CHOICE, Declaration
from evenground.errors import Problem, nearest_name
from evenground.schema import Setting

READ_ELSEWHERE = ("format", "tables", "data")
"""Keys of ``city.toml`` that say where the data lie; the reader of files takes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What ``city.toml`` may name: the declared settings and the questions' keys, in order."""

    settings: Mapping[str, Setting] = field(default_factory=dict[str, Setting])
    questions: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedCity:
    """The city, and what was wrong with what was declared."""

    city: City
    problems: tuple[Problem, ...]


def parse_city(declared: Declaration, known: Known) -> ParsedCity:
    """Read a city from its declaration; whatever cannot be read is listed and left out.

    Parameters
    ----------
    declared
        The whole of ``city.toml``, or of the sheet ``city``.
    known
        The settings and questions that may be named.
    """
    declared.require("name", say.NO_NAME)
    declared.require("crs", say.NO_CRS)
    city = City(
        name=declared.text("name"),
        language=declared.text("language", "en"),
        currency=declared.text("currency"),
        crs=declared.text("crs"),
        time_zone=_time_zone(declared),
        level=declared.text("level"),
        edition=declared.text("edition"),
        levels=_levels(declared),
        questions=_questions(declared, known.questions),
        groups=parse_groups(declared),
        baselines=parse_baselines(declared),
        overrides=_overrides(declared.table("settings"), known.settings),
        made_by=declared.text("made_by"),
    )
    declared.finish(READ_ELSEWHERE)
    return ParsedCity(city=city, problems=tuple(declared.problems))


def _time_zone(declared: Declaration) -> str:
    name = declared.text("time_zone")
    if not name:
        return ""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        near = nearest_name(name, available_timezones())
        declared.add(say.BAD_TIME_ZONE, "time_zone", value=name, nearest=near)
        return ""
    return name


def _levels(declared: Declaration) -> tuple[AreaLevel, ...]:
    tables = declared.table("levels")
    found: list[AreaLevel] = []
    for key in tables.values:
        level = tables.table(key)
        name = level.text("name", key)
        found.append(AreaLevel(key=key, name=name, plural=level.text("plural", f"{name}s")))
        level.finish()
    chosen = declared.text("level")
    keys = [level.key for level in found]
    if chosen and found and chosen not in keys:
        declared.add(
            say.LEVEL_UNKNOWN, "level", value=chosen, nearest=nearest_name(chosen, keys),
            known=", ".join(keys),
        )  # fmt: skip
    return tuple(found)


def _questions(declared: Declaration, keys: Sequence[str]) -> tuple[str, ...]:
    chosen = declared.texts("questions")
    for key in chosen:
        if key not in keys:
            declared.add(
                say.UNKNOWN_QUESTION, "questions", value=key, nearest=nearest_name(key, keys),
                known=", ".join(keys),
            )  # fmt: skip
    return tuple(dict.fromkeys(key for key in chosen if key in keys))


def _overrides(table: Declaration, known: Mapping[str, Setting]) -> dict[str, Any]:
    overrides: dict[str, Any] = {}
    for key in table.values:
        if key not in known:
            table.add(
                say.UNKNOWN_SETTING, key, value=key, nearest=nearest_name(key, known),
                known=", ".join(known),
            )  # fmt: skip
            continue
        value = _setting(table, known[key])
        if value is not None:
            overrides[key] = value
    return overrides


def _setting(table: Declaration, setting: Setting) -> Any:
    """Return the value given for a setting, or ``None`` after saying what is wrong with it."""
    key, before = setting.key, len(table.problems)
    fields = {"meaning": setting.meaning, "default": setting.default}
    if isinstance(setting.default, bool):
        value: Any = table.flag(key, default=setting.default)
    elif isinstance(setting.default, int):
        value = table.whole(key)
    elif isinstance(setting.default, float):
        value = table.number(key)
    else:
        value = table.text(key)
    if len(table.problems) > before:
        del table.problems[before:]
        table.add(say.SETTING_WRONG_TYPE, key, value=table.values[key], **fields)
        return None
    if setting.choices and value not in setting.choices:
        near, listed = nearest_name(str(value), setting.choices), ", ".join(setting.choices)
        table.add(NOT_A_CHOICE, key, value=value, nearest=near, known=listed)
        return None
    low = float("-inf") if setting.low is None else setting.low
    high = float("inf") if setting.high is None else setting.high
    if isinstance(value, (int, float)) and not low <= value <= high:
        table.add(say.SETTING_OUT_OF_RANGE, key, value=value, low=low, high=high, **fields)
        return None
    return value
