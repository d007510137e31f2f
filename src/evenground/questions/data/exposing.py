"""What could be learnt of somebody from a dataset: rows like no other, traces like no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.evidence import Message
from evenground.frame.areas import Frame
from evenground.protocol import Case, DatasetCard
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.exposure.equivalence_classes import class_codes
from evenground.questions.data.measures.exposure.sample_uniques import MatchRisk, match_risk
from evenground.questions.data.measures.exposure.unicity import Unicity, unicity
from evenground.questions.data.measures.roles import Roles
from evenground.questions.data.plan import CLASSES, MOST_POINTS, TRACES

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]
ALONE, TRACED = "unique_rows", "singled_out_traces"
CHECKS = (ALONE, TRACED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What columns and traces give away.

    Attributes
    ----------
    n_rows, n_alone
        Rows that were compared, and those like no other; ``None`` where no columns are named.
    risk
        Chance that somebody found by a row like no other is the right person; ``None`` where it is
        not known which part of all people the rows are.
    traces
        How many people a few points of their trace single out; ``None`` without traces.
    """

    n_rows: int | None = None
    n_alone: int | None = None
    risk: MatchRisk | None = None
    traces: Unicity | None = None


def exposure_of(
    own: Tables, card: DatasetCard, roles: Roles, case: Case, frame: Frame | None
) -> Exposure:
    """Return what a dataset's rows give away; ``own`` are its tables without their prefix."""
    traces = _traces(own.get(TRACES), case.rng(f"traces:{card.title}"))
    classes = own.get(CLASSES)
    if classes is None or not classes.num_rows:
        return Exposure(traces=traces)
    of_size: dict[int, int] = dict(
        zip(classes["size"].to_pylist(), classes["classes"].to_pylist(), strict=True)
    )
    n_rows = sum(size * n for size, n in of_size.items())
    fraction = None if roles.person else _fraction(n_rows, frame)
    risk = (
        match_risk(
            of_size.get(1, 0), of_size.get(2, 0), fraction=fraction,
            confidence=case.settings.number("confidence"),
        )
        if fraction is not None
        else None
    )  # fmt: skip
    return Exposure(n_rows=n_rows, n_alone=of_size.get(1, 0), risk=risk, traces=traces)


def _fraction(n_rows: int, frame: Frame | None) -> float | None:
    """Return which part of residents so many rows would be, if each were one of them."""
    if frame is None or frame.people is None:
        return None
    residents = float(np.nansum(frame.people.counts.value))
    return n_rows / residents if 0 < n_rows < residents else None


def _traces(points: pa.Table | None, rng: np.random.Generator) -> Unicity | None:
    if points is None or not points.num_rows:
        return None
    where = [
        np.array(points[name].to_pylist(), dtype=object)
        for name in points.column_names
        if name != "person"
    ]
    return unicity(points["person"].to_pylist(), class_codes(where), rng=rng)


def exposure_checks(found: Exposure, roles: Roles, card: DatasetCard) -> Iterator[Check]:
    """Yield what an audit tells of rows like no other, and of traces like no other."""
    if found.n_alone is not None:
        yield _alone(found, roles)
    if not roles.person:
        return
    if found.traces is not None:
        yield _traced(found.traces)
        return
    too_many = (card.n_rows or 0) > MOST_POINTS
    reason = (
        Message(code="reason.unicity.too_many", parameters={"most": MOST_POINTS})
        if too_many
        else Message(code="reason.unicity.no_place")
    )
    definition = Message(code="definition.singled_out_traces")
    yield Check.not_established(TRACED, unit="people", definition=definition, reason=reason)


def _alone(found: Exposure, roles: Roles) -> Check:
    definition = Message(code="definition.unique_rows", parameters={"names": tuple(roles.quasi)})
    check = Check.counted(ALONE, found.n_alone or 0, unit="rows", definition=definition)
    if found.risk is not None and found.risk.share is not None:
        return check.showing(match_risk=_risk(found.risk))
    return check


def _risk(risk: MatchRisk) -> dict[str, Any]:
    return {"value": risk.share, "low": risk.low, "high": risk.high, "fraction": risk.fraction}


def _traced(found: Unicity) -> Check:
    count = max(round(found.share * found.n_traces), int(found.share > 0))
    check = Check.counted(TRACED, count, unit="people", definition=found.definition)
    return check.showing(
        share=found.share, low=found.low, high=found.high, people=found.n_traces,
        points=found.n_points, people_with_fewer_points=found.n_short,
    )  # fmt: skip
