"""Everybody must have a chosen site in reach: rows that say so, added where they are violated."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from evenground.methods.siting.rows import Rows
from evenground.methods.validation import Vector


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which candidates are in reach of those rows that cannot reach all; ``None`` if all can."""

    within: sparse.csr_array | None

    @classmethod
    def of(cls, costs: Vector) -> Reach:
        """Return the reach of a matrix of costs, infinite where out of reach."""
        within = np.isfinite(costs)
        some = ~within.all(axis=1)
        if not some.any():
            return cls(within=None)
        # Rows that reach the same say the same.
        return cls(within=sparse.csr_array(np.unique(within[some], axis=0).astype(np.float64)))

    def violated(self, y: Vector) -> Rows | None:
        """Return ``Σ_{j in reach} y_j >= 1`` for every row that falls short of it."""
        if self.within is None:
            return None
        short = np.flatnonzero(self.within @ y < 1 - 1e-7)
        if not short.size:
            return None
        rows = self.within[short]
        return Rows(
            starts=np.asarray(rows.indptr, dtype=np.int64),
            column=np.asarray(rows.indices, dtype=np.int64),
            value=np.asarray(rows.data, dtype=np.float64),
            low=np.ones(short.size),
            high=np.full(short.size, np.inf),
        )
