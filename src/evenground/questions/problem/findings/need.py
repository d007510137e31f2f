"""How great each need is, in which groups: indicator by indicator, with the error of its counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.naming import pair_names
from evenground.language import N_
from evenground.methods.validation import Flags, Vector
from evenground.questions.problem.context import Context
from evenground.questions.problem.figures.need_bars import NeedBars, need_bars
from evenground.questions.problem.indicators import Indicator
from evenground.questions.problem.measures.group_need import GroupNeed, group_need

METHOD = Method(
    name=N_("Mean need over people, by group"),
    formula=N_("need_g = Σ people_gi · value_i / Σ people_gi over areas i"),
    literature=("U.S. Census Bureau 2018, Understanding and Using ACS Data, ch. 7–8",),
)
N_DRAWS = 1_000
GREATER, LESS, ALIKE = (
    Verdict("need_greater"), Verdict("need_less"), Verdict("need_alike"),
)  # fmt: skip
FEW_ENDS = 3
"""From so many areas on that stand at 0 or at all, gaps or caps are likelier than the truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A need in the groups of one grouping, and what it says of the pair."""

    indicator: Indicator
    grouping: Grouping
    found: GroupNeed
    pair: tuple[int, int]
    verdict: Verdict


def told_needs(context: Context) -> list[Told]:
    """Return every need in every grouping that has somebody in the pair."""
    if context.frame is None:
        return []
    found = [
        _told(context, indicator, grouping)
        for indicator in context.indicators
        for grouping in context.frame.groupings
        if indicator.key != grouping.group.indicator
    ]
    return [one for one in found if one is not None]


def needs(context: Context, told: list[Told]) -> list[Finding]:
    """Return a finding for each need, in the city's first grouping that can tell it."""
    findings: list[Finding] = []
    for indicator in context.indicators:
        here = [one for one in told if one.indicator is indicator]
        if here:
            findings.append(_finding(context, here))
    return findings


def _told(context: Context, indicator: Indicator, grouping: Grouping) -> Told | None:
    rng = context.case.rng(f"need:{indicator.key}:{grouping.group.key}")
    found = group_need(
        indicator.value,
        indicator.people,
        grouping.membership.share,
        errors=indicator.error,
        draws=(rng, N_DRAWS, context.confidence),
    )
    pair = grouping.pairs[0]
    if not np.isfinite(found.mean[list(pair)]).all():
        return None
    return Told(
        indicator=indicator,
        grouping=grouping,
        found=found,
        pair=pair,
        verdict=_verdict(found, pair, indicator.worse),
    )


def _verdict(found: GroupNeed, pair: tuple[int, int], worse: int) -> Verdict:
    """Say where the need is greater, if the errors of its counts do not bridge the difference."""
    apart, low, high = found.apart(pair)
    if low <= 0 <= high or apart == 0:
        return ALIKE
    return GREATER if apart * worse > 0 else LESS


def _finding(context: Context, here: list[Told]) -> Finding:
    first = here[0]
    indicator, grouping = first.indicator, first.grouping
    known = context.known(
        **pair_names(grouping, first.pair),
        **named(indicator),
        value_focus=_mean(first, first.pair[0]),
        value_reference=_mean(first, first.pair[1]),
        measure_unit=unit_words(indicator),
        ends=_at_the_ends(indicator),
    )
    return Finding(
        code=f"need.{first.verdict.code}",
        verdict=first.verdict,
        parameters=known,
        estimates=(
            *(
                _mean(first, row, about=name)
                for row, name in enumerate(grouping.names)
                if np.isfinite(first.found.mean[row])
            ),
            *_in_need(context, indicator),
        ),
        tables=(_table(here),),
        figures=(_figure(first, known),),
        caveats=_caveats(context, first, known),
        sources=context.sources("indicators", "population", "needs"),
        method=METHOD,
        claims=("M18", "M27", "M32"),
    )


def named(indicator: Indicator) -> dict[str, Any]:
    """Return what an indicator is called in a sentence, with its date."""
    dated = "dated" if indicator.period else "undated"
    parameters = {"name": indicator.name, "period": indicator.period}
    return {"indicator": Message(code=f"indicator.{dated}", parameters=parameters)}


def unit_words(indicator: Indicator) -> Message:
    """Return the unit as it follows a number; nothing where nobody states it."""
    if not indicator.unit:
        return Message(code="unit.none")
    return Message(code="unit.given", parameters={"unit": indicator.unit})


def _mean(told: Told, row: int, *, about: str = "") -> Estimate:
    value, low, high = (
        float(part[row]) for part in (told.found.mean, told.found.low, told.found.high)
    )
    unit = told.indicator.unit or "number"
    if not low < high:
        return Estimate.exact("need", value, unit=unit, about=about)
    interval = (low, high, told.found.confidence)
    return Estimate.estimated("need", value, interval=interval, unit=unit, about=about)


def _in_need(context: Context, indicator: Indicator) -> tuple[Estimate, ...]:
    """Return how many there are in need, for a share of somebody counted."""
    found = indicator.all_in_need(context.confidence)
    if found is None:
        return ()
    n, low, high = (round(one) for one in found)
    if low == high:
        return (Estimate.exact("in_need", n, unit=indicator.of),)
    interval = (low, high, context.confidence)
    return (Estimate.estimated("in_need", n, interval=interval, unit=indicator.of),)


def _table(here: list[Told]) -> Table:
    rows: list[tuple[Any, ...]] = []
    for one in here:
        there = one.indicator.in_need
        for row, name in enumerate(one.grouping.names):
            if not np.isfinite(one.found.mean[row]):
                continue
            share = one.grouping.membership.share[row]
            told = (one.grouping.group.name, name, _mean(one, row))
            if there is not None:
                told = (*told, _number(one, share * np.nan_to_num(there)))
            rows.append(told)
    is_share = here[0].indicator.in_need is not None
    columns = ("grouping", "group", "need", "in_need")
    return Table(
        key="need",
        columns=columns if is_share else columns[:-1],
        rows=tuple(rows),
        title=Message(code="table.need", parameters=named(here[0].indicator)),
    )


def _number(told: Told, there: Vector) -> int | str:
    """Return how many of a group are in need; what is a share of some is none of other groups."""
    if told.grouping.classes is None and not told.indicator.of_everyone:
        return "–"
    return round(float(there.sum()))


def _figure(told: Told, known: dict[str, Any]) -> Figure:
    rows = [row for row in range(len(told.grouping.names)) if np.isfinite(told.found.mean[row])]
    return need_bars(
        NeedBars(
            names=tuple(told.grouping.names[row] for row in rows),
            value=tuple(float(told.found.mean[row]) for row in rows),
            low=tuple(float(told.found.low[row]) for row in rows),
            high=tuple(float(told.found.high[row]) for row in rows),
        ),
        key=f"{told.indicator.key}-{told.grouping.group.key}",
        title=Message(code=f"figure.need.{told.verdict.code}", parameters=known),
        known=known,
    )


def _caveats(context: Context, told: Told, known: dict[str, Any]) -> tuple[Message, ...]:
    indicator, found = told.indicator, []
    if indicator.measured_by == "reports":
        found.append(Message(code="caveat.reports", parameters=known))
    if not indicator.measured_by:
        found.append(Message(code="caveat.measured_unknown", parameters=known))
    if not indicator.error.any():
        found.append(Message(code="caveat.no_need_margins"))
    if known["ends"] >= FEW_ENDS:
        ends = {"n": known["ends"], **known}
        found.append(Message(code="caveat.ends", parameters=ends))
    if indicator.worse < 0:
        found.append(Message(code="caveat.less_is_worse", parameters=known))
    n_unknown = int((~np.isfinite(indicator.value) & ~_empty(context)).sum())
    if n_unknown:
        found.append(Message(code="caveat.need_unknown", parameters={**known, "n": n_unknown}))
    kind = "classes" if told.grouping.classes is not None else "people"
    found.append(Message(code=f"caveat.need_ecological.{kind}", parameters=known))
    found += [
        Message(code=f"caveat.need_carried.{note}")
        for note in context.case.notes.get("indicators", ())
    ]
    return tuple(found)


def _empty(context: Context) -> Flags:
    """Flag areas where nobody lives, for which no value is to be expected."""
    areas = context.frame
    if areas is None or areas.people is None:
        return np.zeros(context.people.size, dtype=np.bool_)
    return areas.people.known & (areas.people.counts.value == 0)


def _at_the_ends(indicator: Indicator) -> int:
    """Count areas whose share is exactly none or exactly all."""
    if indicator.whole is None:
        return 0
    return int(np.isin(indicator.value, (0.0, indicator.whole)).sum())
