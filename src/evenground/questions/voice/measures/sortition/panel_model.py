"""Panels as whole numbers: how many people of each class, within limits on sums of classes.

People who cannot be told apart form a class: the same features, and households alike where
households count. A panel takes a whole number from each class; quotas, the size of the panel and
households limit sums. Who of a class is meant is decided later, so nothing here grows with people.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from evenground.methods.validation import Vector, Whole


@dataclass(frozen=True, kw_only=True)
class PanelModel:
    """What a panel may be: ``0 <= c <= most`` and ``low <= rows c <= high``, ``c`` whole.

    Attributes
    ----------
    people, shape (n_classes,)
        How many people are in each class, 1 or more.
    most, shape (n_classes,)
        How many of a class one panel may take.
    row, column, shape (n_entries,)
        Entries of the sums, each 1: the sum and the class.
    low, high, shape (n_rows,)
        Limits of the sums; row 0 is the size of the panel.
    """

    people: Whole
    most: Whole
    row: Whole
    column: Whole
    low: Whole
    high: Whole

    @property
    def n_classes(self) -> int:
        """How many classes there are."""
        return int(self.people.size)

    @property
    def n_rows(self) -> int:
        """How many sums are limited."""
        return int(self.low.size)

    @property
    def size(self) -> int:
        """How many people a panel has."""
        return int(self.low[0])

    @cached_property
    def sums(self) -> Any:
        """The sums as a sparse matrix, shape (n_rows, n_classes)."""
        from scipy.sparse import csr_array

        entries = np.ones(self.row.size)
        return csr_array((entries, (self.row, self.column)), shape=(self.n_rows, self.n_classes))

    def admits(self, panels: Whole) -> bool:
        """Return whether every row of ``panels``, shape (n, n_classes), is a panel."""
        within = (panels >= 0).all() and (panels <= self.most).all()
        totals = (self.sums @ panels.T).T
        return bool(within and (totals >= self.low).all() and (totals <= self.high).all())


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLottery:
    """Panels by class, and with which chance each comes.

    Attributes
    ----------
    panels, shape (n_panels, n_classes)
        How many of each class.
    weights, shape (n_panels,)
        Chances, above 0, that add up to 1.
    """

    panels: Whole
    weights: Vector

    @property
    def expected(self) -> Vector:
        """How many of each class are expected on the panel, shape (n_classes,)."""
        return self.weights @ self.panels
