"""Shares that pile up at nothing and at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenground.evidence import Message
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.counted.asked import NEAR, top_of
from evenground.questions.data.measures.counted.quantities import Quantities

NAME = "capped_shares"
LEAST = 5
TIMES = 3
LEAST_INSIDE = 20
"""Values between the ends, without which a column only says yes or no."""


def capped_shares(found: Sequence[Mapping[str, Any]], held: Quantities) -> Check:
    """Return the check of shares that are exactly 0 or exactly all more often than any beside them.

    Parameters
    ----------
    found
        The rows of ``ENDS``.
    held
        Columns of the table.

    Returns
    -------
    Check
        In cells; ``detail``: ``piles`` (column, ``at``, cells there, most at any value beside it,
        all beside it), ``columns``.
    """
    piles = sorted(_piles(found, held), key=lambda one: (one["column"], one["at"]))
    definition = Message(
        code=f"definition.{NAME}", parameters={"times": TIMES, "least": LEAST, "near": NEAR}
    )
    n = sum(one["cells"] for one in piles)
    check = Check.counted(NAME, n, unit="cells", definition=definition)
    return check.showing(columns=sorted({one["column"] for one in piles}), piles=piles)


def _piles(found: Sequence[Mapping[str, Any]], held: Quantities) -> Iterator[dict[str, Any]]:
    columns = {one.position: one for one in held.shares}
    for row in found:
        column = columns[row["position"]]
        if (row["inside"] or 0) < LEAST_INSIDE:
            continue
        for end, at in (("low", 0.0), ("high", top_of(column))):
            n, most = row[f"n_{end}"] or 0, row[f"most_{end}"] or 0
            if n >= LEAST and n > TIMES * most:
                yield {
                    "column": column.name, "at": at, "cells": n, "most_beside": most,
                    "beside": row[f"near_{end}"] or 0,
                }  # fmt: skip
