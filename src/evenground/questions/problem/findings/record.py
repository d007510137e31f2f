"""What was promised, spent and built there before, service by service, on one time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.frame.spending import Spending, spending_of
from evenground.language import N_
from evenground.questions.problem.context import Context
from evenground.questions.problem.figures.time_axis import Span, Spot, time_axis
from evenground.questions.problem.indicators import rows_of

METHOD = Method(
    name=N_("The place's own record"),
    formula=N_("spending in areas that get a unit / all spending, beside their share of residents"),
    literature=("Clark 2020, Uneven Innovation: The Work of Smart Cities",),
)
MOST_PROGRAMMES = 8
MOST_PAST = 10
LEFT = ("stopped", "declined")
NEARLY_EVERYWHERE = 0.9
"""Where so many residents live in areas that get a unit, those areas are the city."""


def record(context: Context) -> list[Finding]:
    """Return what came before; nothing where nothing is recorded."""
    past = _past(context)
    spent = _spent(context)
    if not past and spent is None:
        return []
    same = [row for row in past if _same_domain(context, row)]
    there = _there(context, spent)
    known = context.known(
        n=len(past),
        n_same=len(same),
        n_left=sum((row["stage"] or "") in LEFT for row in past),
        domain=context.case.initiative.domain or Message(code="this_service"),
        first=_first_year(past, spent),
        spent_first=_first_year((), spent),
        amount=float(spent.amount.sum()) if spent is not None else 0.0,
        **there,
    )
    code = _code(past, spent, there)
    return [
        Finding(
            code=f"record.{code}",
            verdict=Verdict.DESCRIBED,
            parameters=known,
            estimates=_estimates(there),
            tables=(*_initiatives(past, same), *_programmes(context, spent, by_place=bool(there))),
            figures=_figure(context, (past, spent), known),
            caveats=_caveats(spent),
            sources=context.sources("past_initiatives", "spending", "areas", "population"),
            method=METHOD,
            claims=("M5", "M16"),
        )
    ]


def _past(context: Context) -> list[dict[str, Any]]:
    """Return earlier initiatives, the same service first, then by their start."""
    rows = [row for row in rows_of(context.tables.get("past_initiatives")) if row["title"]]
    return sorted(
        rows,
        key=lambda row: (
            not _same_domain(context, row),
            row["started"] is None,
            str(row["started"] or ""),
            row["title"],
        ),
    )


def _same_domain(context: Context, row: Mapping[str, Any]) -> bool:
    domain = context.case.initiative.domain.casefold()
    return bool(domain) and (row["domain"] or "").casefold() == domain


def _spent(context: Context) -> Spending | None:
    if context.frame is None:
        return None
    case = context.case
    return spending_of(
        case.places.get("spending"),
        context.tables.get("spending"),
        context.frame,
        currency=case.city.currency,
    )


def _there(context: Context, spent: Spending | None) -> dict[str, float]:
    """Return which shares of money and of residents are in areas that get a unit."""
    if spent is None or context.lead is None or not (context.lead.by_area > 0).any():
        return {}
    people = context.people
    if people.sum() <= 0:
        return {}
    with_units = context.lead.by_area > 0
    money = spent.amount[with_units[spent.area]].sum() / spent.amount.sum()
    living = float(people[with_units].sum() / people.sum())
    if living > NEARLY_EVERYWHERE:
        return {}
    return {"money_there": float(money), "people_there": living}


def _code(
    past: Sequence[Mapping[str, Any]], spent: Spending | None, there: Mapping[str, float]
) -> str:
    money = "none" if spent is None else "there" if there else "spent"
    return f"{'past' if past else 'no_past'}.{money}"


def _first_year(past: Sequence[Mapping[str, Any]], spent: Spending | None) -> str:
    years = [row["started"].year for row in past if row["started"]]
    if spent is not None:
        years.append(int(spent.year.min()))
    return str(min(years)) if years else ""


def _estimates(there: Mapping[str, float]) -> tuple[Estimate, ...]:
    return tuple(Estimate.exact(name, value, unit="share") for name, value in there.items())


def _initiatives(
    past: Sequence[Mapping[str, Any]], same: Sequence[Mapping[str, Any]]
) -> tuple[Table, ...]:
    if not past:
        return ()
    rows = tuple(
        (
            row["title"],
            row["domain"] or Message(code="not_given"),
            Message(code=f"stage.{row['stage'] or 'unknown'}"),
            _years(row),
            row["promised"] or Message(code="not_given"),
            row["came"] or Message(code="not_given"),
        )
        for row in past
    )
    title = Message(code="table.past", parameters={"n": len(same)})
    columns = ("initiative", "domain", "stage", "years", "promised", "came")
    return (Table(key="past", columns=columns, rows=rows, title=title),)


def _years(row: Mapping[str, Any]) -> str | Message:
    first = str(row["started"].year) if row["started"] else ""
    last = str(row["ended"].year) if row["ended"] else ""
    if not first and not last:
        return Message(code="not_given")
    return _span(first, last)


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _by_programme(spent: Spending) -> dict[str, float]:
    """Return what was spent on each programme, most first."""
    names = sorted(set(spent.programme.tolist()) - {""})
    totals = {name: float(spent.amount[spent.programme == name].sum()) for name in names}
    return dict(sorted(totals.items(), key=lambda one: (-one[1], one[0])))


def _programmes(context: Context, spent: Spending | None, *, by_place: bool) -> tuple[Table, ...]:
    if spent is None:
        return ()
    currency = context.case.city.currency or "money"
    with_units = context.lead.by_area > 0 if by_place and context.lead else None
    rows: list[tuple[Any, ...]] = []
    for name, total in _by_programme(spent).items():
        here = spent.programme == name
        years = spent.year[here]
        told: tuple[Any, ...] = (
            name,
            Estimate.exact("spent", total, unit=currency),
            _span(str(years.min()), str(years.max())),
        )
        if with_units is not None:
            part = float(spent.amount[here & with_units[spent.area]].sum()) / total
            told = (*told, Estimate.exact("money_there", part, unit="share"))
        rows.append(told)
    if not rows:
        return ()
    return (
        Table(
            key="programmes",
            columns=("programme", "spent", "years", "money_there")[: 4 if by_place else 3],
            rows=tuple(rows),
            title=Message(code="table.programmes"),
        ),
    )


def _figure(
    context: Context,
    both: tuple[Sequence[Mapping[str, Any]], Spending | None],
    known: Mapping[str, Any],
) -> tuple[Figure, ...]:
    past, spent = both
    today = context.case.today
    spans = [
        Span(
            name=row["title"],
            first=row["started"],
            last=row["ended"]
            or max(row["started"], today if row["stage"] == "running" else row["started"]),
        )
        for row in past
        if row["started"]
    ][:MOST_PAST]
    spots: list[Spot] = []
    if spent is not None:
        for name in list(_by_programme(spent))[:MOST_PROGRAMMES]:
            here = spent.programme == name
            years = np.unique(spent.year[here])
            spots += [
                Spot(
                    name=name,
                    year=int(year),
                    amount=float(spent.amount[here & (spent.year == year)].sum()),
                )
                for year in years
            ]
    if not spans and not spots:
        return ()
    return (time_axis(spans, spots, known=known),)


def _caveats(spent: Spending | None) -> tuple[Message, ...]:
    if spent is None:
        return (Message(code="caveat.record_as_kept"),)
    said = [Message(code="caveat.record_as_kept")]
    if spent.n_left:
        said.append(Message(code="caveat.spending_left", parameters={"n": spent.n_left}))
    if len(np.unique(spent.price_year)) > 1 or not spent.price_years:
        said.append(Message(code="caveat.prices_differ"))
    return tuple(said)
