"""What a promise borrows from elsewhere: a range for this city, or why there can be none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.promise.borrowing import Borrowed, borrowed_of
from evenground.questions.promise.context import Context
from evenground.questions.promise.measures.promises.borrowed_effect import Reason
from evenground.questions.promise.measures.promises.context_differences import ContextDifferences
from evenground.questions.promise.measures.promises.prediction_interval import PredictionInterval
from evenground.questions.promise.stated import Promise, as_stated, number, quoted

LESS, AS_MUCH, OPEN, RANGE, NOT_TRANSFERABLE = (
    Verdict("elsewhere_less"),
    Verdict("elsewhere_as_much"),
    Verdict("elsewhere_leaves_open"),
    Verdict("elsewhere_alone"),
    Verdict("not_transferable"),
)
ONE_MORE_CITY = Method(
    name=N_("Where one more city may lie: random-effects prediction interval"),
    formula=N_("mean ± t(n − 2) · √(variance between cities + variance of the mean)"),
    literature=(
        "Higgins, Thompson & Spiegelhalter 2009, J. R. Statistical Society A 172, 137–159",
        "DerSimonian & Laird 1986, Controlled Clinical Trials 7, 177–188",
    ),
)


def borrowed(context: Context) -> list[Finding]:
    """Return what each promise borrows; nothing where none rests on results from elsewhere."""
    found = ((promise, borrowed_of(context, promise)) for promise in context.promises)
    return [_borrowed(context, promise, one) for promise, one in found if one is not None]


def _borrowed(context: Context, promise: Promise, one: Borrowed) -> Finding:
    verdict = _verdict(promise, one)
    expected = one.effect.expected
    return Finding(
        code=f"borrowed.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            words=quoted(promise),
            n=len(one.cities),
            cities=one.cities,
            city=_here(context),
            unit=promise.unit,
            promised=as_stated(promise.change.change),
            expected=_estimate(promise, expected) if expected else None,
            low=expected.low if expected else None,
            high=expected.high if expected else None,
            level=context.confidence,
        ),
        estimates=tuple(_estimates(promise, one)),
        tables=(_seen(promise, one), *_beside(context, one)),
        caveats=tuple(_caveats(context, one)),
        sources=context.sources("borrowed", "context_profile"),
        method=ONE_MORE_CITY,
        claims=("M3",),
        asks=tuple(_asks(context, promise, one)),
    )


def _verdict(promise: Promise, one: Borrowed) -> Verdict:
    expected, promised = one.effect.expected, promise.change.change
    if expected is None or expected.low is None or expected.high is None:
        return NOT_TRANSFERABLE
    if promised is None:
        return RANGE
    if promised > expected.high:
        return LESS
    return AS_MUCH if promised <= expected.low else OPEN


def _estimate(promise: Promise, expected: PredictionInterval) -> Estimate:
    low, high = expected.low, expected.high
    interval = (-np.inf if low is None else low, np.inf if high is None else high, expected.level)
    mean = expected.effects.mean
    return Estimate.estimated("borrowed_here", mean, interval=interval, unit=_unit(promise))


def _unit(promise: Promise) -> str:
    return promise.unit or "unit of the result"


def _estimates(promise: Promise, one: Borrowed) -> Iterator[Estimate]:
    yield Estimate.exact("n_borrowed", len(one.rows), unit="results")
    yield Estimate.exact("n_borrowed_usable", one.effect.n_sites, unit="results")
    if one.effect.expected is not None:
        yield _estimate(promise, one.effect.expected)
    if promise.change.change is not None:
        yield Estimate.exact("borrowed_promised", promise.change.change, unit=_unit(promise))


def _seen(promise: Promise, one: Borrowed) -> Table:
    blank = Message(code="not_stated")
    rows: list[tuple[Parameter, ...]] = []
    for row in one.rows:
        effect, low, high = (number(row, name) for name in ("effect", "low", "high"))
        between = Message(code="seen_from_to", parameters={"low": low, "high": high})
        by = row.get("found_by")
        rows.append(
            (
                row["from_city"],
                blank if effect is None else effect,
                blank if low is None or high is None else between,
                row.get("unit") or promise.unit or blank,
                Message(code=f"found_by.{by}") if by else blank,
                row.get("design") or blank,
            )
        )
    return Table(
        key="borrowed",
        columns=("from_city", "seen_there", "seen_from_to", "seen_unit", "found_by", "found_how"),
        rows=tuple(rows),
        title=Message(code="table.borrowed_results"),
    )


def _beside(context: Context, one: Borrowed) -> Iterator[Table]:
    profile = {
        (row["city"], row["dimension"]): row for row in context.rows.get("context_profile", ())
    }
    here = context.case.city.name
    rows = tuple(
        (
            dimension,
            city,
            profile.get((here, dimension), {}).get("value"),
            profile.get((city, dimension), {}).get("value"),
            _usual(differences, at),
        )
        for city, differences in one.contexts.items()
        for at, dimension in enumerate(differences.dimensions)
    )
    if rows:
        yield Table(
            key="contexts",
            columns=("dimension", "from_city", "value_here", "value_there", "how_unlike"),
            rows=rows,
            title=Message(code="table.contexts"),
        )


def _usual(differences: ContextDifferences, at: int) -> Parameter:
    closer = float(differences.closer_pairs[at])
    if np.isnan(differences.difference[at]):
        return Message(code="unlike.not_known")
    if np.isnan(closer):
        return Message(code="unlike.no_yardstick")
    known: dict[str, Parameter] = {"closer": closer}
    return Message(
        code="unlike.more" if differences.differs[at] else "unlike.usual", parameters=known
    )


def _here(context: Context) -> Parameter:
    """Return what this city is called, also where nobody named it."""
    return context.case.city.name or Message(code="this_city")


def _caveats(context: Context, one: Borrowed) -> Iterator[Message]:
    here = _here(context)
    for reason in one.effect.reasons:
        match reason:
            case Reason.CONTEXT_DIFFERS:
                yield from _differing(here, one)
            case Reason.CONTEXT_UNKNOWN:
                yield _not_known(here, one)
            case Reason.FOUND_BY_SELLER:
                sold = dict.fromkeys(
                    row["from_city"] for row in one.rows if row.get("found_by") == "vendor"
                )
                yield Message(code="caveat.borrowed.seller", parameters={"cities": tuple(sold)})
            case _:
                yield Message(code=f"caveat.borrowed.{reason.value}")
    if one.other_units:
        yield Message(code="caveat.borrowed.other_unit", parameters={"cities": one.other_units})
    if one.crossed:
        yield Message(code="caveat.borrowed.crossed", parameters={"cities": one.crossed})


def _differing(here: Parameter, one: Borrowed) -> Iterator[Message]:
    for city, differences in one.contexts.items():
        if differences.differing:
            known: dict[str, Parameter] = {
                "city": here, "other": city, "dimensions": differences.differing,
            }  # fmt: skip
            yield Message(code="caveat.borrowed.differs", parameters=known)


def _not_known(here: Parameter, one: Borrowed) -> Message:
    unknown = dict.fromkeys(
        name for differences in one.contexts.values()
        for name in (*differences.unknown, *differences.unjudged)
    )  # fmt: skip
    if not unknown:
        return Message(code="caveat.borrowed.no_profile", parameters={"city": here})
    known: dict[str, Parameter] = {"city": here, "dimensions": tuple(unknown)}
    return Message(code="caveat.borrowed.unknown", parameters=known)


def _asks(context: Context, promise: Promise, one: Borrowed) -> Iterator[Ask]:
    by = context.case.initiative.decision.ask_by
    if one.effect.expected is None:
        yield Ask(
            to=context.offerer(),
            what=Message(code="ask.borrowed", parameters={"words": quoted(promise)}),
            unlocks=Message(code="ask.borrowed.unlocks"),
            by=by,
        )
    if Reason.CONTEXT_UNKNOWN in one.effect.reasons:
        known: dict[str, Parameter] = {"cities": one.cities, "city": _here(context)}
        yield Ask(
            to=Message(code="to.city"),
            what=Message(code="ask.contexts", parameters=known),
            unlocks=Message(code="ask.contexts.unlocks"),
            by=by,
        )
