"""Who took part against who lives there: gap table, turnout, with exact limits."""

from __future__ import annotations

import math

import numpy as np

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.frame.areas import TOTAL
from evenground.language import N_
from evenground.methods.margins_of_error import UncertainCounts, counts_without_margins
from evenground.methods.multiple_testing import benjamini_hochberg
from evenground.methods.representation import InData, Representation, representation
from evenground.methods.validation import Vector
from evenground.questions.voice.context import Context
from evenground.questions.voice.counted_people import AREA, Counted, counted, people_of
from evenground.questions.voice.measures.taking_part.turnout import Turnout, turnout

GAPS = Method(
    name=N_("Shares of those who took part beside shares of residents, with exact limits"),
    formula=N_("those of unknown group may all be of the group, or none"),
    literature=(
        "Clopper & Pearson 1934, Biometrika 26, 404–413",
        "Horowitz & Manski 1995, Econometrica 63, 281–302",
        "Benjamini & Hochberg 1995, J. R. Statistical Society B 57, 289–300",
    ),
)
UNLIKE, ALIKE = Verdict("unlike_residents"), Verdict("not_told_unlike")
POINTS = 100
ROUNDING = 0.02
"""Groups whose people add up to all but for this make up everybody: counts are rounded."""


def who(context: Context) -> list[Finding]:
    """Return a finding for each step and attribute by which those who took part are counted."""
    threshold = context.case.settings.whole("disclosure_threshold")
    every = counted(context.rows.get("took_part", ()), threshold=threshold)
    findings: list[Finding] = []
    for one in every:
        findings += _gaps(context, one)
        findings += _turnout(context, one)
    return findings


def _gaps(context: Context, one: Counted) -> list[Finding]:
    areas = context.frame.area_ids if context.frame else ()
    people = people_of(one.groups, context.tables, areas) if areas else None
    everybody = people_of((TOTAL,), context.tables, areas) if areas else None
    if one.eligible is not None and one.eligible.sum() > 0:
        people = counts_without_margins(one.eligible)
        everybody = None
    if people is None or not one.counts.sum() or (people.value <= 0).any():
        return [_without(context, one)] if one.counts.size else []
    if everybody is not None and everybody.value[0] < people.value.max():
        everybody = None
    beside = _beside(one, people, everybody, confidence=context.confidence)
    return [_finding(context, one, beside)]


def _beside(
    one: Counted,
    people: UncertainCounts,
    everybody: UncertainCounts | None,
    *,
    confidence: float,
) -> Representation:
    return representation(
        InData(counts=one.counts, n_known=int(one.counts.sum()), n_missing=one.n_missing),
        people,
        everybody=everybody,
        confidence=confidence,
    )


def _finding(context: Context, one: Counted, beside: Representation) -> Finding:
    # Of many groups or areas some are off by chance: the false discovery rate is held.
    alarms = benjamini_hochberg(beside.p_value) <= 1.0 - context.confidence
    apart = alarms & ((beside.difference.low > 0) | (beside.difference.high < 0))
    verdict = UNLIKE if apart.any() else ALIKE
    farthest = int(np.argmax(np.abs(beside.difference.value) * np.where(apart, 1.0, 1e-6)))
    return Finding(
        code=f"who.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            **_known(one),
            group=_name(context, one.groups[farthest]),
            here=float(beside.share_in_data.value[farthest]),
            there=float(beside.share_in_population.value[farthest]),
            everyone=Message(
                code=f"everyone.{'residents' if one.eligible is None else 'eligible'}"
            ),
            n_missing=one.n_missing,
        ),
        estimates=tuple(_estimates(one, beside)),
        tables=(_table(context, one, beside),),
        caveats=tuple(_caveats(one)),
        sources=context.sources("took_part", "population"),
        method=GAPS,
        claims=("M18", "M28", "M32"),
    )


def _known(one: Counted) -> dict[str, Parameter]:
    return {
        "n": int(one.counts.sum()) + one.n_missing,
        "role": Message(code=f"role.{one.role}"),
        "at": Message(code="at_step", parameters={"step": one.step})
        if one.step
        else Message(code="at_all"),
        "attribute": _attribute(one),
    }


def _name(context: Context, key: str) -> str:
    """Return what the city calls a group or an area; its code in words where it says nothing."""
    for group in context.case.city.groups:
        if key in group.names:
            return group.names[key]
    areas = context.case.places.get("areas")
    if areas is not None and "name" in areas.columns:
        named = areas.loc[areas["area_id"] == key, "name"].tolist()
        if named and isinstance(named[0], str) and named[0]:
            return named[0]
    return key.replace("_", " ")


def _attribute(one: Counted) -> Parameter:
    if one.attribute == AREA:
        return Message(code="by_area")
    return one.attribute or Message(code="by_group")


def _about(one: Counted, group: str) -> str:
    return ", ".join(part for part in (one.step, one.role, group) if part)


def _estimates(one: Counted, beside: Representation) -> list[Estimate]:
    return [
        Estimate.estimated(
            "gap",
            float(beside.difference.value[row]) * POINTS,
            interval=(
                float(min(beside.difference.low[row], beside.difference.value[row])) * POINTS,
                float(max(beside.difference.high[row], beside.difference.value[row])) * POINTS,
                beside.confidence,
            ),
            unit="percentage points",
            about=_about(one, group),
        )
        for row, group in enumerate(one.groups)
    ]


def _table(context: Context, one: Counted, beside: Representation) -> Table:
    rows: list[tuple[Parameter, ...]] = []
    for row, group in enumerate(one.groups):
        rows.append(
            (
                _name(context, group),
                int(one.counts[row]),
                Message(
                    code="share.between",
                    parameters={
                        "low": float(beside.share_in_data.low[row]),
                        "high": float(beside.share_in_data.high[row]),
                    },
                ),
                Message(
                    code="share.known",
                    parameters={"share": float(beside.share_in_population.value[row])},
                ),
                _ratio(beside, row),
            )
        )
    return Table(
        key=f"who_{_slug(one)}",
        columns=("group", "took_part", "share_of_them", "share_of_residents", "as_often")
        if one.eligible is None
        else ("group", "took_part", "share_of_them", "share_of_eligible", "as_often_eligible"),
        rows=tuple(rows),
        title=Message(code="table.who", parameters=_known(one)),
    )


def _ratio(beside: Representation, row: int) -> Parameter:
    ends = (float(beside.ratio.low[row]), float(beside.ratio.high[row]))
    value = float(beside.ratio.value[row])
    if not all(math.isfinite(end) for end in (value, *ends)):
        return Message(code="not_known")
    interval = (min(ends[0], value), max(ends[1], value), beside.confidence)
    return Estimate.estimated("as_often", value, interval=interval, unit="times")


def _slug(one: Counted) -> str:
    words = f"{one.step} {one.role} {one.attribute}".casefold().split()
    return "_".join("".join(c for c in word if c.isalnum()) for word in words) or "all"


def _caveats(one: Counted) -> list[Message]:
    said: list[Message] = [Message(code="caveat.who_came")]
    if one.n_missing:
        said.append(Message(code="caveat.group_unknown", parameters={"n": one.n_missing}))
    if one.withheld:
        said.append(Message(code="caveat.withheld", parameters={"n": len(one.withheld)}))
    return said


def _without(context: Context, one: Counted) -> Finding:
    """Return who took part where there is nobody to compare them with."""
    return Finding(
        code="who.cannot_tell",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(**_known(one)),
        sources=context.sources("took_part", "population"),
        claims=("M28", "M32"),
        asks=(
            Ask(
                to=Message(code="to.statistics"),
                what=Message(code="ask.people", parameters={"groups": one.groups}),
                unlocks=Message(code="ask.people.unlocks"),
                by=context.case.initiative.decision.ask_by,
            ),
        ),
    )


def _turnout(context: Context, one: Counted) -> list[Finding]:
    """Return turnout by group or area; of residents where nobody says who could take part.

    That few residents came to a meeting says nothing: only voters and areas are told so.
    """
    if one.eligible is None and one.role == "participants" and one.attribute != AREA:
        return []
    could = _could(context, one)
    if could is None or (one.counts > could).any() or not could.sum():
        return []
    found = turnout(one.counts, could, n_unknown=one.n_missing, confidence=context.confidence)
    told = [(group, row) for row, group in enumerate(one.groups) if math.isfinite(found.share[row])]
    lowest = min(told, key=lambda one: found.share[one[1]])
    highest = max(told, key=lambda one: found.share[one[1]])
    return [
        Finding(
            code="turnout.of_residents" if one.eligible is None else "turnout.described",
            verdict=Verdict.DESCRIBED,
            parameters=context.known(
                **{**_known(one), "n": int(one.counts.sum()) + one.n_missing},
                of=int(could.sum()),
                whole=found.whole,
                lowest=_name(context, lowest[0]),
                least=float(found.share[lowest[1]]),
                highest=_name(context, highest[0]),
                most=float(found.share[highest[1]]),
            ),
            estimates=tuple(_shares(one, found, told)),
            caveats=(
                *_caveats(one)[1:],
                *(() if one.eligible is not None else (Message(code="caveat.of_residents"),)),
            ),
            sources=context.sources("took_part", "population"),
            method=GAPS,
            claims=("M28", "M32"),
        )
    ]


def _could(context: Context, one: Counted) -> Vector | None:
    """Return who could take part: as stated, else residents, where the groups make up all."""
    if one.eligible is not None or context.frame is None:
        return one.eligible
    areas = context.frame.area_ids
    people = people_of(one.groups, context.tables, areas)
    everybody = people_of((TOTAL,), context.tables, areas)
    if people is None or everybody is None:
        return None
    off = abs(float(people.value.sum() / everybody.value[0]) - 1.0)
    return np.rint(people.value) if off <= ROUNDING or one.attribute == AREA else None


def _shares(one: Counted, found: Turnout, told: list[tuple[str, int]]) -> list[Estimate]:
    return [
        Estimate.estimated(
            "turnout",
            float(found.share[row]),
            interval=(float(found.low[row]), float(found.high[row]), found.confidence),
            unit="share",
            about=_about(one, group),
        )
        for group, row in told
    ]
