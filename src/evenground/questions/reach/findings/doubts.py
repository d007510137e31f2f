"""What there is to doubt about a comparison: its three errors apart, its baseline, its caveats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Message, Table
from evenground.frame.areas import Grouping
from evenground.methods.margins_of_error import counts_with_margins
from evenground.questions.reach.comparison import Comparison
from evenground.questions.reach.context import Context
from evenground.questions.reach.findings import cells
from evenground.questions.reach.findings.grounds import carried_over, drawn_from, partly_counted
from evenground.questions.reach.measures.least_attainable import largest_remainder
from evenground.questions.reach.measures.margin_propagation import (
    interval,
    propagate_class_margins,
)

N_DRAWS = 2_000
"""Draws of what counts and indicators may truly be."""


def margin_ratio(comparison: Comparison) -> Estimate | None:
    """Return the ratio with the margins of error of the counts alone."""
    found, interval = comparison.ratio, comparison.margin_interval
    if found is None or interval is None or interval[0] == interval[1]:
        return None
    return Estimate.estimated(
        "ratio_margins", found.ratio, interval=(*interval, found.confidence), unit="ratio"
    )


def location_ratio(comparison: Comparison) -> Estimate | None:
    """Return the ratio's range over the areas that units on boundaries may belong to."""
    found = comparison.location
    if found is None or not np.isfinite([found.low, found.assigned, found.high]).all():
        return None
    return Estimate.bound(
        "ratio_location", found.assigned, bounds=(found.low, found.high), unit="ratio"
    )


def class_ratio(context: Context, grouping: Grouping, comparison: Comparison) -> Estimate | None:
    """Return the ratio with the margins of what sorts areas into classes carried through too.

    ``None`` where classes are not cut at quantiles, or where no margins are published for what
    they are cut from.
    """
    indicator, margin = grouping.indicator, grouping.margin
    if indicator is None or margin is None or grouping.group.by_value or grouping.group.breaks:
        return None
    known = np.isfinite(indicator) & comparison.baseline_of.known
    if not (np.nan_to_num(margin[known]) > 0).any() or (indicator[known] < 0).any():
        return None
    drawn = propagate_class_margins(
        context.lead.by_area[known],
        comparison.baseline_of.counts.take(known),
        counts_with_margins(indicator[known], np.nan_to_num(margin[known])),
        n_classes=len(grouping.names),
        draws=(context.case.rng(f"classes:{grouping.group.key}"), N_DRAWS),
    )
    focus, reference = comparison.pair
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = drawn.rate[:, [focus]] / drawn.rate[:, [reference]]
    low, high = interval(ratios, confidence=context.terms.confidence)
    middle = float(np.nanmedian(ratios))
    if not np.isfinite([low[0], middle, high[0]]).all():
        return None
    span = (float(low[0]), float(high[0]), context.terms.confidence)
    return Estimate.estimated("ratio_classes", middle, interval=span, unit="ratio")


def whole_ratio(comparison: Comparison) -> Estimate | None:
    """Return the ratio nearest to 1 that so many whole units allow, by largest remainder."""
    focus, reference = comparison.pair
    n, people = round(float(comparison.units.sum())), comparison.baseline.value
    if n == 0 or people[focus] <= 0 or people[reference] <= 0:
        return None
    even = largest_remainder(n, people)
    if even[reference] == 0:
        return None
    ratio = (even[focus] / people[focus]) / (even[reference] / people[reference])
    return Estimate.exact("ratio_whole", float(ratio), unit="ratio")


def baselines_table(
    names: Mapping[str, Any], compared: Sequence[Comparison], *, pair: tuple[int, int]
) -> Table:
    """Set every baseline side by side."""
    focus, reference = pair
    rows = tuple(
        (
            one.baseline_of.choice.name,
            cells.counted_rate(one, focus),
            cells.counted_rate(one, reference),
            cells.ratio(one) or Message(code="no_ratio"),
            Message(code=f"answer.{one.verdict.code}", parameters=names),
        )
        for one in compared
        if one.rates is not None
    )
    columns = ("against", "rate_focus", "rate_reference", "ratio", "answer")
    return Table(key="baselines", columns=columns, rows=rows, title=Message(code="table.baselines"))


def errors_table(compared: Comparison, classes: Estimate | None) -> Table:
    """Keep the errors apart; ``classes`` is the ratio when areas may belong to another class."""
    found = (
        ("error.margins", margin_ratio(compared) or Message(code="error.margins.none")),
        *((("error.classes", classes),) if classes else ()),
        ("error.whole", whole_ratio(compared) or Message(code="no_ratio")),
        ("error.location", location_ratio(compared) or Message(code="no_ratio")),
        ("error.placement", cells.ratio(compared) or Message(code="no_ratio")),
    )
    rows = tuple((Message(code=code), value) for code, value in found)
    return Table(
        key="errors", columns=("doubt", "ratio"), rows=rows, title=Message(code="table.errors")
    )


def turning(compared: Sequence[Comparison], names: Mapping[str, Any]) -> tuple[Message, ...]:
    """Say which other baseline would give another answer than the first."""
    lead, *others = compared
    return tuple(
        Message(
            code="turns.baseline",
            parameters={
                "group": names["group"],
                "baseline": one.baseline_of.choice.name,
                "answer": Message(code=f"verdict.{one.verdict.code}", parameters=names),
            },
        )
        for one in others
        if one.rates is not None and one.verdict != lead.verdict
    )


def also(compared: Sequence[Comparison], names: Mapping[str, Any]) -> Message:
    """Say, as the end of a sentence, whether another baseline would turn the answer."""
    lead, *others = [one for one in compared if one.rates is not None]
    turned = [one for one in others if one.verdict != lead.verdict]
    if not others:
        return Message(code="also.only")
    if not turned:
        same = [one.baseline_of.choice.name for one in others]
        return Message(code="also.same", parameters={"names": same})
    answer = Message(code=f"verdict.{turned[0].verdict.code}", parameters=names)
    baseline = turned[0].baseline_of.choice.name
    return Message(code="also.turns", parameters={"baseline": baseline, "answer": answer})


def ecological(grouping: Grouping) -> Message:
    """Return the caution that belongs to every statement on groups made from areas."""
    return Message(
        code="caveat.ecological" if grouping.classes is not None else "caveat.ecological.people"
    )


def caveats(context: Context, grouping: Grouping, compared: Sequence[Comparison]) -> list[Message]:
    """Return what has to be said beside a comparison."""
    lead = compared[0]
    found = [ecological(grouping), _choice(lead)]
    baseline = lead.baseline_of
    if not baseline.has_margins and baseline.choice.kind != "area":
        found.append(Message(code="caveat.no_margins"))
    if grouping.nobody_in:
        nobody = {"names": grouping.nobody_in, "baseline": baseline.choice.name}
        found.append(Message(code="caveat.nobody_in", parameters=nobody))
    left = (
        float(context.lead.by_area.sum() - lead.units.sum()) if grouping.classes is not None else 0
    )
    if left >= 1:
        found.append(Message(code="caveat.no_group", parameters=context.known(left=left)))
    n_unknown = int((~baseline.known).sum())
    if n_unknown:
        known = context.known(n=n_unknown)
        found.append(Message(code="caveat.unknown_areas", parameters=known))
    found += [*partly_counted(context, grouping), *carried_over(context, grouping)]
    found += drawn_from(context)
    if context.case.suppressed.get("population"):
        found.append(Message(code="caveat.suppressed"))
    return found


def _choice(lead: Comparison) -> Message:
    """Say whose choice the baseline is, why and since when."""
    choice = lead.baseline_of.choice
    if not choice.lead:
        return Message(code="caveat.default_baseline", parameters={"baseline": choice.name})
    by = choice.chosen_by or Message(code="caveat.chosen.city")
    named = {"baseline": choice.name, "reason": choice.reason, "by": by, "day": choice.chosen_on}
    if not choice.reason:
        return Message(code="caveat.chosen.no_reason", parameters=named)
    return Message(
        code="caveat.chosen_on" if choice.chosen_on else "caveat.chosen", parameters=named
    )
