"""What options cost and what effects are worth, from one file or from an initiative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.city import City
from evenground.errors import (
    InvalidInputError,
    NotFoundError,
    Place,
    Problem,
    Severity,
    UsageError,
    nearest_name,
)
from evenground.evidence import Finding
from evenground.initiative import Initiative
from evenground.protocol import Case
from evenground.questions.promise.context import Context
from evenground.questions.promise.costing import OptionCost
from evenground.questions.promise.findings.amounts import schedule_of
from evenground.questions.promise.findings.costs import costed, costs
from evenground.questions.promise.findings.worth import terms_of, worth, worths
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.past import past_of
from evenground.questions.promise.published import PublishedSchedule
from evenground.questions.promise.raising import Raised, raised
from evenground.questions.promise.stated import stated
from evenground.questions.promise.valuing import EstimatedEffect, Worth
from evenground.schema import Settings
from evenground.stores.folder import sha256_of
from evenground.workspace import plain_messages
from evenground.workspace import worth_messages as say
from evenground.workspace.opening import nameless_city, open_city, open_initiative
from evenground.workspace.worth_file import TABLES, WorthFile, known_settings, read_worth_file

if TYPE_CHECKING:
    import numpy as np

SUFFIX = ".toml"
READ = (*(schema.name for schema in TABLES), "promises")
"""Tables of an initiative and its city that costs and worth are worked out from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedWorth:
    """What is asked beside the file: an effect (of an initiative), its promise, and the city.

    ``effect`` is value, low and high; ``level`` its confidence, 0-1.
    """

    effect: tuple[float, float, float] | None = None
    level: float = 0.95
    promise: str = ""
    city: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that was read, by its name and the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthFound:
    """Everything that was worked out.

    Attributes
    ----------
    title, currency
        What it is about, and what money is in (empty where nobody says).
    costs
        Every option's cost and terms.
    worths
        What promises are worth, by promise and option.
    raised, schedule
        By how much costs are raised; how later years are discounted.
    settings
        Settings that differ from their defaults.
    findings
        The same as findings, to be put into words.
    files, problems
        What was read, and what was noticed.
    """

    title: str
    currency: str
    costs: tuple[OptionCost, ...]
    worths: tuple[Worth, ...]
    raised: Raised
    schedule: PublishedSchedule
    settings: Mapping[str, Any]
    findings: tuple[Finding, ...]
    files: tuple[ReadFile, ...]
    problems: tuple[Problem, ...]


def worth_in(path: Path, asked: AskedWorth) -> WorthFound:
    """Return what the options of a file or an initiative cost and are worth.

    Raises
    ------
    NotFoundError
        If there is nothing of that name, or a table or promise that is named.
    UsageError
        If an effect is given beside a file that says its own, or it does not lie in its interval.
    InvalidInputError
        If the file breaks a rule, or no cost is given.
    FormatError, UntrustedInputError, VersionError
        If it cannot be read.
    """
    if not path.exists():
        near = nearest_name(path.name, _names_beside(path))
        nearest = str(path.parent / near) if near else ""
        raise NotFoundError(plain_messages.NO_SUCH_FILE.at(Place(), value=path, nearest=nearest))
    if path.is_file() and path.suffix.lower() == SUFFIX and path.name != "initiative.toml":
        return _of_file(path, asked)
    if path.is_file() and path.suffix.lower() not in (SUFFIX, ".xlsx", ".xlsm"):
        raise UsageError(say.NOT_TOML.at(Place(), value=path))
    return _of_initiative(path, asked)


def _names_beside(path: Path) -> list[str]:
    folder = path.parent
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def _of_file(path: Path, asked: AskedWorth) -> WorthFound:
    if asked.effect is not None:
        raise UsageError(say.EFFECT_IN_FILE.at(Place(file=path.name), value="--effect"))
    read: WorthFile = read_worth_file(path)
    place = _city(asked)
    city = City(
        name="", language="en", currency=read.currency or place.currency, crs="", time_zone="",
        overrides={**place.overrides, **read.overrides},
    )  # fmt: skip
    context = _context(read.initiative, city, read.rows)
    files = (ReadFile(file=path.name, sha256=sha256_of(path, name=path.name)),)
    return _found(context, read.effects, files, read.problems)


def _of_initiative(path: Path, asked: AskedWorth) -> WorthFound:
    opened = open_initiative(path)
    place = open_city(asked.city) if asked.city else opened.own_city()
    tables = {**place.tables, **opened.tables}
    rows = {name: tables[name].to_pylist() for name in READ if name in tables}
    context = _context(opened.initiative, place.city, rows)
    sources = [*opened.sources.values(), *place.sources.values()]
    files = dict.fromkeys(
        ReadFile(file=one.file, sha256=one.sha256)
        for several in sources
        for one in several
        if one.table in READ
    )
    told = [one for one in opened.problems if one.severity is not Severity.NOTE]
    if not any(one.cost for one in costed(context)):
        raise InvalidInputError(say.NOTHING.at(Place(file=str(path)), file=str(path)))
    return _found(context, _effects(context, asked), tuple(files), tuple(told))


def _city(asked: AskedWorth) -> City:
    return open_city(asked.city).city if asked.city else nameless_city()


def _effects(context: Context, asked: AskedWorth) -> dict[str, EstimatedEffect]:
    if asked.effect is None:
        return {}
    value, low, high = asked.effect
    if not low <= value <= high:
        raise UsageError(say.INTERVAL_CROSSED.at(Place(), value=value, low=low, high=high))
    known = [one.key for one in context.promises]
    chosen = asked.promise or (known[0] if len(known) == 1 else "")
    if chosen not in known:
        near = nearest_name(chosen, known)
        raise NotFoundError(
            say.NO_SUCH_PROMISE.at(
                Place(), value=chosen or "--promise", nearest=near, known=", ".join(known)
            )
        )
    found = Ranged(value=value, low=low, high=high)
    return {chosen: EstimatedEffect(effect=found, level=asked.level)}


def _context(
    initiative: Initiative, city: City, rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Context:
    case = Case(
        initiative=initiative,
        city=city,
        settings=Settings(known_settings(), city.overrides),
        today=datetime.now(UTC).date(),
        places={},
        rng=_no_chance,
        progress=_quiet,
    )
    return Context(case=case, tables={}, rows=rows, promises=stated(rows))


def _found(
    context: Context,
    effects: Mapping[str, EstimatedEffect],
    files: tuple[ReadFile, ...],
    problems: tuple[Problem, ...],
) -> WorthFound:
    settings = context.case.settings
    terms, _ = terms_of(context)
    past = past_of(context.rows.get("past_promises", ()))
    return WorthFound(
        title=context.case.initiative.title,
        currency=context.case.city.currency,
        costs=costed(context),
        worths=tuple(one for _, one in worths(context, terms, effects)),
        raised=raised(past.cost_ratios, settings),
        schedule=schedule_of(context),
        settings={key: value for key, (_, value) in settings.changed.items()},
        findings=(*costs(context), *worth(context, effects)),
        files=files,
        problems=problems,
    )


def _no_chance(code: str) -> np.random.Generator:
    msg = f"nothing is drawn here, not even for {code}"
    raise AssertionError(msg)


def _quiet(_: float | None, __: str) -> None:
    """Say nothing."""
