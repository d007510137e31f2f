"""How a roll-out went: its spread beside lots, who catches up, what draws what, and gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.errors import Place, ProblemKind, UsageError, nearest_name
from evenground.language import N_
from evenground.methods.inequality import Resampling, gini_rows
from evenground.methods.validation import Vector, Whole
from evenground.questions.reach.measures.before_after import BeforeAfter
from evenground.questions.reach.measures.convergence import (
    Convergence,
    beta_convergence,
    dispersion_over_dates,
)
from evenground.questions.reach.measures.cumulative_advantage import (
    CumulativeAdvantage,
    cumulative_advantage,
)
from evenground.questions.reach.measures.evenness_null import ChanceBand
from evenground.questions.reach.measures.gini_by_lot import gini_by_lot
from evenground.questions.reach.measures.lead_lag import LeadLag, lead_lag
from evenground.questions.reach.measures.placement_panel import placement_panel
from evenground.questions.reach.measures.time_to_parity import TimeToParity, time_to_parity
from evenground.workspace.plain_panel import PlainPanel

PER = 10_000
"""People that rates are told for."""
_PAIR = 2
HALF_A_PAIR = ProblemKind(
    code="half_a_pair",
    what=N_("{value} is given without {other}."),
    rule=N_("One is compared with the other."),
    way_out=N_("Give both, or neither."),
)
NO_GROUP = ProblemKind(
    code="no_such_group",
    what=N_("There is no group {value}."),
    rule=N_("Two groups are compared: the one in focus, and what it is compared with."),
    way_out=N_("Groups are: {known}."),
    suggestion=N_("Did you mean {nearest}? Groups are: {known}."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """Seed of all draws, how many, and the level of intervals (0-1)."""

    seed: int
    n_draws: int
    confidence: float

    def rng(self, stream: int) -> np.random.Generator:
        """Return the source of chance of one part, so that no part changes another."""
        return np.random.default_rng([self.seed, stream])

    @property
    def resampling(self) -> Resampling:
        """The same for resamples of areas."""
        return Resampling(n_draws=self.n_draws, confidence=self.confidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Units per ``PER`` people of two groups at each date, and when they would be level.

    Attributes
    ----------
    focus, reference
        Names.
    focus_rate, reference_rate, shape (n_years,)
    parity
        Of the difference, focus less reference.
    """

    focus: str
    reference: str
    focus_rate: Vector
    reference_rate: Vector
    parity: TimeToParity


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendFound:
    """All parts; ``None`` where the table does not allow one.

    Attributes
    ----------
    years, shape (n_years,)
    units, stock, shape (n_years,)
        Units placed in each year, and standing at its end.
    spread
        Gini index of units per person at the end of each year beside lots; ``None`` while nothing
        stands.
    change
        Of that index, from the first year in which something stood to the last.
    convergence
        Of the yearly placement per ``PER`` people.
    advantage
        Persistence and order.
    gap, order_of_money
        With groups, with money.
    money_has_gaps
        Whether years are missing, so that the order of money cannot be looked at.
    """

    years: Whole
    units: Vector
    stock: Vector
    spread: tuple[ChanceBand | None, ...]
    change: BeforeAfter | None
    convergence: Convergence | None
    advantage: CumulativeAdvantage
    gap: Gap | None
    order_of_money: LeadLag | None
    money_has_gaps: bool


def refuse_half_pairs(*pairs: tuple[tuple[str, object], tuple[str, object]]) -> None:
    """Refuse an option that makes sense only with another one.

    Raises
    ------
    UsageError
        Naming each option that lacks its other.
    """
    wrong = [
        HALF_A_PAIR.at(Place(), value=here[0], other=there[0])
        for pair in pairs
        for here, there in (pair, pair[::-1])
        if here[1] and not there[1]
    ]
    if wrong:
        raise UsageError(*wrong)


def trend_in(
    panel: PlainPanel, lots: Lots, *, compare: tuple[str, str] | None = None
) -> TrendFound:
    """Return every part that the table allows.

    Parameters
    ----------
    panel
        Years by areas.
    lots
        Seed, draws, level.
    compare
        Group in focus and group that it is compared with, for the gap.

    Raises
    ------
    UsageError
        If a group to be compared is not there.
    """
    placed = placement_panel(panel.new, panel.people, need=panel.need, before=panel.before)
    stock = placed.earlier + placed.new
    stands = stock.sum(axis=1) > 0
    is_dated = bool(stands.sum() >= _PAIR and panel.people.size >= _PAIR)
    advantage = cumulative_advantage(
        placed, rng=lots.rng(2), n_draws=lots.n_draws, alpha=1 - lots.confidence
    )
    spread = gini_by_lot(placed, rng=lots.rng(0), n_draws=lots.n_draws, level=lots.confidence)
    return TrendFound(
        years=panel.years,
        units=panel.new.sum(axis=1),
        stock=stock.sum(axis=1),
        spread=spread,
        change=_change(stock[stands] / panel.people, panel, lots) if is_dated else None,
        convergence=_convergence(panel, lots),
        advantage=advantage,
        gap=_gap(panel, stock, compare, lots) if compare else None,
        order_of_money=_order_of_money(panel, lots),
        money_has_gaps=panel.public is not None and _has_gaps(panel),
    )


def _change(rates: Vector, panel: PlainPanel, lots: Lots) -> BeforeAfter:
    return dispersion_over_dates(
        rates, panel.people, index_rows=gini_rows, rng=lots.rng(1), resampling=lots.resampling
    ).first_to_last


def _convergence(panel: PlainPanel, lots: Lots) -> Convergence | None:
    """Return the slope over yearly placement, whose luck is a matter of each year alone."""
    if min(panel.new.shape) < _PAIR:
        return None
    return beta_convergence(
        PER * panel.new / panel.people,
        panel.years.astype(np.float64),
        rng=lots.rng(3),
        resampling=lots.resampling,
    )


def _gap(panel: PlainPanel, stock: Vector, compare: tuple[str, str], lots: Lots) -> Gap:
    groups = np.array(panel.group or (), dtype=np.str_)
    known = sorted(set(groups.tolist()))
    absent = [
        NO_GROUP.at(Place(), value=name, nearest=nearest_name(name, known), known=", ".join(known))
        for name in compare
        if name not in known
    ]
    if absent:
        raise UsageError(*absent)
    focus, reference = (
        PER * stock[:, groups == name].sum(axis=1) / panel.people[groups == name].sum()
        for name in compare
    )
    parity = (
        time_to_parity(
            focus - reference, panel.years.astype(np.float64), confidence=lots.confidence
        )
        if panel.years.size > 1
        else time_to_parity([], [], confidence=lots.confidence)
    )
    return Gap(
        focus=compare[0],
        reference=compare[1],
        focus_rate=focus,
        reference_rate=reference,
        parity=parity,
    )


def _has_gaps(panel: PlainPanel) -> bool:
    return bool((np.diff(panel.years) != 1).any())


def _order_of_money(panel: PlainPanel, lots: Lots) -> LeadLag | None:
    if panel.public is None or panel.private is None or _has_gaps(panel):
        return None
    return lead_lag(panel.public.T, panel.private.T, rng=lots.rng(4))
