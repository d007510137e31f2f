"""How often people's areas are in the data: rows per 1,000 residents, by class of areas.

It speaks of areas and never of people: which residents a row is about, areas do not tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Frame, Grouping
from evenground.frame.maps import adjacency
from evenground.language import N_
from evenground.methods.areal_scales import ZoningInterval, ZoningPlan, zoning_interval
from evenground.methods.exact_limits import count_limits, share_limits
from evenground.methods.margins_of_error import group_totals
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.figures.named import named
from evenground.questions.data.figures.zoning_range import Scale, ZoningRange, zoning_range
from evenground.questions.data.measures.roles import Form
from evenground.questions.data.rows_by_area import AreaRows, area_rows

METHOD = Method(
    name=N_("Rows per 1,000 residents by class of areas, with exact limits"),
    formula=N_(
        "ratio = (rows / residents there) / (rows / residents elsewhere); Clopper and Pearson's "
        "limits of the share of rows, given their total"
    ),
    literature=(
        "Clopper & Pearson 1934, Biometrika 26, 404–413",
        "Openshaw 1984, The Modifiable Areal Unit Problem, CATMOG 38",
    ),
)
LESS, MORE, LIKE = Verdict("fewer_rows"), Verdict("more_rows"), Verdict("rows_alike")
PER = 1_000
COUNTED = (Form.EVENTS, Form.PLACES)
"""Forms whose rows are things that can be counted per resident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Rows and residents by class, shape (n_classes,), and the pair that sentences compare.

    ``known`` are the areas with a count of residents and a class, shape (n_areas,).
    """

    grouping: Grouping
    rows: NDArray[np.float64]
    residents: NDArray[np.float64]
    known: NDArray[np.bool_]
    pair: tuple[int, int]

    @property
    def rate(self) -> NDArray[np.float64]:
        """Rows per ``PER`` residents, shape (n_classes,)."""
        return PER * self.rows / self.residents


def per_resident(context: Context) -> list[Finding]:
    """Return a finding for each dataset whose rows lie in areas with residents."""
    frame = context.frame
    if frame is None or frame.people is None:
        return []
    grouping = next((one for one in frame.groupings if one.classes is not None and one.pairs), None)
    if grouping is None:
        return []
    found: list[Finding] = []
    for audit in context.audits:
        if audit.roles.form not in COUNTED:
            continue
        counted = area_rows(context, audit)
        compared = _compared(frame, grouping, counted) if counted is not None else None
        if counted is not None and compared is not None:
            found.append(_finding(context, audit, counted, compared))
    return found


def _compared(frame: Frame, grouping: Grouping, counted: AreaRows) -> _Compared | None:
    assert grouping.classes is not None  # noqa: S101 - only such groupings come here
    assert frame.people is not None  # noqa: S101 - as above
    known = frame.people.known & (grouping.classes >= 0)
    share = grouping.membership.share * known
    residents = group_totals(frame.people.counts, share).value
    rows = share @ counted.n
    pair = grouping.pairs[0]
    if not (residents[list(pair)] > 0).all() or rows[list(pair)].sum() == 0:
        return None
    return _Compared(grouping=grouping, rows=rows, residents=residents, known=known, pair=pair)


def _finding(
    context: Context, audit: DatasetAudit, counted: AreaRows, compared: _Compared
) -> Finding:
    focus, reference = compared.pair
    ratio = _ratio(compared, context.confidence)
    low, high = ratio.low or 0.0, ratio.high or np.inf
    verdict = LESS if high < 1 else MORE if low > 1 else LIKE
    zonings = _zonings(context, counted, compared)
    names = compared.grouping.names
    rate = compared.rate
    known = context.known(
        title=audit.title, focus=names[focus], reference=names[reference],
        per=PER, here=float(rate[focus]), there=float(rate[reference]), ratio=ratio,
    )  # fmt: skip
    return Finding(
        code=f"per_resident.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(ratio, *_ambiguous(counted)),
        tables=(_table(audit, compared, context.confidence),),
        figures=tuple(named(one, audit.key) for one in _figures(zonings, known)),
        caveats=(Message(code="caveat.areas_not_people"), *_said(zonings), *_left_out(counted)),
        sources=(*audit.sources, *context.sources("areas", "population", "indicators")),
        method=METHOD,
        claims=("M18", "M23", "M32"),
    )


def _ratio(compared: _Compared, confidence: float) -> Estimate:
    focus, reference = compared.pair
    here, there = compared.rows[[focus, reference]]
    weight = compared.residents[reference] / compared.residents[focus]
    low, high = share_limits(here, here + there, confidence=confidence)
    ends = (weight * float(low / (1 - low)), weight * _odds(float(high)))
    value = weight * here / there if there else None
    if value is None or not np.isfinite(ends[1]):
        return Estimate.bound("rows_ratio", value, bounds=(ends[0], 1e9), unit="times")
    return Estimate.estimated(
        "rows_ratio", float(value), interval=(*ends, confidence), unit="times"
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else np.inf


def _ambiguous(counted: AreaRows) -> tuple[Estimate, ...]:
    if not counted.n_on_boundary:
        return ()
    return (Estimate.exact("n_on_boundary", counted.n_on_boundary, unit="rows"),)


def _left_out(counted: AreaRows) -> tuple[Message, ...]:
    said: list[Message] = []
    if counted.n_on_boundary:
        said.append(Message(code="caveat.on_boundary", parameters={"n": counted.n_on_boundary}))
    if counted.n_nowhere:
        said.append(Message(code="caveat.nowhere", parameters={"n": counted.n_nowhere}))
    return tuple(said)


def _table(audit: DatasetAudit, compared: _Compared, confidence: float) -> Table:
    low, high = count_limits(compared.rows, confidence=confidence)
    rows = tuple(
        (
            name,
            round(float(compared.rows[i]), 1),
            round(float(compared.residents[i])),
            round(float(compared.rate[i]), 3) if compared.residents[i] else None,
            round(float(PER * low[i] / compared.residents[i]), 3)
            if compared.residents[i]
            else None,
            round(float(PER * high[i] / compared.residents[i]), 3)
            if compared.residents[i]
            else None,
        )
        for i, name in enumerate(compared.grouping.names)
    )
    return Table(
        key=f"per_resident_{audit.key}",
        columns=("class", "rows", "residents", "per_thousand", "low", "high"),
        rows=rows,
        title=Message(code="table.per_resident", parameters={"title": audit.title}),
    )


def _zonings(context: Context, counted: AreaRows, compared: _Compared) -> ZoningInterval | None:
    """Return the ratio over other zonings; ``None`` where there are too few areas for that."""
    frame, indicator = context.frame, compared.grouping.indicator
    if frame is None or frame.people is None or indicator is None or not frame.has_shapes:
        return None
    used = compared.known & np.isfinite(indicator)
    people = np.where(used, frame.people.counts.value, 0.0)
    sums = np.vstack([counted.n * used, people, np.where(used, indicator, 0.0) * people])
    n_classes = len(compared.grouping.names)
    focus, reference = compared.pair

    def ratio(zones: NDArray[np.float64]) -> NDArray[np.float64]:
        return _ratio_of_classes(zones, n_classes=n_classes, pair=(focus, reference))

    found = zoning_interval(
        ratio,
        sums,
        adjacency=adjacency(frame),
        rng=context.case.rng(f"zonings:{counted.key}"),
        plan=ZoningPlan(
            n_zonings=context.case.settings.whole("audit_zonings"),
            least_zones=2 * n_classes,
            neutral=1.0,
        ),
    )
    return found if isinstance(found, ZoningInterval) else None


def _ratio_of_classes(
    zones: NDArray[np.float64], *, n_classes: int, pair: tuple[int, int]
) -> NDArray[np.float64]:
    """Sort zones into as many classes by their indicator, and return the ratio of two rates.

    ``zones`` holds rows, residents, and indicator times residents, shape (n_zonings, 3, n_zones).
    """
    rows, people, weighted = zones[:, 0], zones[:, 1], zones[:, 2]
    level = np.divide(weighted, people, out=np.full_like(people, np.inf), where=people > 0)
    place = np.argsort(np.argsort(level, axis=1, kind="stable"), axis=1, kind="stable")
    n_peopled = (people > 0).sum(axis=1, keepdims=True)
    label = np.minimum(place * n_classes // np.maximum(n_peopled, 1), n_classes)
    rates: list[NDArray[np.float64]] = []
    for wanted in pair:
        there = (label == wanted) & (people > 0)
        total = (people * there).sum(axis=1)
        rates.append(
            np.divide(
                (rows * there).sum(axis=1), total, out=np.full(len(total), np.nan), where=total > 0
            )
        )
    return np.divide(rates[0], rates[1], out=np.full(len(rates[0]), np.nan), where=rates[1] > 0)


def _figures(zonings: ZoningInterval | None, known: dict[str, object]) -> tuple[Figure, ...]:
    if zonings is None:
        return ()
    drawn = ZoningRange(
        value=zonings.at_areas,
        n_areas=zonings.n_areas,
        scales=tuple(
            Scale(n_zones=one.n_zones, median=one.median, low=one.low, high=one.high)
            for one in zonings.scales
        ),
    )
    return (
        zoning_range(drawn, known={**known, "statistic": Message(code="statistic.rows_ratio")}),
    )


def _said(zonings: ZoningInterval | None) -> tuple[Message, ...]:
    if zonings is None:
        return (Message(code="caveat.zonings_unknown"),)
    code = "caveat.zonings_turn" if zonings.turns else "caveat.zonings_keep"
    return (
        Message(
            code=code,
            parameters={
                "low": zonings.low, "high": zonings.high, "same": zonings.same_sign,
                "n_zonings": zonings.n_zonings * len(zonings.scales),
            },
        ),
    )  # fmt: skip
