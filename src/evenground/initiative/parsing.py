"""Turn what ``initiative.toml`` declares into an ``Initiative``, every defect listed."""

from __future__ import annotations

from dataclasses import dataclass

from evenground.declaration import Declaration
from evenground.errors import Problem
from evenground.initiative import messages as say
from evenground.initiative.model import (
    Decision,
    Initiative,
    Maker,
    Option,
    OptionKind,
    ProblemStatement,
    Stage,
)

READ_ELSEWHERE = ("format", "tables", "data", "language")
COUNTED = ("row", "units", "place")
PARTIES = ("city", "residents")
WORSE = ("more", "less")
FIRST_YEAR, LAST_YEAR = 1800, 2200


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedInitiative:
    """The initiative, and what was wrong with what was declared."""

    initiative: Initiative
    problems: tuple[Problem, ...]


def parse_initiative(declared: Declaration) -> ParsedInitiative:
    """Read an initiative from its declaration; whatever cannot be read is listed and left out."""
    declared.require("title", say.NO_TITLE)
    declared.require("stage", say.NO_STAGE)
    initiative = Initiative(
        title=declared.text("title"),
        stage=Stage(declared.choice("stage", [s.value for s in Stage], Stage.PROPOSED.value)),
        domain=declared.text("domain"),
        offered_by=declared.text("offered_by"),
        offered_on=declared.day("offered_on"),
        summary=declared.text("summary"),
        problems=_problems(declared),
        decision=_decision(declared.table("decision")),
        options=_options(declared),
        made_by=_maker(declared.table("made_by")),
        unit=declared.text("unit"),
        unit_plural=declared.text("unit_plural"),
        counts=declared.choice("counts", COUNTED, "units"),
    )
    declared.finish(READ_ELSEWHERE)
    return ParsedInitiative(initiative=initiative, problems=tuple(declared.problems))


def _problems(declared: Declaration) -> tuple[ProblemStatement, ...]:
    found: list[ProblemStatement] = []
    for one in declared.tables("problems"):
        statement = ProblemStatement(
            by=one.choice("by", PARTIES, "city"),
            words=one.text("words"),
            source=one.text("source"),
            when=one.day("when"),
            indicator=one.text("indicator"),
            worse_when=one.choice("worse_when", WORSE, WORSE[0]),
            in_links=one.text("in_links"),
        )
        one.finish()
        if one.require("words", say.PROBLEM_WITHOUT_WORDS):
            found.append(statement)
    if not found:
        declared.add(say.NO_PROBLEM, "problems")
    return tuple(found)


def _decision(one: Declaration) -> Decision:
    decision = Decision(
        body=one.text("body"),
        date=one.day("date"),
        open=one.texts("open"),
        bound=one.texts("bound"),
        to_be_heard=one.text("to_be_heard"),
        heard_until=one.day("heard_until"),
    )
    one.finish()
    if decision.date and decision.heard_until and decision.heard_until > decision.date:
        one.add(
            say.HEARD_AFTER_DECISION, "heard_until", value=decision.heard_until,
            decision=decision.date,
        )  # fmt: skip
    return decision


def _maker(one: Declaration) -> Maker:
    maker = Maker(
        name=one.text("name"),
        role=one.text("role"),
        interest=one.text("interest"),
        payer=one.text("payer"),
        checked_by=one.text("checked_by"),
        is_seller=one.flag("is_seller"),
    )
    one.finish()
    return maker


def _options(declared: Declaration) -> tuple[Option, ...]:
    options: dict[str, Option] = {}
    for one in declared.tables("options"):
        if not one.require("key", say.OPTION_WITHOUT_KEY):
            continue
        option = _option(one)
        one.finish()
        if option.key in options:
            one.add(say.OPTION_REPEATED, "key", value=option.key)
        else:
            options[option.key] = option
    kinds = {option.kind for option in options.values()}
    if OptionKind.AS_TODAY not in kinds:
        declared.add(say.NO_AS_TODAY, "options")
    if OptionKind.WITHOUT_NEW_TECHNOLOGY not in kinds:
        declared.add(say.NO_LOW_TECH, "options")
    return tuple(options.values())


def _option(one: Declaration) -> Option:
    key = one.text("key")
    kinds = [kind.value for kind in OptionKind]
    implied = key if key in kinds else OptionKind.OTHER.value
    if not one.has("kind") and key not in kinds:
        one.add(say.OPTION_WITHOUT_KIND, "kind", option=key)
    option = Option(
        key=key,
        name=one.text("name", key),
        kind=OptionKind(one.choice("kind", kinds, implied)),
        cost=_cost(one),
        price_year=one.whole("price_year"),
        n_sites=one.whole("n_sites"),
        terms=one.text("terms"),
        cost_of_leaving=one.number("cost_of_leaving"),
        leaving=one.text("leaving"),
        gains=one.text("gains"),
        loses=one.text("loses"),
        irreversible=one.text("irreversible"),
        proposed_by=one.text("proposed_by"),
        acts_on=one.texts("acts_on"),
    )
    if option.cost and option.price_year is None:
        one.add(say.COST_WITHOUT_PRICE_YEAR, "cost", option=key)
    return option


def _cost(one: Declaration) -> dict[int, float]:
    cost: dict[int, float] = {}
    years = one.table("cost")
    for key in years.values:
        if not (key.isdecimal() and FIRST_YEAR <= int(key) <= LAST_YEAR):
            years.add(say.COST_NOT_A_YEAR, key, value=key)
            continue
        before = len(years.problems)
        amount = years.number(key)
        if len(years.problems) > before:
            del years.problems[before:]
            years.add(say.COST_NOT_A_NUMBER, key, value=years.values[key], year=key)
        elif amount is not None:
            cost[int(key)] = amount
    return dict(sorted(cost.items()))
