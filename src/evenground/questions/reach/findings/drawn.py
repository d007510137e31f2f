"""Do new units go to where there already were some? Two tests, and what they bear together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Table, Verdict
from evenground.frame.spending import PRIVATE
from evenground.language import N_
from evenground.methods.validation import Vector
from evenground.questions.reach.context import Context
from evenground.questions.reach.measures.cumulative_advantage import (
    CUMULATIVE_ADVANTAGE,
    FAVOURED_OR_REINFORCED,
    CumulativeAdvantage,
    cumulative_advantage,
)
from evenground.questions.reach.measures.placement_panel import PlacementPanel, placement_panel

METHOD = Method(
    name=N_("Persistence (conditional multinomial) and exact order test"),
    formula=N_(
        "p_it ∝ people_i · exp(γ need_i + β earlier_it); "
        "order: S = Σ earlier_it (n_it − n_t N_i / N) over all orders with the same totals"
    ),
    literature=(
        "Merton 1968, Science 159, 56–63",
        "McFadden 1974, in Zarembka (ed.), Frontiers in Econometrics, 105–142",
        "Heckman 1981, in Rosen (ed.), Studies in Labor Markets, 91–139",
        "DiPrete & Eirich 2006, Annual Review of Sociology 32, 271–297",
    ),
)
TWICE = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """What was added when: whole things by period and area, and what they are called."""

    key: str
    things: Message
    new: Vector
    before: Vector
    first: date | int
    last: date | int
    tables: tuple[str, ...]
    cautions: tuple[Message, ...] = ()


def drawn(context: Context) -> list[Finding]:
    """Return a finding on the initiative's own units, and one on publicly paid projects."""
    return [
        _told(context, one)
        for one in (_units(context), _projects(context))
        if one is not None and context.frame.people is not None
    ]


def _units(context: Context) -> Additions | None:
    history = context.history
    if history is None:
        return None
    return Additions(
        key="units",
        things=Message(code="things.units", parameters=context.known()),
        new=history.added.astype(float),
        before=history.before.astype(float),
        first=history.days[0],
        last=history.days[-1],
        tables=("sites", "areas", "population", "indicators"),
    )


def _projects(context: Context) -> Additions | None:
    spent = context.spending
    if spent is None:
        return None
    public = spent.where(spent.payer != PRIVATE)
    if not len(public.amount):
        return None
    years = public.years
    placed = bool(public.has_place.all())
    counts = public.first_panel(years, len(context.frame.area_ids))
    return Additions(
        key="projects",
        things=Message(code="things.projects" if placed else "things.rows"),
        new=counts,
        before=np.zeros(counts.shape[1]),
        first=years[0],
        last=years[-1],
        tables=("spending", "areas", "population", "indicators"),
        cautions=() if placed else (Message(code="caveat.repeated"),),
    )


def _told(context: Context, additions: Additions) -> Finding:
    """Test the additions, or say that they are too many to test."""
    added = int(additions.new.sum())
    if added <= context.case.settings.whole("most_additions"):
        return _finding(context, additions)
    return Finding(
        code="drawn.too_many",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(
            things=additions.things,
            first=_when(additions.first),
            last=_when(additions.last),
            added=added,
        ),
        sources=context.sources(*additions.tables),
        claims=("M5", "M16", "M33"),
    )


def _finding(context: Context, additions: Additions) -> Finding:
    panel, need = _panel(context, additions)
    settings = context.case.settings
    found = cumulative_advantage(
        panel,
        rng=context.case.rng(f"drawn:{additions.key}"),
        n_draws=settings.whole("order_draws"),
        alpha=1 - context.terms.confidence,
    )
    has_number = np.isfinite(
        [found.persistence.odds_ratio, found.persistence.low, found.persistence.high]
    ).all()
    known = context.known(
        things=additions.things,
        first=_when(additions.first),
        last=_when(additions.last),
        added=int(panel.new.sum()),
        given=Message(
            code=f"given.{'need' if need else 'people'}", parameters=context.known(need=need)
        ),
        odds=_told_odds(found) if has_number else Message(code="odds.none"),
    )
    verdict = Verdict.CANNOT_TELL if found.verdict == "cannot_tell" else Verdict(found.verdict)
    return Finding(
        code=f"drawn.{found.verdict}",
        verdict=verdict,
        parameters=known,
        estimates=(
            *((_odds(found),) if has_number else ()),
            _chance("persistence_p", found.persistence.p_value, settings.whole("order_draws")),
            _chance("order_p", found.order.p_value, settings.whole("order_draws")),
        ),
        tables=(_table(context, found, has_number=bool(has_number)),),
        caveats=(*_caveats(found, known), *additions.cautions),
        sources=context.sources(*additions.tables),
        method=METHOD,
        claims=("M5", "M16", "M33"),
    )


def _when(moment: date | int) -> Message:
    """Return a day, or a year, as part of a sentence."""
    if isinstance(moment, int):
        return Message(code="text", parameters={"text": str(moment)})
    return Message(code="on_day", parameters={"day": moment})


def _panel(context: Context, additions: Additions) -> tuple[PlacementPanel, str]:
    """Return units by period and area where people and need are known, and the need's name."""
    people = context.frame.people
    counts = people.counts.value if people else np.zeros(0)
    living = (people.known if people else np.zeros(0, dtype=bool)) & (counts > 0)
    need, name = _need(context)
    if need is not None and np.isfinite(need[living]).all():
        value = need[living]
    else:
        value, name = None, ""
    return (
        placement_panel(
            additions.new[:, living],
            counts[living],
            need=value,
            before=additions.before[living],
        ),
        name,
    )


def _need(context: Context) -> tuple[Vector | None, str]:
    """Return the indicator that areas are first sorted by: what placement may have looked at."""
    for grouping in context.frame.groupings:
        if grouping.indicator is not None:
            return grouping.indicator, grouping.group.name
    return None, ""


def _chance(name: str, p_value: float, n_draws: int) -> Estimate:
    """Return a p-value from draws, with how far as many others could carry it."""
    error = 1.96 * float(np.sqrt(p_value * (1 - p_value) / n_draws))
    interval = (max(p_value - error, 0.0), min(p_value + error, 1.0), 0.95)
    return Estimate.estimated(name, p_value, interval=interval, unit="share")


def _odds(found: CumulativeAdvantage) -> Estimate:
    one = found.persistence
    return Estimate.estimated(
        "odds_ratio", one.odds_ratio, interval=(one.low, one.high, one.confidence), unit="ratio"
    )


def _told_odds(found: CumulativeAdvantage) -> Message:
    """Say an odds ratio: as per cent where it is small, else as a multiple."""
    value = found.persistence.odds_ratio
    if 1 < value < TWICE:
        per_cent = float(f"{100 * (value - 1):.1g}")
        return Message(code="odds.per_cent", parameters={"per_cent": per_cent})
    return Message(code="odds.number", parameters={"odds": float(f"{value:.2g}")})


def _table(context: Context, found: CumulativeAdvantage, *, has_number: bool) -> Table:
    persists, order = found.persistence, found.order
    unknown = Message(code="no_test")
    rows = (
        (
            Message(code="test.persistence"),
            _odds(found) if has_number else unknown,
            _short(persists.p_value) if persists.informative else unknown,
        ),
        (
            Message(code="test.order"),
            "",
            _short(order.p_value) if order.informative else unknown,
        ),
    )
    return Table(
        key="drawn",
        columns=("test", "odds_ratio", "p_value"),
        rows=rows,
        title=Message(code="table.drawn", parameters=context.known()),
    )


def _short(value: float) -> float:
    return float(f"{value:.2g}")


def _caveats(found: CumulativeAdvantage, known: dict[str, object]) -> tuple[Message, ...]:
    cautions = [Message(code="caveat.given", parameters=known)]
    if found.verdict == FAVOURED_OR_REINFORCED:
        cautions.append(Message(code="caveat.order_blind"))
    if found.verdict == CUMULATIVE_ADVANTAGE:
        cautions.append(Message(code="caveat.order_sees"))
    return tuple(cautions)
