"""How unequal access is over residents, and towards whom it leans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.language import N_
from evenground.methods.inequality.foster_greer_thorbecke import foster_greer_thorbecke
from evenground.methods.inequality.interval import Interval, Resampling
from evenground.methods.inequality.lorenz import (
    Dominance,
    LorenzCurve,
    concentration_curve,
    even_curve,
    lorenz_curve,
    lorenz_dominance,
)
from evenground.methods.inequality.palma import palma
from evenground.questions.reach.access import Access
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.concentration import Curves, concentration_figure
from evenground.questions.reach.findings.grounds import carried_over
from evenground.questions.reach.measures.access_inequality import Held, inequality_of

METHOD = Method(
    name=N_(
        "Gini, Palma, Theil, Atkinson, Kolm–Pollak, concentration index and shortfall, "
        "all weighted by people"
    ),
    formula=N_(
        "G = Σ Σ w_i w_j |a_i − a_j| / (2 W² mean); C = 2 cov(a, rank) / mean; "
        "areas resampled whole"
    ),
    literature=(
        "Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77, 87–103",
        "Foster, Greer & Thorbecke 1984, Econometrica 52, 761–766",
        "Palma 2011, Development and Change 42, 87–153",
        "Theil 1967, Economics and Information Theory",
        "Atkinson 1970, Journal of Economic Theory 2, 244–263",
        "Efron 1987, Journal of the American Statistical Association 82, 171–185",
    ),
)  # fmt: skip
LEANS_LOW, LEANS_HIGH = Verdict("leans_low"), Verdict("leans_high")
LEANS_NEITHER = Verdict("leans_neither")
LEAST_AREAS = 5
SHOWN = ("gini", "palma", "theil_t", "theil_t_between", "theil_l", "atkinson", "kolm_pollak",
         "concentration", "short", "shortfall")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unequal:
    """What is unequal, and every index of it."""

    held: Held
    found: Mapping[str, Interval]
    line: float
    grouping: Grouping | None


def inequality(context: Context, access: Access | None) -> list[Finding]:
    """Return the finding on inequality of access; none where nobody can get at anything."""
    if access is None or not (access.lead * access.people).any():
        return []
    people = access.people > 0
    if len(np.unique(access.origins.area[people])) < LEAST_AREAS:
        return []
    unequal = _unequal(context, access)
    verdict = _verdict(unequal.found)
    known = _known(context, unequal)
    return [
        Finding(
            code=f"inequality.{verdict.code}",
            verdict=verdict,
            parameters=known,
            estimates=tuple(
                _estimate(name, unequal.found[name]) for name in SHOWN if name in unequal.found
            ),
            tables=_tables(unequal, known),
            figures=_figures(unequal, verdict, known),
            caveats=(
                *_lying(unequal, known),
                Message(code="caveat.within", parameters=known),
                Message(code="caveat.resampled", parameters=known),
                *(
                    (Message(code="caveat.ecological"), *carried_over(context, unequal.grouping))
                    if unequal.grouping is not None
                    else carried_over(context)
                ),
            ),
            sources=context.sources("sites", "areas", "points", "population", "indicators"),
            method=METHOD,
            claims=("M11", "M18", "M33"),
            bears_on=context.bears_on,
        )
    ]


def _unequal(context: Context, access: Access) -> _Unequal:
    settings = context.case.settings
    area = access.origins.area
    grouping = next(
        (one for one in context.frame.groupings if one.indicator is not None and _ranks(one, area)),
        None,
    )
    held = Held(
        values=context.terms.per * access.lead,
        people=access.people,
        area=area,
        group=None if grouping is None or grouping.classes is None else grouping.classes[area],
        rank_by=None
        if grouping is None or grouping.indicator is None
        else grouping.indicator[area],
    )
    mean = float(held.values @ held.people / held.people.sum())
    line = settings.number("shortfall_line") * mean
    asked = Resampling(
        n_draws=settings.whole("bootstrap_draws"), confidence=context.terms.confidence
    )
    found = inequality_of(
        held,
        line=line,
        aversion=settings.number("inequality_aversion"),
        rng=context.case.rng("inequality"),
        asked=asked,
    )
    return _Unequal(held=held, found=found, line=line, grouping=grouping)


def _ranks(grouping: Grouping, area: Any) -> bool:
    """Tell whether the indicator puts at least two areas in an order."""
    values = grouping.indicator[area] if grouping.indicator is not None else np.zeros(0)
    return len(np.unique(values[np.isfinite(values)])) > 1


def _verdict(found: Mapping[str, Interval]) -> Verdict:
    index = found.get("concentration")
    if index is None:
        return Verdict.DESCRIBED
    if index.high < 0:
        return LEANS_LOW
    return LEANS_HIGH if index.low > 0 else LEANS_NEITHER


def _known(context: Context, unequal: _Unequal) -> dict[str, Any]:
    settings = context.case.settings
    ends = palma(unequal.held.values, unequal.held.people)
    extent = (
        Message(code="extent.times", parameters={"times": float(f"{ends.ratio_of_means:.2g}")})
        if np.isfinite(ends.ratio_of_means)
        else Message(code="extent.none", parameters=context.known())
    )
    grouping = unequal.grouping
    named = {} if grouping is None else {
        "group": grouping.group.name,
        "lowest": grouping.names[0],
        "highest": grouping.names[-1],
    }  # fmt: skip
    short = unequal.found.get("short")
    return context.known(
        **named,
        extent=extent,
        short=short.value if short else 0.0,
        line=settings.number("shortfall_line"),
        aversion=settings.number("inequality_aversion"),
        draws=settings.whole("bootstrap_draws"),
        metres=settings.number("catchment_metres"),
        areas_word=context.known()["areas"],
    )


_UNITS = {"palma": "ratio", "concentration": "number", "theil_t": "number", "theil_l": "number",
          "theil_t_between": "number", "kolm_pollak": "units", "gini": "number",
          "atkinson": "share", "short": "share", "shortfall": "share"}  # fmt: skip


def _estimate(name: str, one: Interval) -> Estimate:
    # The interval follows the skew of resamples; a value at its edge is its end.
    low, high = min(one.low, one.value), max(one.high, one.value)
    return Estimate.estimated(
        name, one.value, interval=(low, high, one.confidence), unit=_UNITS[name]
    )


def _tables(unequal: _Unequal, known: Mapping[str, Any]) -> tuple[Table, ...]:
    rows = tuple(
        (Message(code=f"label.{name}", parameters=known), _estimate(name, unequal.found[name]))
        for name in SHOWN
        if name in unequal.found
    )
    indices = Table(
        key="inequality",
        columns=("index", "value"),
        rows=rows,
        title=Message(code="table.inequality", parameters=known),
    )
    by_group = _short_by_group(unequal)
    if not by_group:
        return (indices,)
    return (
        indices,
        Table(
            key="short",
            columns=("group", "short_share", "shortfall_share"),
            rows=by_group,
            title=Message(code="table.short", parameters=known),
        ),
    )


def _short_by_group(unequal: _Unequal) -> tuple[tuple[Any, ...], ...]:
    """Return, by group, how many residents fall short, and how far on average over all of them."""
    held, grouping = unequal.held, unequal.grouping
    if grouping is None or held.group is None:
        return ()
    rows: list[tuple[Any, ...]] = []
    for row, name in enumerate(grouping.names):
        part = held.where(held.group == row)
        if part.people.sum() > 0:
            powers = (
                foster_greer_thorbecke(part.values, part.people, line=unequal.line, power=power)
                for power in (0.0, 1.0)
            )
            rows.append((name, *(Estimate.exact("share", one, unit="share") for one in powers)))
    return tuple(rows)


def _lying(unequal: _Unequal, known: Mapping[str, Any]) -> tuple[Message, ...]:
    """Say how the concentration curve lies to the line of even shares: Lorenz dominance."""
    ranked = _ranked(unequal)
    if ranked is None:
        return ()
    relation = lorenz_dominance(ranked, even_curve(ranked.mean)).relation
    side = {
        Dominance.FIRST: "above",
        Dominance.SECOND: "below",
        Dominance.EQUAL: "equal",
        Dominance.CROSS: "crosses",
    }[relation]
    return (Message(code=f"curve.{side}", parameters=known),)


def _ranked(unequal: _Unequal) -> LorenzCurve | None:
    """Return the concentration curve, where residents can be put in an order."""
    held = unequal.held
    if held.rank_by is None or "concentration" not in unequal.found:
        return None
    known = np.isfinite(held.rank_by)
    part = held.where(known)
    return concentration_curve(part.values, held.rank_by[known], weights=part.people)


def _figures(unequal: _Unequal, verdict: Verdict, known: Mapping[str, Any]) -> tuple[Figure, ...]:
    grouping, ranked = unequal.grouping, _ranked(unequal)
    lorenz = lorenz_curve(unequal.held.values, unequal.held.people)
    named = grouping is not None and ranked is not None
    code = f"concentration.{verdict.code}" if named else "lorenz"
    key = grouping.group.key if grouping is not None and ranked is not None else "all"
    curves = Curves(lorenz=lorenz, ranked=ranked)
    return (concentration_figure(curves, key=key, code=code, known=known),)
