"""One call for a whole set of tables: what an audience's edition may be computed from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from evenground.methods.disclosure.population import Protected
from evenground.methods.disclosure.rules import Certificate, Rules
from evenground.schema import TableSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """Tables that an edition may be computed from, and what was left out to make them.

    Attributes
    ----------
    tables
        Same names and columns as given. Tables without people are the very same objects.
    kept
        Boolean mask over the *given* rows for every table that lost rows; ``places_for`` cuts the
        places alike.
    suppressed
        Cells taken out or replaced, by table; what ``Case.suppressed`` wants. Only tables with at
        least one are listed.
    withheld
        By table, names of whole groups whose total could not be published either.
    left_out
        Accounts left out for want of consent, by table.
    people
        Bounds of every suppressed population count; ``None`` when the table is absent or exempt.
    certificates
        The audit's outcome by table.
    """

    tables: Mapping[str, pa.Table]
    kept: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict[str, NDArray[np.bool_]])
    suppressed: Mapping[str, int] = field(default_factory=dict[str, int])
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    left_out: Mapping[str, int] = field(default_factory=dict[str, int])
    people: Protected | None = None
    certificates: Mapping[str, Certificate] = field(default_factory=dict[str, Certificate])


def disclose(
    tables: Mapping[str, pa.Table],
    *,
    audience: str,
    rules: Rules,
    published: Mapping[str, bool],
    schemas: Collection[TableSchema],
) -> Disclosed:
    """Return the tables that the edition for ``audience`` is computed from.

    Call it once, on the tables of *all* levels and vintages (before a level is chosen), before any
    question is asked, so that every dossier of the same city leaves out the same cells.

    Parameters
    ----------
    tables
        The city's and the initiative's tables by name, model columns only. ``areas`` (all levels
        and editions) tells which areas lie within which; ``areas_all`` is taken instead if given.
    audience
        ``"public"`` or ``"internal"``. Internal: only accounts with consent ``withdrawn`` go.
    published
        Tables whose numbers are public already (``published = true``) are exempt.
    schemas
        Schemas of all tables, those that questions bring included: their columns with
        ``counts_people`` are protected, their rows with a ``consent`` column sorted by it.

    Raises
    ------
    UsageError
        If ``audience`` is neither, or a count is negative or not finite.
    """
    raise NotImplementedError
