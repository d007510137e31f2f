"""What options cost over their whole life and what leaving them takes: before a purchase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.promise.context import Context
from evenground.questions.promise.costing import (
    OptionCost,
    as_today,
    described,
    option_costs,
)
from evenground.questions.promise.findings.amounts import (
    currency,
    discounted,
    given,
    schedule_of,
)
from evenground.questions.promise.measures.worth.cost_of_leaving import TERMS
from evenground.questions.promise.measures.worth.ranged import Ranged

KNOWN, PARTLY, UNKNOWN = (
    Verdict("costs_known"), Verdict("costs_partly_known"), Verdict("costs_not_known"),
)  # fmt: skip
WHOLE_LIFE = Method(
    name=N_("Whole-life cost, and what is still to pay by staying"),
    formula=N_("sum of yearly amounts, each times its discount factor; sunk costs left out"),
    literature=(
        "ISO 15686-5:2017, Life-cycle costing",
        "HM Treasury 2018, The Green Book, Annex 6",
    ),
)
NOT_GIVEN = Message(code="not_given_here")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the finding is made from: the context, options' costs, the unit of money."""

    context: Context
    costs: tuple[OptionCost, ...]
    unit: str

    @property
    def is_traced(self) -> bool:
        """Whether a table says what is paid; the sheet's own words are told without its rows."""
        return bool(self.context.rows.get("cost_lines"))

    def amount(self, name: str, found: Ranged) -> Parameter:
        """Return an amount for a cell: an estimate where a table says it, else words."""
        if self.is_traced:
            return given(name, found, unit=self.unit)
        return Message(code="amount_of_money", parameters={"value": found.value})

    def exactly(self, name: str, value: float) -> Parameter:
        """Return an amount without a range for a cell."""
        return self.amount(name, Ranged(value=value, low=value, high=value))

    @property
    def new(self) -> tuple[OptionCost, ...]:
        """Every option but going on as today."""
        return tuple(one for one in self.costs if not one.is_today)


def costs(context: Context) -> list[Finding]:
    """Return what options cost and what leaving them takes; nothing without an option to buy."""
    told = Told(context=context, costs=costed(context), unit=currency(context))
    if not told.new:
        return []
    gaps = [one for one in told.new if not one.is_complete]
    verdict = _verdict(told)
    return [
        Finding(
            code=f"costs.{verdict.code}",
            verdict=verdict,
            parameters=context.known(n=len(gaps), of=len(told.new)),
            estimates=tuple(_estimates(told)),
            tables=tuple(_tables(told)),
            caveats=tuple(_caveats(told)),
            sources=context.sources("cost_lines", "exit_terms"),
            method=WHOLE_LIFE,
            claims=("M36", "M34"),
            bears_on=described(told.costs, context.case.initiative.options),
            asks=tuple(_asks(told)),
        )
    ]


def costed(context: Context) -> tuple[OptionCost, ...]:
    """Return what each option costs, by rows and by the initiative's sheet."""
    return option_costs(
        context.case.initiative.options,
        lines=context.rows.get("cost_lines", ()),
        terms=context.rows.get("exit_terms", ()),
        schedule=schedule_of(context).schedule,
    )


def _verdict(told: Told) -> Verdict:
    if all(one.is_complete for one in told.new):
        return KNOWN
    return UNKNOWN if all(one.cost is None for one in told.new) else PARTLY


def _estimates(told: Told) -> Iterator[Estimate]:
    for one in told.costs:
        if one.cost is None or not told.is_traced:
            continue
        about = one.option.name
        yield given("whole_life_cost", one.cost.total, unit=told.unit, about=about)
        yield given("present_cost", one.cost.discounted, unit=told.unit, about=about)


def _tables(told: Told) -> Iterator[Table]:
    yield Table(
        key="whole_life",
        columns=("option", "years_paid", "as_paid", "present_cost", "a_year"),
        rows=tuple(_life_row(told, one) for one in told.costs),
        title=Message(code="table.whole_life"),
    )
    yield Table(
        key="paid_for",
        columns=("option", "subscription_share", "leaving_cost", "left_out"),
        rows=tuple(_paid_for(told, one) for one in told.costs),
        title=Message(code="table.paid_for"),
    )
    yield Table(
        key="exit_terms",
        columns=("option", "term", "in_its_words"),
        rows=tuple(row for one in told.new for row in _term_rows(one)),
        title=Message(code="table.exit_terms"),
    )
    rows = tuple(row for one in told.new for row in _leaving_rows(told, one))
    if rows:
        yield Table(
            key="leaving_by_year",
            columns=("option", "at_the_end_of", "paid_so_far", "still_saved", "not_given_back"),
            rows=rows,
            title=Message(code="table.leaving_by_year"),
        )


def _life_row(told: Told, one: OptionCost) -> tuple[Parameter, ...]:
    if one.cost is None or one.years is None:
        return (one.option.name, *(NOT_GIVEN,) * 4)
    first, last = one.years
    return (
        one.option.name,
        str(first) if first == last else f"{first}–{last}",
        *(
            _least(found.low) if one.cost.n_unknown else told.amount(name, found)
            for name, found in (
                ("as_paid", one.cost.total),
                ("present_cost", one.cost.discounted),
                ("a_year", one.cost.a_year),
            )
        ),
    )


def _paid_for(told: Told, one: OptionCost) -> tuple[Parameter, ...]:
    if one.cost is None:
        return (one.option.name, NOT_GIVEN, NOT_GIVEN, Message(code="left_out.all"))
    share = one.cost.subscription_share
    fee = one.leaving.leaving_cost if one.leaving else None
    no_fee = NOT_GIVEN if one.is_bought else Message(code="left_out.nothing")
    return (
        one.option.name,
        NOT_GIVEN
        if share is None or one.years_as_total
        else Estimate.exact("subscription_share", share, unit="share"),
        no_fee if fee is None else told.exactly("leaving_cost", fee),
        _left_out(one),
    )


def _left_out(one: OptionCost) -> Message:
    if one.years_as_total and one.is_bought:
        return Message(code="left_out.total")
    if one.not_given:
        kinds = tuple(Message(code=f"cost_kind.{kind}") for kind in one.not_given)
        return Message(code="left_out.kinds", parameters={"kinds": kinds})
    return Message(code="left_out.nothing")


def _term_rows(one: OptionCost) -> Iterator[tuple[Parameter, ...]]:
    for about in (*TERMS, "other"):
        said = [f"“{words}”" for term, words in one.terms if term == about]
        if said or about in one.terms_not_given:
            words = said or [NOT_GIVEN]
            yield from ((one.option.name, Message(code=f"exit_term.{about}"), two) for two in words)


def _leaving_rows(told: Told, one: OptionCost) -> Iterator[tuple[Parameter, ...]]:
    left = one.leaving
    if left is None or not _is_left_early(one):
        return
    for at, year in enumerate(left.years.tolist()):
        paid, saved = float(left.paid[at]), float(left.saved[at])
        yield (
            one.option.name,
            str(year),
            _least(paid) if one.is_least(year, paid=True) else told.exactly("paid_so_far", paid),
            _least(saved) if one.is_least(year, paid=False) else told.exactly("still_saved", saved),
            told.exactly("not_given_back", float(left.not_given_back[at])),
        )


def _is_left_early(one: OptionCost) -> bool:
    """Return whether there is a year before the last at whose end it could be left."""
    return one.leaving is not None and one.leaving.years.size > 1


def _least(amount: float) -> Message:
    return Message(code="amount_at_least", parameters={"value": amount})


def _caveats(told: Told) -> Iterator[Message]:
    if any(one.cost for one in told.costs):
        yield discounted(schedule_of(told.context))
    years = sorted({year for one in told.costs for year in one.price_years})
    if len(years) > 1:
        known = {"years": [str(year) for year in years]}
        yield Message(code="caveat.prices_differ", parameters=known)
    instead = as_today(told.costs) is not None
    if not instead and any(_is_left_early(one) for one in told.new):
        yield Message(code="caveat.leaving_bare")
    for one in told.costs:
        if one.leaving and one.leaving.pays_from and not one.is_today:
            known = {"option": one.option.name, "year": str(one.leaving.pays_from)}
            code = "caveat.leaving_pays" if instead else "caveat.leaving_pays.bare"
            yield Message(code=code, parameters=known)
        yield from _caveats_of(one)


def _caveats_of(one: OptionCost) -> Iterator[Message]:
    known = {"option": one.option.name}
    if one.cost and one.cost.n_unknown:
        yield Message(code="caveat.no_amount", parameters={**known, "n": one.cost.n_unknown})
    if one.years_that_differ:
        years = [str(year) for year in one.years_that_differ]
        yield Message(code="caveat.sheet_differs", parameters={**known, "years": years})
    if one.n_crossed:
        yield Message(code="caveat.crossed", parameters={**known, "n": one.n_crossed})
    if one.n_beyond:
        yield Message(code="caveat.beyond_rates", parameters={**known, "n": one.n_beyond})


def _asks(told: Told) -> Iterator[Ask]:
    for one in told.new:
        known = {"option": one.option.name}
        if one.cost is None:
            yield _ask(told.context, "ask.whole_life", known)
        elif one.years_as_total and one.is_bought:
            yield _ask(told.context, "ask.broken_down", known)
        elif one.not_given or one.cost.n_unknown:
            yield _ask(told.context, "ask.kinds", {**known, "kinds": _kinds(one)})
        if one.terms_not_given:
            terms = tuple(Message(code=f"exit_term.{term}") for term in one.terms_not_given)
            yield _ask(told.context, "ask.exit", {**known, "terms": terms})


def _kinds(one: OptionCost) -> Sequence[Message]:
    """Return what has no amount: kinds without a line, else those whose lines have none."""
    missing = one.cost.not_given if one.cost else ()
    return tuple(Message(code=f"cost_kind.{kind}") for kind in missing) or (
        Message(code="cost_kind.owed"),
    )


def _ask(context: Context, code: str, known: dict[str, Parameter]) -> Ask:
    return Ask(
        to=context.offerer(),
        what=Message(code=code, parameters=known),
        unlocks=Message(code=f"{code}.unlocks"),
        by=context.case.initiative.decision.ask_by,
    )
