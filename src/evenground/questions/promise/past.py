"""The city's own past promises as arrays: delivered shares, overruns of cost and time, stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.reference_class.class_members import (
    STAGES,
    ClassMembers,
    class_members,
)
from evenground.questions.promise.measures.reference_class.delivered_share import (
    delivered_shares,
    overrun_ratios,
)

Row = Mapping[str, Any]
MEASURED_KINDS = ("outcome", "output")
"""Kinds of promises that have a delivered share; costs and dates have overruns, the rest words."""
_NOT_CARRIED_OUT = ("declined", "never_built")
_NOT_BEGUN = {"idea": "running", "proposed": "running", "decided": "running"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What became of promises before this one.

    Attributes
    ----------
    outcomes, in_domain
        Delivered shares of all, and of those in the initiative's own domain.
    cost_ratios, it_cost_ratios, time_ratios, shape (n,)
        Actual divided by planned: of all, of information technology, of time from the decision on.
    n_by_stage
        Initiatives by what became of them, in the order of ``STAGES``, with and without promises.
    without_figures
        Titles (or codes) of initiatives that ended or were stopped and of which no delivered share
        is known.
    """

    outcomes: ClassMembers
    in_domain: ClassMembers
    cost_ratios: Vector
    it_cost_ratios: Vector
    time_ratios: Vector
    n_by_stage: tuple[tuple[str, int], ...]
    without_figures: tuple[str, ...]


def past_of(rows: Sequence[Row], register: Sequence[Row] = (), *, domain: str = "") -> Past:
    """Return what became of past promises.

    Parameters
    ----------
    rows
        Of ``past_promises``.
    register
        Of ``past_initiatives``: it says what became of an initiative where a promise does not.
    domain
        Of the initiative that is appraised; empty for none.
    """
    rows = [row for row in rows if row.get("initiative_id")]
    known = {row["initiative_id"]: row for row in register if row.get("initiative_id")}
    stages = [_stage(row, known) for row in rows]
    shares = _shares(rows)
    counted = [at for at, row in enumerate(rows) if _kind(row) in MEASURED_KINDS]
    own = [at for at in counted if domain and _domain(rows[at], known) == domain]
    stage_of = {str(key): _known_stage(row.get("stage")) for key, row in known.items()}
    stage_of |= {str(row["initiative_id"]): one for row, one in zip(rows, stages, strict=True)}
    # What was not begun cost nothing beside its plan, which says nothing of what plans come to.
    spent = [row for row, one in zip(rows, stages, strict=True) if one not in _NOT_CARRIED_OUT]
    return Past(
        outcomes=class_members(shares[counted], [stages[at] for at in counted]),
        in_domain=class_members(shares[own], [stages[at] for at in own]),
        cost_ratios=_cost_ratios(spent),
        it_cost_ratios=_cost_ratios([row for row in spent if row.get("is_it")]),
        time_ratios=_time_ratios(rows),
        n_by_stage=tuple((one, sum(stage == one for stage in stage_of.values())) for one in STAGES),
        without_figures=_without_figures(rows, shares, stage_of, known),
    )


def _kind(row: Row) -> str:
    return row.get("kind") or "outcome"


def _stage(row: Row, known: Mapping[Any, Row]) -> str:
    return _known_stage(row.get("stage") or known.get(row["initiative_id"], {}).get("stage"))


def _known_stage(stage: str | None) -> str:
    """Return one of ``STAGES``; what is not yet decided or begun counts as running."""
    given = _NOT_BEGUN.get(stage or "", stage or "ended")
    return given if given in STAGES else "ended"


def _domain(row: Row, known: Mapping[Any, Row]) -> str:
    return row.get("domain") or known.get(row["initiative_id"], {}).get("domain") or ""


def _shares(rows: Sequence[Row]) -> Vector:
    """Return delivered shares, shape (n,); missing where they are not known."""
    shares = np.full(len(rows), np.nan)
    told = [
        at for at, row in enumerate(rows)
        if row.get("promised") is not None and row.get("delivered") is not None
    ]  # fmt: skip
    if told:
        some = [rows[at] for at in told]
        baseline = [np.nan if row.get("baseline") is None else row["baseline"] for row in some]
        shares[told] = delivered_shares(
            [row["promised"] for row in some],
            [row["delivered"] for row in some],
            baseline=baseline,
            less=[row.get("direction") == "less" for row in some],
        )
    return shares


def _cost_ratios(rows: Sequence[Row]) -> Vector:
    """Return actual divided by planned costs, each initiative's once."""
    pairs: dict[tuple[Any, ...], None] = {}
    for row in rows:
        plan, came = row.get("promised_cost"), row.get("cost")
        if plan is None and _kind(row) == "cost":
            plan, came = row.get("promised"), row.get("delivered")
        if plan and plan > 0 and came is not None and came >= 0:
            pairs[(row["initiative_id"], plan, came)] = None
    if not pairs:
        return np.zeros(0)
    return overrun_ratios([plan for _, plan, _ in pairs], [came for _, _, came in pairs])


def _time_ratios(rows: Sequence[Row]) -> Vector:
    """Return days taken divided by days planned, each initiative's once."""
    pairs: dict[tuple[Any, ...], None] = {}
    for row in rows:
        start, plan, came = (row.get(n) for n in ("started_on", "promised_by", "delivered_on"))
        if isinstance(start, date) and isinstance(plan, date) and isinstance(came, date):
            planned, taken = (plan - start).days, (came - start).days
            if planned > 0 and taken >= 0:
                pairs[(row["initiative_id"], planned, taken)] = None
    if not pairs:
        return np.zeros(0)
    return overrun_ratios([plan for _, plan, _ in pairs], [came for _, _, came in pairs])


def _without_figures(
    rows: Sequence[Row], shares: Vector, stage_of: Mapping[str, str], known: Mapping[Any, Row]
) -> tuple[str, ...]:
    measured = {
        str(row["initiative_id"])
        for row, share in zip(rows, shares.tolist(), strict=True)
        if not isnan(share) or _kind(row) not in MEASURED_KINDS
    }
    return tuple(
        str(known.get(key, {}).get("title") or key)
        for key, stage in stage_of.items()
        if stage in ("ended", "stopped") and key not in measured
    )
