"""Does provision lean to one end more than need does? Le Grand and horizontal inequity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.columns import Vector
from evenground.language import N_
from evenground.methods.inequality.interval import Interval, Resampling
from evenground.methods.validation import Flags
from evenground.questions.problem.context import Context
from evenground.questions.problem.findings.served import Served
from evenground.questions.problem.indicators import Indicator
from evenground.questions.problem.measures.need_concentration import (
    HorizontalInequity,
    LeGrandIndex,
    horizontal_inequity,
    le_grand_index,
    ranked,
)
from evenground.questions.problem.measures.need_standardisation import explanation

METHOD = Method(
    name=N_("Concentration of provision minus that of need; horizontal inequity"),
    formula=N_("LG = C(provision) − C(need); HI = C(provision) − C(provision that need explains)"),
    literature=(
        "Le Grand 1978, Economica 45, 125–142",
        "Wagstaff & van Doorslaer 2000, J. Human Resources 35, 716–733",
        "Kakwani, Wagstaff & van Doorslaer 1997, J. Econometrics 77, 87–103",
    ),
)
TO_LOW, TO_HIGH, NEITHER = (
    Verdict("leans_low_for_need"), Verdict("leans_high_for_need"), Verdict("neither_for_need"),
)  # fmt: skip
FEWEST = 10
"""With fewer areas an index over areas says nothing that holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Areas on a ladder: what ranks them, who stands on it, what they have and lack."""

    grouping: Grouping
    at: Flags
    provision: Vector
    need: Vector
    indicator: Indicator


def provision(context: Context, served: Served | None) -> list[Finding]:
    """Return both indices for the first need, over areas ranked by the city's own grouping."""
    ladder = _ladder(context, served)
    if ladder is None or context.frame is None:
        return []
    people = context.people[ladder.at]
    rank_by = np.asarray(ladder.grouping.indicator)[ladder.at]
    of = ranked(people, rank_by)
    draws = Resampling(n_draws=1_000, confidence=context.confidence)
    le_grand = le_grand_index(
        ladder.provision, ladder.need, of=of, rng=context.case.rng("le_grand"), resampling=draws
    )
    inequity = horizontal_inequity(
        ladder.provision,
        explanation(ladder.need[:, None]),
        of=of,
        rng=context.case.rng("horizontal_inequity"),
        resampling=draws,
    )
    if not np.isfinite([le_grand.difference.low, le_grand.difference.high]).all():
        return []
    return [_finding(context, ladder, (le_grand, inequity))]


def _ladder(context: Context, served: Served | None) -> Ladder | None:
    """Return the first need on the first ladder that is not the need itself."""
    if context.frame is None or served is None or not context.indicators:
        return None
    indicator = context.indicators[0]
    lack = _lack(indicator)
    for grouping in context.frame.groupings:
        rank_by = grouping.indicator
        if rank_by is None or lack is None or grouping.group.indicator == indicator.key:
            continue
        at = (
            indicator.known & np.isfinite(rank_by) & np.isfinite(served.by_area)
            & (context.people > 0)
        )  # fmt: skip
        have = served.by_area[at]
        if at.sum() >= FEWEST and have.sum() > 0 and lack[at].sum() > 0:
            return Ladder(
                grouping=grouping, at=at, provision=have, need=lack[at], indicator=indicator
            )
    return None


def _lack(indicator: Indicator) -> Vector | None:
    """Return need per person, 0 or more; ``None`` where less is worse and nothing is the whole."""
    if indicator.worse > 0:
        return indicator.value if np.nanmin(indicator.value) >= 0 else None
    if indicator.whole is None:
        return None
    return np.clip(indicator.whole - indicator.value, 0.0, None)


def _verdict(index: Interval) -> Verdict:
    if index.low <= 0 <= index.high:
        return NEITHER
    return TO_HIGH if index.value > 0 else TO_LOW


def _finding(
    context: Context, ladder: Ladder, both: tuple[LeGrandIndex, HorizontalInequity]
) -> Finding:
    le_grand, inequity = both
    verdict = _verdict(le_grand.difference)
    names = ladder.grouping.names
    known = context.known(
        name=ladder.indicator.name,
        lowest=names[0],
        highest=names[-1],
        ladder=ladder.grouping.group.name,
        metres=context.case.settings.number("served_metres"),
        explained=inequity.explained,
    )
    return Finding(
        code=f"provision.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            _estimate("le_grand", le_grand.difference),
            _estimate("horizontal_inequity", inequity.index),
        ),
        tables=(_table(both),),
        caveats=(
            Message(code="caveat.ladder", parameters=known),
            Message(code="caveat.within_areas"),
            Message(code="caveat.explained", parameters=known),
        ),
        sources=context.sources("sites", "areas", "indicators", "population"),
        method=METHOD,
        claims=("M18", "M27", "M33"),
        bears_on=context.bears_on,
        would_change=_turns(both, known),
    )


def _turns(
    both: tuple[LeGrandIndex, HorizontalInequity], known: dict[str, object]
) -> tuple[Message, ...]:
    """Say when the other of the two indices would give another answer."""
    first, second = _verdict(both[0].difference), _verdict(both[1].index)
    if first == second:
        return ()
    answer = Message(code=f"verdict.{second.code}", parameters=known)
    return (Message(code="turns.inequity", parameters={**known, "answer": answer}),)


def _estimate(name: str, index: Interval) -> Estimate:
    if not index.low < index.high:
        return Estimate.exact(name, index.value, unit="index")
    interval = (min(index.low, index.value), max(index.high, index.value), index.confidence)
    return Estimate.estimated(name, index.value, interval=interval, unit="index")


def _table(both: tuple[LeGrandIndex, HorizontalInequity]) -> Table:
    le_grand, inequity = both
    found = (
        ("index.provision", le_grand.provision),
        ("index.need", le_grand.need),
        ("index.le_grand", le_grand.difference),
        ("index.need_expected", inequity.need_expected),
        ("index.inequity", inequity.index),
    )
    rows = tuple((Message(code=code), _estimate("index", index)) for code, index in found)
    return Table(
        key="provision",
        columns=("index", "value"),
        rows=rows,
        title=Message(code="table.provision"),
    )
