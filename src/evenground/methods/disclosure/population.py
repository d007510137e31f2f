"""Protect a table of people by area and group."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from evenground.methods.disclosure.rules import Certificate, Nesting, Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A table that may be published, with what was done to it.

    Attributes
    ----------
    table
        Suppressed counts are replaced by an allocation of what remains; their ``margin`` is null
        and their ``rounded_to`` is the width of the interval that they certainly lie in. Rows of
        withheld groups are not in it.
    suppressed
        One boolean per row of ``table``.
    low, high
        Bounds in people, one per row of ``table``, that certainly hold the true count; both equal
        the count where nothing was suppressed.
    n_primary, n_complementary
        Cells suppressed for being small, and to protect those.
    withheld
        Groups left out wholly, because their total is small or would give a small count away.
    certificate
        The audit's outcome.
    """

    table: pa.Table
    suppressed: pa.BooleanArray
    low: pa.DoubleArray
    high: pa.DoubleArray
    n_primary: int
    n_complementary: int
    withheld: tuple[str, ...]
    certificate: Certificate

    @property
    def n_suppressed(self) -> int:
        """Cells whose true count the table does not hold, withheld ones included."""
        return self.n_primary + self.n_complementary


def protect(
    population: pa.Table, *, rules: Rules | None = None, nesting: Nesting | None = None
) -> Protected:
    """Suppress small counts of people, and whatever would give them away.

    Parameters
    ----------
    population
        Columns of the ``population`` table: ``area_id``, ``group``, ``count`` and, where present,
        ``vintage``, ``edition``, ``margin``, ``rounded_to``. Null counts are left alone.
    nesting
        Which areas lie within which; without it all areas are taken to be of one level.

    Raises
    ------
    UsageError
        If the threshold or a count is negative or not finite.
    """
    raise NotImplementedError
