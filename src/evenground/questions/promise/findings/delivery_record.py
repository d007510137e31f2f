"""The city's own delivery record: what agencies reached of the targets that they set themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.promise.context import Context
from evenground.questions.promise.findings.amounts import cell, estimated
from evenground.questions.promise.measures.reference_class.indicator_ratings import (
    DeliveryRecord,
    IndicatorRatings,
    Ratings,
    RatingsCompared,
    delivery_records,
    indicator_ratings,
    ratings_compared,
)
from evenground.questions.promise.measures.reference_class.published_amounts import (
    published_amounts,
)
from evenground.questions.promise.measures.reference_class.published_ratings import (
    directions,
    published_ratings,
)

if TYPE_CHECKING:
    import pyarrow as pa

MOST_AGENCIES = 40
"""A table of more agencies than this is no longer read; the record by year stays."""
RATED = Method(
    name=N_("Targets and actuals rated the same way for all, beside published ratings"),
    formula=N_("fully: the target is reached; partly: the set part of it is; else not"),
    literature=(
        "Clopper & Pearson 1934, Biometrika 26, 404–413",
        "Washington, D.C., Performance Plans and Reports 2008–2013: the rule that its ratings keep",
    ),
)
_HEADS = ("n_indicators", "n_with_target", "n_rated", "n_fully", "n_partly", "n_not", "share_fully")


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """Indicators as read: their ratings worked out anew and as published, years and agencies."""

    ratings: IndicatorRatings
    published: Ratings
    compared: RatingsCompared
    years: tuple[str, ...]
    agencies: tuple[str, ...]
    n_without_decision: int


def delivery_record(context: Context) -> list[Finding]:
    """Return what agencies reached of their own targets; nothing where no indicator is listed."""
    table = context.tables.get("agency_indicators")
    found = None if table is None else _indicators(context, table)
    if found is None:
        return []
    everybody, *by_year = delivery_records(
        found.ratings, found.years, confidence=context.confidence
    )
    verdict = Verdict.DESCRIBED if everybody.n_rated else Verdict.CANNOT_TELL
    share = everybody.fully.value
    return [
        Finding(
            code="record.rated" if everybody.n_rated else "record.none_rated",
            verdict=verdict,
            parameters=context.known(
                n=everybody.n_rated,
                of=everybody.n,
                fully=None if np.isnan(share) else share,
                partly=_share(everybody.n_partly, everybody.n_rated),
                not_at_all=_share(everybody.n_not, everybody.n_rated),
                n_without=found.n_without_decision,
            ),
            estimates=tuple(_estimates(context, everybody, found)),
            tables=tuple(_tables(context, by_year, found)),
            caveats=tuple(_caveats(context, everybody, found)),
            sources=context.sources("agency_indicators"),
            method=RATED,
            claims=("M8", "M22"),
            asks=() if everybody.n_rated else (_ask(context),),
        )
    ]


def _indicators(context: Context, table: pa.Table) -> Indicators | None:
    named = [bool(one) for one in _column(table, "measure")]
    if not any(named):
        return None
    kept = table.filter(named)
    targets, actuals = (
        published_amounts([None if one is None else str(one) for one in _column(kept, name)]).value
        for name in ("target", "actual")
    )
    ratings = indicator_ratings(
        targets,
        actuals,
        better=directions(_column(kept, "direction")),
        partly_from=context.case.settings.number("partly_from"),
    )
    published = published_ratings(_column(kept, "rating"))
    return Indicators(
        ratings=ratings,
        published=published,
        compared=ratings_compared(ratings.rating, published),
        years=tuple("" if one is None else str(one) for one in _column(kept, "year")),
        agencies=tuple(one or "" for one in _column(kept, "agency")),
        n_without_decision=sum(not one for one in _column(kept, "informs")),
    )


def _column(table: pa.Table, name: str) -> list[Parameter]:
    if name not in table.column_names:
        return [None] * table.num_rows
    return table[name].to_pylist()


def _share(n: int, of: int) -> float | None:
    return n / of if of else None


def _estimates(context: Context, one: DeliveryRecord, found: Indicators) -> Iterator[Estimate]:
    yield Estimate.exact("n_indicators", one.n, unit="indicators")
    yield Estimate.exact("n_with_target", one.n_with_target, unit="indicators")
    yield Estimate.exact("n_rated", one.n_rated, unit="indicators")
    yield from estimated("share_fully", one.fully, unit="share", level=context.confidence)
    told = _published(found)
    if told:
        yield Estimate.exact("n_rated_published", sum(told), unit="indicators")
        yield Estimate.exact("share_fully_published", told[2] / sum(told), unit="share")


def _published(found: Indicators) -> tuple[int, int, int] | None:
    """Return how many are published as not, partly, fully achieved; ``None`` without any."""
    counts = [int((found.published == rating).sum()) for rating in (0, 1, 2)]
    return (counts[0], counts[1], counts[2]) if sum(counts) else None


def _tables(
    context: Context, by_year: Sequence[DeliveryRecord], found: Indicators
) -> Iterator[Table]:
    yield _table(context, "by_year", by_year)
    if len(set(found.agencies)) <= MOST_AGENCIES:
        _, *by_agency = delivery_records(
            found.ratings, found.agencies, confidence=context.confidence
        )
        yield _table(context, "by_agency", by_agency)
    if _published(found):
        yield _beside(found)


def _table(context: Context, key: str, records: Sequence[DeliveryRecord]) -> Table:
    rows = tuple(
        (
            one.name or Message(code="not_stated"),
            one.n, one.n_with_target, one.n_rated, one.n_fully, one.n_partly, one.n_not,
            cell("share_fully", one.fully, unit="share", level=context.confidence),
        )
        for one in records
    )  # fmt: skip
    return Table(
        key=key, columns=(key, *_HEADS), rows=rows, title=Message(code=f"table.{key}")
    )  # fmt: skip


def _beside(found: Indicators) -> Table:
    names = ("not", "partly", "fully")
    rows = tuple(
        (Message(code=f"rated.{name}"), *(int(n) for n in found.compared.table[at]))
        for at, name in reversed(list(enumerate(names)))
    )
    return Table(
        key="ratings_beside",
        columns=("worked_out", "published_not", "published_partly", "published_fully"),
        rows=rows,
        title=Message(code="table.ratings_beside"),
    )


def _caveats(context: Context, one: DeliveryRecord, found: Indicators) -> Iterator[Message]:
    unrated = one.n - one.n_rated
    if unrated:
        known = {"n": unrated, "of": one.n, "with_target": one.n_with_target}
        yield Message(code="caveat.unrated", parameters=known)
    told, same = found.compared, found.compared.n_same
    both = same + told.n_published_better + told.n_published_worse
    if both:
        known = {"n": both - same, "of": both, "better": told.n_published_better}
        code = "caveat.ratings_differ" if both > same else "caveat.ratings_agree"
        yield Message(code=code, parameters=known)
    if one.n_rated:
        part = context.case.settings.number("partly_from")
        yield Message(code="caveat.own_targets", parameters={"part": part})
    if found.n_without_decision:
        known = {"n": found.n_without_decision, "of": one.n}
        yield Message(code="caveat.inform_nothing", parameters=known)


def _ask(context: Context) -> Ask:
    return Ask(
        to=Message(code="to.city"),
        what=Message(code="ask.record"),
        unlocks=Message(code="ask.record.unlocks"),
        by=context.case.initiative.decision.ask_by,
    )
