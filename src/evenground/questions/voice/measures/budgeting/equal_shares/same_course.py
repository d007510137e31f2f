"""Over which endowments equal shares certainly takes the same course, exactly.

Along one course, with the same voters paying in full at each step, every price and all that voters
have left are linear in the endowment, and so is the most that the supporters of another project
would bring at the price of the one that is taken. Each comparison of the rule therefore turns at
one endowment, a fraction. Floats find which turns first; fractions say where.

Source: follows from the rule as in ``exact_replay``; the argument is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.budgeting.equal_shares.exact_money import (
    UNPAID,
    ExactPrice,
    Ledger,
)
from evenground.questions.voice.measures.budgeting.equal_shares.loops import close_full
from evenground.questions.voice.measures.budgeting.equal_shares.support import Support

_NEAR = 1e-9
_FLAT = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class SameCourse:
    """Endowments between which the course is the same, ends perhaps left out.

    Attributes
    ----------
    low, high
        In the election's units of money; ``None`` for no end on that side.
    """

    low: Fraction | None
    high: Fraction | None


@dataclass(frozen=True, slots=True)
class _Line:
    """``slope * endowment + base``, exactly."""

    slope: Fraction
    base: Fraction

    def less(self, other: _Line) -> _Line:
        return _Line(self.slope - other.slope, self.base - other.base)

    def times(self, factor: Fraction | int) -> _Line:
        return _Line(self.slope * factor, self.base * factor)


def same_course(support: Support, path: Sequence[int], endowment: Fraction) -> SameCourse:
    """Return endowments around one over which the course is certainly the same.

    Parameters
    ----------
    support
        Who supports what by how much.
    path
        What the rule takes at ``endowment``, in order.
    endowment
        Money of each voter, in the election's units, above 0.

    Returns
    -------
    SameCourse
        The course may go on being the same beyond: comparisons are bounded from the safe side.
    """
    course = _Course(support, endowment)
    for project in path:
        course.take(project)
    course.end()
    return SameCourse(low=course.low, high=course.high)


class _Course:
    """What turns where, while projects are taken."""

    def __init__(self, support: Support, endowment: Fraction) -> None:
        self.support, self.endowment, self.at = support, endowment, float(endowment)
        self.ledger = Ledger(support, endowment)
        self.prices: list[_Line] = []
        self.slope: Vector = np.ones(support.weights.size)
        self.have: Vector = np.full(support.weights.size, self.at)
        self.open: Flags = support.open.copy()
        self.used: Whole = np.zeros(support.groups.most.size, dtype=np.int64)
        self.low: Fraction | None = None
        self.high: Fraction | None = None

    def take(self, project: int) -> None:
        """Compare a project that is taken with all others, and let its supporters pay."""
        price = self.ledger.price(project)
        if price is None:
            raise AssertionError  # a path that the rule does not take
        support = self.support
        poor = price.supporters[~price.full]
        units = int((support.voters * support.points)[price.supporters[price.full]].sum())
        cost = _Line(Fraction(0), Fraction(int(support.costs[project])))
        line = cost.less(self.money(poor)).times(Fraction(1, units))
        self._payers(price, line)
        self.open[project] = False
        self._rivals(line.times(Fraction(1, int(support.worth[project]))))
        self._charge(price, line)
        close_full(support.groups, self.used, project, self.open)

    def end(self) -> None:
        """Compare what supporters of each project have left with its cost."""
        for project in np.flatnonzero(self.open).tolist():
            entries = self.ledger.open_entries(project)
            cost = _Line(Fraction(0), Fraction(int(self.support.costs[project])))
            self._turns_at(cost.less(self.money(entries)))

    def money(self, entries: Whole) -> _Line:
        """Return what the ballots of entries, none of them spent, have left together."""
        support = self.support
        ballots, voters = support.ballots[entries], support.voters[entries]
        firsts = support.starts[ballots]
        lengths = support.starts[ballots + 1] - firsts
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if ends.size else 0
        places = np.arange(total) + np.repeat(firsts - (ends - lengths), lengths)
        step = self.ledger.paid[places]
        some = step != UNPAID
        paid = np.zeros(len(self.prices), dtype=np.int64)
        np.add.at(paid, step[some], (np.repeat(voters, lengths) * self.ledger.points[places])[some])
        slope, base = Fraction(int(voters.sum())), Fraction(0)
        for price, points in zip(self.prices, paid.tolist(), strict=True):
            if points:
                slope -= points * price.slope
                base -= points * price.base
        return _Line(slope, base)

    def _payers(self, price: ExactPrice, line: _Line) -> None:
        """Find where one who pays in full no longer can, or one who could not now does."""
        support, entries = self.support, price.supporters
        ballots, points = support.ballots[entries], support.points[entries]
        sign = np.where(price.full, 1.0, -1.0)
        margin = sign * (self.have[ballots] - price.value * points)
        slope = sign * (self.slope[ballots] - float(line.slope) * points)
        for side in (-1, 1):
            turns = slope * side < -_FLAT
            if not turns.any():
                continue
            away = np.full(entries.size, np.inf)
            away[turns] = np.maximum(margin[turns], 0) / np.abs(slope[turns])
            if self._beyond(float(away.min()), side):
                continue
            near = away <= away.min() + _NEAR * (self.at + away.min())
            for one in np.flatnonzero(near).tolist():
                voters = int(support.voters[entries[one]])
                has = self.money(entries[one : one + 1]).times(Fraction(1, voters))
                left = has.less(line.times(int(points[one])))
                self._turns_at(left if price.full[one] else left.times(-1))

    def _rivals(self, rate: _Line) -> None:
        """Find where the supporters of a rival could bring its cost at the rate of the taken."""
        far = [(*self._away(rival, rate), rival) for rival in np.flatnonzero(self.open).tolist()]
        for away, side, rival in sorted(far):
            if side and not self._beyond(away, side):
                self._rival(rival, rate)

    def _away(self, rival: int, rate: _Line) -> tuple[float, int]:
        """Return about how far off a rival's turn is, and on which side; 0 for neither."""
        support, entries = self.support, self.ledger.open_entries(rival)
        ballots, voters = support.ballots[entries], support.voters[entries]
        worth = int(support.worth[rival]) * support.points[entries]
        asked = (float(rate.slope) * self.at + float(rate.base)) * worth
        rich = self.have[ballots] > asked
        brought = float(voters @ np.minimum(self.have[ballots], asked))
        slope = float(voters[~rich] @ self.slope[ballots[~rich]])
        slope += float(rate.slope) * float(voters[rich] @ worth[rich])
        margin = max(float(support.costs[rival]) - brought, 0.0)
        if abs(slope) <= _FLAT * float(voters.sum()):
            return 0.0, 0
        return margin / abs(slope), 1 if slope > 0 else -1

    def _rival(self, rival: int, rate: _Line) -> None:
        support, entries = self.support, self.ledger.open_entries(rival)
        worth = int(support.worth[rival]) * support.points[entries]
        asked = (float(rate.slope) * self.at + float(rate.base)) * worth
        rich = self.have[support.ballots[entries]] > asked
        units = int((support.voters[entries] * worth)[rich].sum())
        cost = _Line(Fraction(0), Fraction(int(support.costs[rival])))
        self._turns_at(cost.less(self.money(entries[~rich])).less(rate.times(units)))

    def _beyond(self, away: float, side: int) -> bool:
        """Return whether a turn so far off is surely beyond one that is known."""
        known = self.low if side < 0 else self.high
        return known is not None and away * (1 - _NEAR) > abs(float(known) - self.at) + (
            _NEAR * self.at
        )

    def _turns_at(self, margin: _Line) -> None:
        """Keep the endowment at which a margin, 0 or more here, falls below 0."""
        if not margin.slope:
            return
        turn = -margin.base / margin.slope
        if margin.slope > 0:
            self.low = turn if self.low is None else max(self.low, turn)
        else:
            self.high = turn if self.high is None else min(self.high, turn)

    def _charge(self, price: ExactPrice, line: _Line) -> None:
        support, full = self.support, price.supporters[price.full]
        self.ledger.charge(price)
        self.prices.append(line)
        ballots, points = support.ballots[full], support.points[full]
        self.have[ballots] -= price.value * points
        self.slope[ballots] -= float(line.slope) * points
        spent = support.ballots[price.supporters[~price.full]]
        self.have[spent] = 0.0
        self.slope[spent] = 0.0
