"""Does the initiative act on a cause of the problem, or on a symptom?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.initiative import Option, OptionKind
from evenground.language import N_
from evenground.methods.cause_map import CauseMap, Link, Sign, cause_map, compared
from evenground.methods.upstream import Relation, Upstream, upstream
from evenground.questions.problem.context import Context
from evenground.questions.problem.indicators import rows_of

METHOD = Method(
    name=N_("Paths in a signed map of causes"),
    formula=N_(
        "a cause has a path of links to the problem; the sign is that of all paths together"
    ),
    literature=(
        "Maruyama 1963, American Scientist 51, 164–179",
        "Levins 1974, Annals of the New York Academy of Sciences 231, 123–138",
        "Richardson 1986, System Dynamics Review 2, 158–170",
    ),
)
NOT_ON_MAP = Verdict("not_on_map")


def causes(context: Context) -> list[Finding]:
    """Return, for each stated problem that the map holds, how the initiative stands to it."""
    found = upstream_of(context)
    if not found and context.case.initiative.problems and _links(context):
        return [_not_on_map(context)]
    return [_finding(context, name, one) for name, one in found.items()]


def _not_on_map(context: Context) -> Finding:
    return Finding(
        code="cause.not_on_map",
        verdict=NOT_ON_MAP,
        parameters=context.known(),
        sources=context.sources("links"),
        method=METHOD,
        claims=("M20",),
        bears_on=context.bears_on,
    )


def _links(context: Context) -> list[dict[str, Any]]:
    return [row for row in rows_of(context.tables.get("links")) if row["from"] and row["to"]]


def upstream_of(context: Context) -> dict[str, Upstream]:
    """Return how what the initiative changes stands to each stated problem, by its name."""
    rows = _links(context)
    if not rows:
        return {}
    map_ = cause_map(_link(row) for row in rows)
    acted = _acted_on(context, map_)
    problems = dict.fromkeys(_problems(context, map_))
    return {name: upstream(map_, acted, problem=name) for name in problems}


def _link(row: Mapping[str, Any]) -> Link:
    sign = row["sign"] if row["sign"] in set(Sign) else "?"
    delay = row["delay_months"]
    return Link(cause=row["from"], effect=row["to"], sign=Sign(sign), delay_months=delay)


def _acted_on(context: Context, map_: CauseMap) -> tuple[str, ...]:
    """Return what the options with something new change: as they say, else what they are called.

    What would do without the new technology speaks for it only where nothing else is on offer.
    Where an initiative runs and nothing new is to be decided, going on is what acts.
    """
    every = context.case.initiative.options
    other = [one for one in every if one.kind is not OptionKind.AS_TODAY] or list(every)
    without = OptionKind.WITHOUT_NEW_TECHNOLOGY
    options = [one for one in other if one.kind is not without] or other
    lead = [one for one in every if one.key in context.bears_on] or options
    said = [name for option in lead for name in option.acts_on]
    if said:
        return tuple(dict.fromkeys(said))
    called = [name for option in lead for name in _called(option)]
    called += [context.case.initiative.unit_plural, context.case.initiative.unit]
    return tuple(dict.fromkeys(name for name in called if compared(name) in map_.names))


def _called(option: Option) -> Sequence[str]:
    return (option.key, option.name)


def _problems(context: Context, map_: CauseMap) -> list[str]:
    """Return the names of the stated problems in the map, as people wrote them there."""
    found: list[str] = []
    for one in context.case.initiative.problems:
        names = (one.in_links, one.indicator) if not one.in_links else (one.in_links,)
        found += [map_.names[compared(name)] for name in names if compared(name) in map_.names]
    return found


def _finding(context: Context, name: str, found: Upstream) -> Finding:
    verdict = Verdict(_code(found))
    known = context.known(
        name=name,
        steps=Message(code="steps", parameters={"n": found.distance or 0}),
        first=found.path[0] if found.path else "",
        months=round(found.delay_months) if found.delay_months is not None else 0,
        delay=_delay(found),
        sign=Message(code=f"sign.{_sign(found)}", parameters={"name": name}),
        roots=list(found.roots),
        n_roots=len(found.roots),
    )
    return Finding(
        code=f"cause.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=_estimates(found),
        tables=(*_path(context, found, known), *_others(found)),
        caveats=_caveats(found, known),
        sources=context.sources("links"),
        method=METHOD,
        claims=("M20",),
        bears_on=context.bears_on,
    )


def _code(found: Upstream) -> str:
    """Name the relation; a cause on which more of it would make things worse is named as that."""
    if found.relation is Relation.CAUSE and found.sign is Sign.MORE:
        return "cause_worse"
    if found.relation is Relation.CAUSE and found.only_by_feedback:
        return "feedback"
    return found.relation.value


def _sign(found: Upstream) -> str:
    return "less" if found.sign is Sign.LESS else "either"


def _delay(found: Upstream) -> Message:
    if found.delay_months is None:
        return Message(code="delay.unknown")
    months = round(found.delay_months)
    return Message(code="delay.months" if months else "delay.none", parameters={"n": months})


def _estimates(found: Upstream) -> tuple[Estimate, ...]:
    if found.distance is None:
        return ()
    steps = Estimate.exact("links", found.distance, unit="links")
    if found.delay_months is None:
        return (steps,)
    return steps, Estimate.exact("delay", found.delay_months, unit="months")


def _path(context: Context, found: Upstream, known: Mapping[str, Any]) -> tuple[Table, ...]:
    """Return the way from what is acted on to the problem, with how each link is known."""
    if len(found.path) < 2:  # noqa: PLR2004 - a way has two ends
        return ()
    said = {(compared(row["from"]), compared(row["to"])): row["source"] for row in _links(context)}
    nobody, end = Message(code="nobody_says"), Message(code="path_ends")
    known_by = [said.get((compared(a), compared(b))) or nobody for a, b in pairwise(found.path)]
    rows = tuple(zip(found.path, (*known_by, end), strict=True))
    return (
        Table(
            key="path",
            columns=("thing", "known_by"),
            rows=rows,
            title=Message(code="table.path", parameters=known),
        ),
    )


def _others(found: Upstream) -> tuple[Table, ...]:
    others = [
        (one.name, Message(code=f"effect.{_sign_word(one.sign)}")) for one in found.other_effects
    ]
    if not others:
        return ()
    return (
        Table(
            key="other_effects",
            columns=("thing", "changes"),
            rows=tuple(others),
            title=Message(code="table.other_effects"),
        ),
    )


def _sign_word(sign: Sign) -> str:
    return {Sign.MORE: "more", Sign.LESS: "less", Sign.EITHER: "either"}[sign]


def _caveats(found: Upstream, known: Mapping[str, Any]) -> tuple[Message, ...]:
    said = [Message(code="caveat.map_says")]
    if found.roots:
        said.append(Message(code="caveat.roots", parameters=known))
    if found.n_further_paths:
        n = {**known, "n": found.n_further_paths}
        said.append(Message(code="caveat.further_paths", parameters=n))
    if found.loops:
        said.append(Message(code="caveat.loops", parameters={**known, "n": len(found.loops)}))
    return tuple(said)
