"""Money by area and year: whom public money reached, and whether private money follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.areas import Baseline, Grouping
from evenground.frame.naming import pair_names
from evenground.frame.spending import PRIVATE, PUBLIC, Spending
from evenground.language import N_
from evenground.methods.margins_of_error import UncertainCounts, group_totals
from evenground.methods.validation import Vector
from evenground.questions.reach.comparison import MOST_ERROR, verdict
from evenground.questions.reach.context import Context
from evenground.questions.reach.figures.time_lines import Line, TimeLines, time_lines
from evenground.questions.reach.findings.doubts import ecological
from evenground.questions.reach.findings.grounds import carried_over, partly_counted
from evenground.questions.reach.measures.effective_size import AreaDraw
from evenground.questions.reach.measures.lead_lag import LeadLag, lead_lag
from evenground.questions.reach.measures.rate_ratio import RateRatio, rate_ratio

METHOD = Method(
    name=N_("Money per head of two groups, amounts placed whole"),
    formula=N_(
        "ratio = (amount₁ / people₁) / (amount₂ / people₂); "
        "amounts are the units of a draw by lot"
    ),
    literature=(
        "Przyborowski & Wilenski 1940, Biometrika 31, 313–323",
        "Korn & Graubard 1998, Survey Methodology 24, 193–201",
    ),
)  # fmt: skip
ORDER_METHOD = Method(
    name=N_("Correlation of public and private money at each lag, permuted over areas"),
    formula=N_("r_k = corr(public_it, private_i,t+k), area and year means taken out"),
    literature=(
        "Box, Jenkins, Reinsel & Ljung 2016, Time Series Analysis, ch. 12",
        "Westfall & Young 1993, Resampling-Based Multiple Testing, ch. 2",
    ),
)
CLAIMS = ("M5", "M16", "M33")
MOST_LINES = 4
MANY_LUMPS = 300
"""With more lumps than this their variance needs no steadying by what a fair draw would give."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shared:
    """Public money over groups: amounts and people by group, and the ratio of the pair."""

    spent: Spending
    amounts: Vector
    people: UncertainCounts
    ratio: RateRatio | None


def money(context: Context) -> list[Finding]:
    """Return who got public money, and what came first, public or private money."""
    people, spent = context.frame.people, context.spending
    if spent is None or people is None:
        return []
    return [*_by_group(context, spent, people), *_order(context, spent)]


def _by_group(context: Context, spent: Spending, people: Baseline) -> list[Finding]:
    if not context.frame.groupings:
        return []
    grouping = context.frame.groupings[0]
    in_group = (grouping.membership.share.sum(axis=0) > 0) & people.known
    every = spent.where(spent.payer != PRIVATE)
    public = every.where(in_group[every.area])
    if not len(public.amount):
        return []
    shared = _shared(context, grouping, public, people)
    if not (shared.people.value > 0).all() or not (shared.amounts > 0).any():
        return []
    focus, reference = grouping.pairs[0]
    told = verdict(shared.ratio, telling_ratio=context.terms.telling_ratio)
    per_head = shared.amounts / shared.people.value
    years = public.years
    known = context.known(
        **pair_names(grouping, grouping.pairs[0]),
        first=str(years[0]),
        last=str(years[-1]),
        period=_period(years),
        total=_readable(public.amount.sum()),
        amount_focus=_readable(shared.amounts[focus]),
        head_focus=_readable(per_head[focus]),
        head_reference=_readable(per_head[reference]),
        n_amounts=len(public.amount),
        currency=context.case.city.currency,
        left=_readable(every.amount.sum() - public.amount.sum()),
        prices=_prices(spent),
        largest=float(np.bincount(public.area, weights=public.amount).max() / public.amount.sum()),
    )
    return [
        Finding(
            code=f"money.{told.code}",
            verdict=_own(told.code),
            parameters=known,
            estimates=_estimates(context, grouping, shared),
            tables=(_table(context, grouping, shared),),
            figures=_figures(context, grouping, public, known),
            caveats=_caveats(context, grouping, spent, known),
            sources=context.sources("spending", "areas", "population", "indicators"),
            method=METHOD,
            claims=CLAIMS,
        )
    ]  # fmt: skip


def _own(code: str) -> Verdict:
    """Return the verdict in words about money."""
    cannot_tell = Verdict.CANNOT_TELL
    return cannot_tell if code == cannot_tell.code else Verdict(f"money_{code}")


def _shared(context: Context, grouping: Grouping, public: Spending, people: Baseline) -> _Shared:
    membership = grouping.membership.share * people.known
    totals = grouping.totals or group_totals(people.counts, membership)
    error = np.minimum(totals.standard_error, MOST_ERROR * totals.value)
    totals = replace(totals, standard_error=error)
    lumps, where = public.lumps()  # what is spent at one place moves together
    shares = membership[:, where]
    both = list(grouping.pairs[0])
    counts = np.where(people.known, people.counts.value, 0.0)
    amounts = shares @ lumps
    fair = AreaDraw(probability=counts / counts.sum(), share=membership[both])
    usable = bool((totals.value[both] > 0).all()) and bool(amounts[both].sum() > 0)
    ratio = (
        rate_ratio(
            lumps,
            shares[both],
            baseline=totals.take(both),
            fair=None if len(lumps) > MANY_LUMPS else fair,
            confidence=context.terms.confidence,
        )
        if usable
        else None
    )
    return _Shared(spent=public, amounts=amounts, people=totals, ratio=ratio)


def _readable(value: float) -> float:
    """Round money to three digits; the table has them all."""
    return float(f"{float(value):.3g}")


def _estimates(context: Context, grouping: Grouping, shared: _Shared) -> tuple[Estimate, ...]:
    currency = context.case.city.currency
    found = [
        Estimate.exact("amount", float(amount), unit=currency, about=name)
        for name, amount in zip(grouping.names, shared.amounts, strict=True)
    ]
    one = shared.ratio
    if one is not None and np.isfinite([one.ratio, one.low, one.high]).all():
        interval = (one.low, one.high, one.confidence)
        found.append(Estimate.estimated("money_ratio", one.ratio, interval=interval, unit="ratio"))
    return tuple(found)


def _table(context: Context, grouping: Grouping, shared: _Shared) -> Table:
    currency = context.case.city.currency
    total = float(shared.spent.amount.sum())
    everybody = float(shared.people.value.sum())
    rows = tuple(
        (
            name,
            Estimate.exact("amount", float(round(shared.amounts[row])), unit=currency),
            Estimate.exact("share", float(shared.amounts[row]) / total, unit="share"),
            Estimate.exact("share", float(shared.people.value[row]) / everybody, unit="share"),
            _readable(shared.amounts[row] / shared.people.value[row]),
        )
        for row, name in enumerate(grouping.names)
    )
    return Table(
        key="money",
        columns=("group", "amount", "money_share", "people_of", "per_head"),
        rows=rows,
        title=Message(code="table.money"),
    )


def _figures(
    context: Context, grouping: Grouping, public: Spending, known: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Draw public money per head by group, year by year."""
    years = public.years
    if len(years) < 2:  # noqa: PLR2004 - one year is no line
        return ()
    people = context.frame.people
    counts = people.counts.value if people else np.zeros(0)
    by_group = public.panel(years, len(counts)) @ grouping.membership.share.T
    totals = grouping.membership.share @ counts
    few = len(grouping.names) <= MOST_LINES
    shown = range(len(grouping.names)) if few else sorted(grouping.pairs[0])
    lines = tuple(
        Line(
            name=grouping.names[row],
            values=tuple(float(one) for one in by_group[:, row] / max(totals[row], 1.0)),
        )
        for row in shown
    )
    figure = TimeLines(days=years, lines=lines)
    return (time_lines(figure, key="money", code="money", known=known),)


def _prices(spent: Spending) -> Message:
    if not spent.price_years:
        return Message(code="prices.unknown")
    if len(spent.price_years) == 1:
        return Message(code="prices.of", parameters={"year": str(spent.price_years[0])})
    return Message(code="prices.several")


def _caveats(
    context: Context, grouping: Grouping, spent: Spending, known: Mapping[str, Any]
) -> tuple[Message, ...]:
    found = [
        ecological(grouping),
        Message(code="caveat.money", parameters=known),
        Message(code="caveat.largest", parameters=known),
    ]
    if known["left"] > 0:
        found.append(Message(code="caveat.money_no_group", parameters=known))
    if spent.n_left:
        found.append(Message(code="caveat.money_left", parameters=context.known(n=spent.n_left)))
    return (*found, *partly_counted(context, grouping), *carried_over(context, grouping))


def _order(context: Context, spent: Spending) -> list[Finding]:
    """Say what came first, where both sorts of payers are known."""
    payers = set(spent.payer.tolist())
    if not {PUBLIC, PRIVATE} <= payers:
        return []
    years, n_areas = spent.years, len(context.frame.area_ids)
    public, private = (
        spent.where(spent.payer == payer).panel(years, n_areas).T for payer in (PUBLIC, PRIVATE)
    )
    found = lead_lag(
        public,
        private,
        rng=context.case.rng("money_order"),
        max_lag=context.case.settings.whole("lag_years"),
    )
    word = _order_word(found)
    known = context.known(
        first=str(years[0]),
        last=str(years[-1]),
        n_years=len(years),
        lag=_lag(found.peak_lag),
        n_both=found.n_areas,
        lag_years=context.case.settings.whole("lag_years"),
    )
    rows = tuple(
        (int(lag), round(float(r), 3), float(f"{float(p):.2g}"))
        for lag, r, p in zip(found.lags, found.correlation, found.p_by_lag, strict=True)
    )
    table = Table(
        key="lags",
        columns=("lag", "correlation", "p_value"),
        rows=rows,
        title=Message(code="table.lags"),
    )
    return [
        Finding(
            code=f"money_order.{word}",
            verdict=_own(word),
            parameters=known,
            estimates=(
                Estimate.exact("order_any", found.p_any, unit="share"),
                Estimate.exact("order_asymmetry", found.p_asymmetry, unit="share"),
            )
            if rows
            else (),
            tables=(table,) if rows else (),
            caveats=(Message(code="caveat.first_is_no_cause"),) if rows else (),
            sources=context.sources("spending", "areas"),
            method=ORDER_METHOD,
            claims=CLAIMS,
        )
    ]  # fmt: skip


def _period(years: tuple[int, ...]) -> Message:
    ends = {"first": str(years[0]), "last": str(years[-1])}
    return Message(code="period.year" if len(years) == 1 else "period.span", parameters=ends)


def _lag(years: int) -> Message:
    return Message(code="lag.later" if years else "lag.same", parameters={"n": abs(years)})


def _order_word(found: LeadLag) -> str:
    """Return the verdict's word; money that keeps away from other money is a case of its own."""
    if found.verdict in ("none_seen", "cannot_tell"):
        return found.verdict
    at_peak = found.correlation[found.lags == found.peak_lag]
    return "apart" if at_peak[0] < 0 else found.verdict
