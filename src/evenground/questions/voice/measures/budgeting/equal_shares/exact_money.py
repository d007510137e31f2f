"""What each ballot has left, exactly: whole numbers over a denominator in common, and floats.

A ballot has left what it was given, less the price per point of each project that it paid in full,
times its points; or nothing, once it paid all it had. So the money of any set of ballots is a sum
of prices with whole coefficients, and is exact at the cost of one multiplication per price. Floats
beside it, with a bound on their error, settle all comparisons that are not close.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np

from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.measures.budgeting.equal_shares.support import Support

EPS = float(np.finfo(np.float64).eps)
UNPAID = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactPrice:
    """A price per point, ``above / (below * ledger.denominator)``, and who pays it in full.

    Attributes
    ----------
    above, below
        Whole numbers; ``below`` is the points of those who pay in full.
    value
        The price rounded to a float.
    supporters, shape (k,)
        Entries of the project whose ballots have not paid all they had.
    full, shape (k,)
        Which of them pay the price in full; the others pay all they have.
    """

    above: int
    below: int
    value: float
    supporters: Whole
    full: Flags


class Ledger:
    """The money of all ballots during one count."""

    def __init__(self, support: Support, endowment: Fraction) -> None:
        self.support = support
        self.denominator = endowment.denominator
        self.given = endowment.numerator
        self.prices: list[int] = []
        self.balance: Vector = np.full(support.weights.size, float(endowment))
        self.error = 2 * EPS * float(endowment)
        self._unit = self.error
        self.spent: Flags = np.zeros(support.weights.size, dtype=np.bool_)
        self.paid: Whole = np.full(support.ballots.size, UNPAID)
        self.points: Whole = np.empty_like(support.points)
        self.points[support.place] = support.points

    def open_entries(self, project: int) -> Whole:
        """Return the entries of a project whose ballots have not paid all they had."""
        entries = np.arange(self.support.indptr[project], self.support.indptr[project + 1])
        return entries[~self.spent[self.support.ballots[entries]]]

    def money(self, entries: Whole) -> int:
        """Return what the ballots of entries have left together, over the denominator."""
        support = self.support
        ballots, voters = support.ballots[entries], support.voters[entries]
        firsts = support.starts[ballots]
        lengths = support.starts[ballots + 1] - firsts
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if ends.size else 0
        places = np.arange(total) + np.repeat(firsts - (ends - lengths), lengths)
        step = self.paid[places]
        some = step != UNPAID
        sums = np.zeros(len(self.prices), dtype=np.int64)
        np.add.at(sums, step[some], (np.repeat(voters, lengths) * self.points[places])[some])
        left = self.given * int(voters.sum())
        for price, n_points in zip(self.prices, sums.tolist(), strict=True):
            if n_points:
                left -= price * n_points
        return left

    def left(self, ballot: int) -> int:
        """Return what one voter with this ballot has left, over the denominator."""
        if self.spent[ballot]:
            return 0
        part = slice(int(self.support.starts[ballot]), int(self.support.starts[ballot + 1]))
        left = self.given
        for step, points in zip(self.paid[part].tolist(), self.points[part].tolist(), strict=True):
            if step != UNPAID:
                left -= self.prices[step] * points
        return left

    def signs(self, entries: Whole, above: int, below: int) -> Whole:
        """Return the sign of what each has left less its points at a price, shape (k,).

        The price is ``above / (below * denominator)``; 0 says that it has just enough.
        """
        ballots, points = self.support.ballots[entries], self.support.points[entries]
        price = above / (below * self.denominator)
        have, asked = self.balance[ballots], price * points
        signs = np.sign(have - asked).astype(np.int64)
        near = np.abs(have - asked) <= self.error + 4 * EPS * asked
        for at in np.flatnonzero(near).tolist():
            left = self.left(int(ballots[at])) * below - above * int(points[at])
            signs[at] = (left > 0) - (left < 0)
        return signs

    def price(self, project: int) -> ExactPrice | None:
        """Return what supporters pay per point; ``None`` where they cannot pay."""
        entries = self.open_entries(project)
        if not entries.size:
            return None
        cost = int(self.support.costs[project])
        voters, points = self.support.voters[entries], self.support.points[entries]
        poor = self._surely_poor(entries, float(cost))
        while not poor.all():
            below = int((voters * points)[~poor].sum())
            above = cost * self.denominator - self.money(entries[poor])
            signs = self.signs(entries, above, below)
            if (signs[poor] > 0).any():
                poor = np.zeros_like(poor)  # the guess was off: from below, where none can be
                continue
            short = ~poor & (signs < 0)
            if not short.any():
                value = above / (below * self.denominator)
                return ExactPrice(
                    above=above, below=below, value=value, supporters=entries, full=~poor
                )
            poor |= short
        return None

    def charge(self, price: ExactPrice) -> None:
        """Take the price from those who pay it in full, and all they have from the others."""
        support, full = self.support, price.supporters[price.full]
        factor = price.below // gcd(price.above, price.below)
        self.denominator *= factor
        self.given *= factor
        if factor != 1:
            self.prices = [known * factor for known in self.prices]
        self.paid[support.place[full]] = len(self.prices)
        self.prices.append(price.above * factor // price.below)
        ballots = support.ballots[full]
        self.balance[ballots] -= price.value * support.points[full]
        poor = support.ballots[price.supporters[~price.full]]
        self.spent[poor] = True
        self.balance[poor] = 0.0
        self.error += 2 * self._unit

    def _surely_poor(self, entries: Whole, cost: float) -> Flags:
        """Return a guess at who cannot pay in full: by sorting, in floats, with room to spare."""
        voters = self.support.voters[entries].astype(np.float64)
        points = self.support.points[entries].astype(np.float64)
        have = self.balance[self.support.ballots[entries]]
        order = np.argsort(have / points)
        taken = np.concatenate([[0.0], np.cumsum((voters * have)[order])[:-1]])
        units = np.cumsum((voters * points)[order][::-1])[::-1]
        prices = (cost - taken) / units
        enough = prices <= (have / points)[order]
        price = float(prices[np.argmax(enough)]) if enough.any() else 0.0
        return have < price * points * (1 - 1e-9) - self.error
