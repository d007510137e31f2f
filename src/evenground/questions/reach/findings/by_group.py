"""Who gets it: rates by group on every baseline, the ratio that speaks, its three errors apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.naming import pair_names, where
from evenground.language import N_
from evenground.methods.chance_band import ChanceBand
from evenground.methods.group_attribution import Membership
from evenground.questions.reach.comparison import Comparison
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.bars import group_bars
from evenground.questions.reach.findings import cells
from evenground.questions.reach.findings.doubts import (
    also,
    baselines_table,
    caveats,
    class_ratio,
    ecological,
    errors_table,
    location_ratio,
    margin_ratio,
    turning,
    whole_ratio,
)
from evenground.questions.reach.findings.grounds import carried_over
from evenground.questions.reach.measures.group_share_null import group_share_null

METHOD = Method(
    name=N_("Ratio of rates of two groups, with an exact conditional interval"),
    formula=N_(
        "ratio = (units₁ / people₁) / (units₂ / people₂); of all units units₁ is binomial with "
        "p = ratio·people₁ / (ratio·people₁ + people₂); errors of people are integrated out"
    ),
    literature=(
        "Przyborowski & Wilenski 1940, Biometrika 31, 313–323",
        "Blaker 2000, Canadian Journal of Statistics 28, 783–798",
        "US Census Bureau 2018, Understanding and Using American Community Survey Data, ch. 7–8",
    ),
)
CLAIMS = ("M11", "M16", "M18", "M32")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One grouping compared: the pair on the lead baseline, every other baseline, and chance.

    ``classes`` is the ratio when areas may belong to another class than the published one.
    """

    grouping: Grouping
    pair: tuple[int, int]
    lead: Comparison
    others: tuple[Comparison, ...]
    chance: tuple[ChanceBand, ...]
    classes: Estimate | None

    @property
    def focus(self) -> str:
        """Name of the group that sentences speak of."""
        return self.grouping.names[self.pair[0]]

    @property
    def reference(self) -> str:
        """Name of the group that it is set against."""
        return self.grouping.names[self.pair[1]]

    @property
    def pair_names(self) -> Mapping[str, Any]:
        """The pair as parameters of a sentence."""
        return pair_names(self.grouping, self.pair)


def tell(context: Context) -> tuple[Told, ...]:
    """Compare the groups of every grouping; nothing without a baseline."""
    if not context.frame.baselines:
        return ()
    return tuple(_told(context, grouping) for grouping in context.frame.groupings)


def _told(context: Context, grouping: Grouping) -> Told:
    baselines = context.frame.baselines
    pair = grouping.pairs[0]
    compared = [context.compared(context.lead, grouping, one, pair=pair) for one in baselines]
    return Told(
        grouping=grouping,
        pair=pair,
        lead=compared[0],
        others=tuple(compared[1:]),
        chance=_chance(context, grouping),
        classes=class_ratio(context, grouping, compared[0]),
    )


def headline(context: Context, compared: Sequence[Told]) -> Finding:
    """Say in one sentence who is reached less, on the city's own grouping and baseline."""
    told = compared[0] if compared else None
    if told is not None and told.lead.rates is None and context.lead.by_area.any():
        return _nothing(context, told)
    if told is None or told.lead.rates is None:
        return Finding(
            code=f"headline.{_missing(context)}",
            verdict=Verdict.CANNOT_TELL,
            parameters=context.known(),
            sources=context.sources("sites", "areas"),
            claims=CLAIMS,
        )
    return Finding(
        code=f"headline.{_word(told.lead)}",
        verdict=told.lead.verdict,
        parameters=_parameters(context, told),
        estimates=_speaking(told),
        caveats=(ecological(told.grouping), *carried_over(context, told.grouping)),
        sources=context.sources("sites", "areas", "population", "indicators"),
        method=METHOD,
        claims=CLAIMS,
        bears_on=context.bears_on,
        would_change=turning((told.lead, *told.others), told.pair_names),
    )


def _nothing(context: Context, told: Told) -> Finding:
    """Say that no unit lies in any of the groups."""
    return Finding(
        code="headline.none",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(**told.pair_names),
        sources=context.sources("sites", "areas", "population", "indicators"),
        claims=CLAIMS,
    )


def _missing(context: Context) -> str:
    """Say what keeps groups from being compared."""
    if context.lead.set.n_places == 0:
        return "no_sites"
    if not context.lead.by_area.any():
        return "none_inside" if context.frame.has_shapes else "no_shapes"
    if context.frame.groupings:
        return "no_people"
    return "no_figures" if context.case.city.groups else "no_groups"


def by_group(context: Context, compared: Sequence[Told]) -> list[Finding]:
    """Return a finding per grouping that the city names and that has units."""
    return [_finding(context, one) for one in compared if one.lead.rates is not None]


def _finding(context: Context, told: Told) -> Finding:
    return Finding(
        code=f"by_group.{_word(told.lead)}",
        verdict=told.lead.verdict,
        parameters=_parameters(context, told),
        estimates=_estimates(told),
        tables=(
            cells.group_rows(told.grouping, told.lead),
            cells.share_rows(told.grouping, (told.lead, *told.others)),
            baselines_table(told.pair_names, (told.lead, *told.others), pair=told.pair),
            errors_table(told.lead, told.classes),
        ),
        figures=(
            group_bars(told.grouping, told.lead, told.chance, known=_parameters(context, told)),
        ),
        caveats=tuple(caveats(context, told.grouping, (told.lead, *told.others))),
        sources=context.sources("sites", "areas", "population", "indicators"),
        method=METHOD,
        claims=CLAIMS,
        bears_on=context.bears_on,
        would_change=turning((told.lead, *told.others), told.pair_names),
    )


def _word(comparison: Comparison) -> str:
    """Return the part of a wording code that the comparison asks for."""
    if comparison.verdict is Verdict.CANNOT_TELL:
        return "none" if comparison.ratio is None else "cannot_tell"
    finite = comparison.ratio is not None and np.isfinite(comparison.ratio.ratio)
    none_there = comparison.ratio is not None and comparison.ratio.ratio == 0
    if not finite or none_there:
        return f"{comparison.verdict.code}.none_there"
    return comparison.verdict.code


def _parameters(context: Context, told: Told) -> dict[str, Any]:
    focus, reference = told.pair
    choice = told.lead.baseline_of.choice
    return context.known(
        **told.pair_names,
        n=round(float(told.lead.units.sum())),
        rate_focus=cells.counted_rate(told.lead, focus),
        rate_reference=cells.counted_rate(told.lead, reference),
        rate_unit=cells.rate_unit(told.lead),
        people=choice.unit or choice.name,
        baseline=choice.name,
        ratio=cells.ratio(told.lead) or 0,
        rates=_rates(told),
        confidence=context.terms.confidence,
        also=also((told.lead, *told.others), told.pair_names),
        chance=Message(code=f"chance.{_chance_word(told)}"),
        as_many=_as_many(context.terms.telling_ratio),
    )


def _as_many(ratio: float) -> Message:
    if ratio == 2:  # noqa: PLR2004 - what twice means
        return Message(code="as_many.twice")
    return Message(code="as_many.times", parameters={"times": ratio})


def _rates(told: Told) -> tuple[Message, ...]:
    return tuple(
        Message(
            code="rate_in",
            parameters={
                "rate": cells.counted_rate(told.lead, row),
                "where": where(told.grouping, row),
            },
        )
        for row in range(len(told.grouping.names))
    )


def _chance_word(told: Told) -> str:
    return "could" if cells.could_be_chance(told.chance[told.pair[0]]) else "hardly"


def _speaking(told: Told) -> tuple[Estimate, ...]:
    """Return the numbers that the sentence speaks of."""
    focus, reference = told.pair
    ratio = cells.ratio(told.lead)
    return (
        cells.rate(told.lead, focus, about=told.focus),
        cells.rate(told.lead, reference, about=told.reference),
        *((ratio,) if ratio else ()),
    )


def _estimates(told: Told) -> tuple[Estimate, ...]:
    found: list[Estimate | None] = [
        *_speaking(told),
        margin_ratio(told.lead),
        told.classes,
        whole_ratio(told.lead),
        location_ratio(told.lead),
    ]
    found += [
        cells.band(band, name="chance_share", about=name)
        for band, name in zip(told.chance, told.grouping.names, strict=False)
    ]
    return tuple(one for one in found if one is not None)


def _chance(context: Context, grouping: Grouping) -> tuple[ChanceBand, ...]:
    lead = context.frame.lead
    fair = context.fair(context.lead, lead) if lead else None
    if fair is None or lead is None or not context.lead.by_area.any():
        return ()
    known = grouping.membership.share * lead.known
    return group_share_null(
        context.by_area(context.lead, lead),
        fair,
        Membership(share=known, ecological=grouping.membership.ecological),
        rng=context.case.rng(f"chance_share:{grouping.group.key}"),
        level=context.terms.confidence,
    )
