"""Same units, elsewhere: what each group would have if as many units stood otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.naming import headed
from evenground.language import N_
from evenground.questions.reach.comparison import Comparison
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.gains import Gains, gain_bars
from evenground.questions.reach.findings import cells
from evenground.questions.reach.findings.by_group import Told
from evenground.questions.reach.findings.doubts import ecological
from evenground.questions.reach.findings.grounds import carried_over, drawn_from
from evenground.questions.reach.measures.gain_and_loss import GainAndLoss, gain_and_loss

METHOD = Method(
    name=N_("Units as placed against even allocation by each baseline, and against a draw by lot"),
    formula=N_("change_g = n · people_g / people − units_g; whole units by the largest remainder"),
    literature=(
        "Hoover 1936, Review of Economics and Statistics 18, 162–171",
        "Balinski & Young 1982, Fair Representation",
    ),
)
TEN = 10
GAIN, LOSE, SAME = Verdict("would_gain"), Verdict("would_lose"), Verdict("would_not_differ")


def elsewhere(context: Context, compared: Sequence[Told]) -> list[Finding]:
    """Return who would gain and who would lose, of every grouping that has units."""
    told = [one for one in compared if one.lead.rates is not None and one.chance]
    if not told:
        return []
    first = told[0]
    even = _even(first)
    focus, reference = first.pair
    verdict = _verdict(first, even)
    known = context.known(
        **first.pair_names,
        n=round(float(first.lead.units.sum())),
        baseline=first.lead.baseline_of.choice.name,
        placed_focus=_units(even.placed[focus]),
        even_focus=_units(even.even[focus]),
        placed_reference=_units(even.placed[reference]),
        even_reference=_units(even.even[reference]),
        moved=_units(even.moved),
        lot_low=_lot(first, focus)[0],
        lot_high=_lot(first, focus)[1],
    )
    return [
        Finding(
            code=f"elsewhere.{verdict.code}",
            verdict=verdict,
            parameters=known,
            estimates=_estimates(first, even),
            tables=(_table(told),),
            figures=(_figure(first, even, known),),
            caveats=(
                Message(code="caveat.even_is_no_plan"),
                ecological(first.grouping),
                *carried_over(context, first.grouping),
                *drawn_from(context),
            ),
            sources=context.sources("sites", "areas", "population", "indicators"),
            method=METHOD,
            claims=("M13", "M16", "M33"),
            bears_on=context.bears_on,
        )
    ]


def _even(told: Told) -> GainAndLoss:
    whole = told.grouping.classes is not None
    return gain_and_loss(told.lead.units, told.lead.baseline.value, whole=whole)


def _lot(told: Told, row: int) -> tuple[float, float]:
    """Return how many units a draw by lot gives to a group: the ends of its band."""
    band = told.chance[row]
    return band.low * told.lead.n_inside, band.high * told.lead.n_inside


def _verdict(told: Told, even: GainAndLoss) -> Verdict:
    """Say what an even spread would change for the focus, if lots could not do as much."""
    focus = told.pair[0]
    change = float(even.change[focus])
    if cells.could_be_chance(told.chance[focus]) or abs(change) < 1:
        return SAME
    return GAIN if change > 0 else LOSE


def _units(value: float) -> float:
    return round(float(value), 1)


def _cell(value: float) -> float:
    """Show whole units from ten on: parts of units come from sharing out, not from counting."""
    return round(float(value)) if value >= TEN else round(float(value), 1)


def _estimates(told: Told, even: GainAndLoss) -> tuple[Estimate, ...]:
    return tuple(
        Estimate.exact("change", _units(even.change[row]), unit="units", about=name)
        for row, name in enumerate(told.grouping.names)
    )


def _table(told: Sequence[Told]) -> Table:
    """Set every group's units beside each even allocation, and beside lots."""
    others = told[0].others
    shown = [one for one in others if one.rates is not None and _is_told(told, one)]
    heads = [headed(one.baseline_of.choice.name) for one in (told[0].lead, *shown)]
    rows = []
    for one in told:
        even = [_even(one)]
        whole = one.grouping.classes is not None
        known = {other.baseline_of.choice.key: other for other in one.others}
        even += [
            gain_and_loss(
                one.lead.units, known[other.baseline_of.choice.key].baseline.value, whole=whole
            )
            for other in shown
        ]
        for row, name in enumerate(one.grouping.names):
            band = _lot(one, row)
            rows.append(
                (
                    one.grouping.group.name,
                    name,
                    _cell(even[0].placed[row]),
                    *(_cell(part.even[row]) for part in even),
                    Estimate.bound(
                        "by_lot", None, bounds=(_cell(band[0]), _cell(band[1])), unit="units"
                    ),
                )
            )
    return Table(
        key="elsewhere",
        columns=("grouping", "group", "units", *heads, "by_lot"),
        rows=tuple(rows),
        title=Message(code="table.elsewhere"),
    )


def _is_told(told: Sequence[Told], one: Comparison) -> bool:
    """Tell whether somebody of every grouping is counted by a baseline."""
    key = one.baseline_of.choice.key
    counted = [
        other.baseline.value.sum() > 0
        for grouped in told
        for other in grouped.others
        if other.baseline_of.choice.key == key
    ]
    return len(counted) == len(told) and all(counted)


def _figure(told: Told, even: GainAndLoss, known: dict[str, object]) -> Figure:
    bands = [_lot(told, row) for row in range(len(told.grouping.names))]
    return gain_bars(
        Gains(
            names=told.grouping.names,
            placed=tuple(float(one) for one in even.placed),
            even=tuple(float(one) for one in even.even),
            lot=tuple(bands),
        ),
        key=told.grouping.group.key,
        known=known,
    )
