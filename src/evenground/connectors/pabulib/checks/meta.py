"""Checks of META: codes, dates, lengths, and fields that do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from evenground.connectors.pabulib.checks import field_messages as say
from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.pabulib.fields import NEEDLESS, RULES
from evenground.connectors.pabulib.iso_codes import (
    country_names,
    is_country,
    is_currency,
    is_language,
)
from evenground.errors import Place, Problem, nearest_name

_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_OTHER_DAY = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_YEAR = re.compile(r"\d{4}")
_MARK = re.compile(r"#(\d+):")
_YEAR_DIGITS = 4


def meta_problems(file: PabulibFile) -> Iterator[Problem]:
    """Yield what is wrong with META beyond the kind of each value."""
    yield from _codes(file)
    yield from _dates(file)
    yield from _rule(file)
    yield from _lengths(file)
    yield from _vote_type(file)
    yield from _comment(file)
    yield from _caps(file)


def day_of(text: str) -> date | None:
    """Return the day that a text stands for, 1 January for a year; ``None`` if it is neither."""
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date(int(text), 1, 1) if _YEAR.fullmatch(text) else None
    except ValueError:
        return None


def _at(file: PabulibFile, key: str) -> Place:
    return file.place("META", file.meta_line(key), key)


def _codes(file: PabulibFile) -> Iterator[Problem]:
    country = file.value("country")
    if country and not is_country(country):
        nearest = nearest_name(country, country_names())
        yield say.COUNTRY.at(_at(file, "country"), value=country, nearest=nearest)
    for key, known, kind in (
        ("language", is_language, say.LANGUAGE),
        ("currency", is_currency, say.CURRENCY),
    ):
        if file.value(key) and not known(file.value(key)):
            yield kind.at(_at(file, key), value=file.value(key))


def _dates(file: PabulibFile) -> Iterator[Problem]:
    begin, end = (day_of(file.value(key)) for key in ("date_begin", "date_end"))
    for key, day in (("date_begin", begin), ("date_end", end)):
        text = file.value(key)
        if text and day is None:
            yield say.DATE.at(_at(file, key), value=text, nearest=_rewritten(text))
    if begin and end and begin > end:
        yield say.DATES_REVERSED.at(
            _at(file, "date_end"), value=file.value("date_end"), begin=file.value("date_begin")
        )


def _rewritten(text: str) -> str:
    """Return a date in the right form where the order of its parts leaves no doubt."""
    found = _OTHER_DAY.fullmatch(text)
    if not found:
        return ""
    year_first = len(found[1]) == _YEAR_DIGITS
    if not year_first and len(found[3]) != _YEAR_DIGITS:
        return ""
    year, month, day = found.groups() if year_first else reversed(found.groups())
    written = f"{int(day):02}.{int(month):02}.{year}"
    return written if day_of(written) else ""


def _rule(file: PabulibFile) -> Iterator[Problem]:
    rule = file.value("rule")
    if rule == "unknown":
        yield say.RULE_UNSTATED.at(_at(file, "rule"), value=rule)
    elif rule and rule not in RULES:
        yield say.RULE_UNKNOWN.at(
            _at(file, "rule"),
            value=rule,
            nearest=nearest_name(rule, RULES),
            known=", ".join(RULES),
        )


def _whole(file: PabulibFile, key: str) -> int | None:
    text = file.value(key)
    return int(text) if text.isascii() and text.isdigit() else None


def _lengths(file: PabulibFile) -> Iterator[Problem]:
    longest, n_projects = _whole(file, "max_length"), _whole(file, "num_projects")
    if file.value("vote_type") == "choose-1":
        for key in ("min_length", "max_length"):
            if _whole(file, key) not in {1, None}:
                yield say.CHOOSE_ONE_LENGTH.at(_at(file, key), value=file.value(key))
    elif longest == 1 and n_projects != 1:
        yield say.CHOOSE_ONE_LIKELY.at(_at(file, "max_length"), value=file.value("vote_type"))
    if longest is not None and n_projects is not None and longest > n_projects:
        yield say.LENGTH_ABOVE_PROJECTS.at(
            _at(file, "max_length"), value=longest, n_projects=n_projects
        )


def _vote_type(file: PabulibFile) -> Iterator[Problem]:
    vote_type = file.value("vote_type")
    for key in NEEDLESS.get(vote_type, ()):
        if file.value(key):
            yield say.FIELD_NEEDLESS.at(_at(file, key), value=file.value(key), vote_type=vote_type)
    if vote_type == "cumulative" and file.value("max_sum_points") in {"", "0"}:
        yield say.NEEDS_TOTAL.at(_at(file, "max_sum_points"))


def _comment(file: PabulibFile) -> Iterator[Problem]:
    comment = file.value("comment")
    if not comment:
        return
    numbers = _MARK.findall(comment)
    if not comment.startswith("#1: "):
        yield say.COMMENT.at(_at(file, "comment"), value=comment)
    elif numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        yield say.COMMENT_NUMBERS.at(_at(file, "comment"), value=", ".join(numbers))


def _caps(file: PabulibFile) -> Iterator[Problem]:
    for key, names in (
        ("budget_per_category", "categories"),
        ("budget_per_neighborhood", "neighborhoods"),
        ("min_sum_cost_per_category", "categories"),
        ("max_sum_cost_per_category", "categories"),
    ):
        amounts = [part for part in file.value(key).split(",") if part.strip()]
        listed = [part for part in file.value(names).split(",") if part.strip()]
        if amounts and len(amounts) != len(listed):
            yield say.CAP_LISTS.at(
                _at(file, key), value=len(amounts), n_names=len(listed), names=names
            )
