"""What an effect is worth beside what it costs: counted alike, and weighted by income."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.promise.context import Context
from evenground.questions.promise.costing import described
from evenground.questions.promise.findings.amounts import (
    cell,
    currency,
    discounted,
    estimated,
    schedule_of,
)
from evenground.questions.promise.findings.costs import costed
from evenground.questions.promise.judged import Judged
from evenground.questions.promise.measures.worth.cost_benefit import CostBenefit
from evenground.questions.promise.measures.worth.cost_effectiveness import CostPerUnit
from evenground.questions.promise.measures.worth.ranged import Ranged
from evenground.questions.promise.past import past_of
from evenground.questions.promise.raising import raised
from evenground.questions.promise.stated import Promise, quoted
from evenground.questions.promise.valuing import EstimatedEffect, Terms, Worth, worth_of

GAIN, LOSS, OPEN, BY_WEIGHTS, FROM_EFFECT, NO_GAIN = (
    Verdict("worth_more"), Verdict("worth_less"), Verdict("worth_open"),
    Verdict("worth_by_weights"), Verdict("worth_from_effect"), Verdict("worth_no_gain"),
)  # fmt: skip
COST_BENEFIT = Method(
    name=N_("Cost-benefit analysis with the estimated effect, unweighted beside weighted"),
    formula=N_(
        "benefit: effect times value, discounted; cost: at the lower and the higher uplift, beyond "
        "going on as today; weight: median income divided by the group's, to the elasticity"
    ),
    literature=(
        "HM Treasury 2018, The Green Book, Annex 6 and A3.12–A3.22",
        "Layard, Mayraz & Nickell 2008, Journal of Public Economics 92, 1846–1857",
        "Fieller 1954, Journal of the Royal Statistical Society B 16, 175–185",
        "Mott MacDonald 2002, Review of Large Public Procurement in the UK",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a finding is made from: the context, how costs are raised, what one option is worth."""

    context: Context
    promise: Promise
    terms: Terms
    uplift: Message
    worth: Worth
    unit: str

    @property
    def known(self) -> dict[str, Parameter]:
        """Parameters that every sentence may name."""
        low, high = sorted(self.worth.break_even or (0.0, 0.0))
        code = "effect_span" if low < high else "effect_one"
        return self.context.known(
            option=self.worth.option.option.name,
            words=quoted(self.promise),
            per=self.promise.unit or Message(code="unit_of_effect"),
            effect=Message(code=code, parameters={"low": low, "high": high}),
            year=str(self.worth.first_year),
        )


def worth(context: Context, effects: Mapping[str, EstimatedEffect] | None = None) -> list[Finding]:
    """Return what promises are worth, with each option whose cost is known.

    Parameters
    ----------
    context
        The case.
    effects
        Estimated effects in the promised direction, by the promise's code. Without one there is the
        effect from which on it would be worth what it costs; without a value of it too, nothing.
    """
    terms, uplift = terms_of(context)
    unit = currency(context)
    return [
        _finding(
            Told(context=context, promise=promise, terms=terms, uplift=uplift, worth=one, unit=unit)
        )
        for promise, one in worths(context, terms, effects or {})
    ]


def worths(
    context: Context, terms: Terms, effects: Mapping[str, EstimatedEffect]
) -> list[tuple[Promise, Worth]]:
    """Return what each promise is worth with each option, as measured."""
    costs = costed(context)
    values = context.rows.get("benefit_values", ())
    return [
        (promise, one)
        for promise in context.promises
        for one in worth_of(
            costs, promise=promise.key, values=values, found=effects.get(promise.key), terms=terms
        )
    ]


def effects_of(judged: Sequence[Judged]) -> dict[str, EstimatedEffect]:
    """Return what came of promises, by their codes."""
    return {
        one.promise.key: EstimatedEffect(
            effect=Ranged(value=one.gain.value, low=one.gain.low, high=one.gain.high),
            level=one.gain.level,
        )
        for one in judged
    }


def terms_of(context: Context) -> tuple[Terms, Message]:
    """Return how worth is worked out, and say by how much costs are raised and why."""
    settings = context.case.settings
    found = raised(past_of(context.rows.get("past_promises", ())).cost_ratios, settings)
    known: dict[str, Parameter] = {"n": found.n_own, "lower": found.lower, "higher": found.higher}
    said = Message(code="caveat.raised_by_own", parameters=known)
    if found.published is not None:
        known["category"] = Message(code=f"category.{found.published.category}")
        said = Message(code="caveat.raised_by_published", parameters=known)
    terms = Terms(
        schedule=schedule_of(context).schedule,
        uplifts=(found.lower, found.higher),
        elasticity=settings.number("income_elasticity"),
        median_income=settings.number("median_income"),
    )
    return terms, said


def _finding(told: Told) -> Finding:
    one = told.worth
    if one.unit_costs is not None:
        return _per_unit(told, one.unit_costs)
    verdict = _verdict(one)
    code = "cheaper" if verdict is FROM_EFFECT and one.costs[1] <= 0 else verdict.code
    return Finding(
        code=f"worth.{code}",
        verdict=verdict,
        parameters={**told.known, **_net(one, verdict)},
        estimates=tuple(_estimates(told)),
        tables=tuple(_tables(told)),
        caveats=tuple(_caveats(told)),
        sources=told.context.sources("benefit_values", "cost_lines", "past_promises", "outcomes"),
        method=COST_BENEFIT,
        claims=("M34", "M8"),
        bears_on=described([one.option], told.context.case.initiative.options),
        would_change=tuple(_would_change(told)),
        asks=tuple(_asks(told)),
    )


def _verdict(one: Worth) -> Verdict:
    if one.per_unit is not None and one.per_unit <= 0:
        return NO_GAIN
    if not one.results:
        return FROM_EFFECT
    says = [_says(result.result) for result in one.results]
    return says[0] if len(set(says)) == 1 else BY_WEIGHTS


def _says(result: CostBenefit) -> Verdict:
    if result.at_p80.net_benefit.low > 0:
        return GAIN
    return LOSS if result.at_p50.net_benefit.high < 0 else OPEN


def _net(one: Worth, verdict: Verdict) -> dict[str, Parameter]:
    """Return by how much it is worth more or less than it costs, as an amount above 0."""
    if not one.results:
        return {}
    balance = one.results[0].result
    at = balance.at_p50 if verdict is LOSS else balance.at_p80
    return {"net": abs(at.net_benefit.value)}


def _estimates(told: Told) -> Iterator[Estimate]:
    one = told.worth
    unit = told.unit
    yield Estimate.bound("worth_cost", None, bounds=one.costs, unit=unit)
    if one.break_even:
        per = told.promise.unit or "wording:unit_of_effect"
        low, high = sorted(one.break_even)
        yield Estimate.bound("break_even_effect", None, bounds=(low, high), unit=per)
    if one.results:
        alike = one.results[0].result
        level = alike.confidence
        yield from estimated("worth_benefit", alike.benefit, unit=unit, level=level)
        for name, at in (("at_lower", alike.at_p50), ("at_higher", alike.at_p80)):
            yield from estimated(f"net_benefit_{name}", at.net_benefit, unit=unit, level=level)
    if one.turns is not None and one.turns.at.size:
        turns = one.turns.at.tolist()
        yield Estimate.exact("break_even_elasticity", turns[0], unit="per cent per cent")


def _tables(told: Told) -> Iterator[Table]:
    one = told.worth
    if not one.results:
        return
    yield Table(
        key="balance",
        columns=("counted", "worth_benefit", "net_at_lower", "net_at_higher", "ratio_at_higher"),
        rows=tuple(_balance_row(told, at) for at in range(len(one.results))),
        title=Message(code="table.balance", parameters=told.known),
    )
    if any(one.groups):
        yield Table(
            key="worth_by_group",
            columns=("worth_group", "worth_income", "benefit_alike", "benefit_weighted"),
            rows=tuple(_group_rows(told)),
            title=Message(code="table.worth_by_group", parameters=told.known),
        )


def _balance_row(told: Told, at: int) -> tuple[Parameter, ...]:
    one = told.worth.results[at]
    result, level = one.result, one.result.confidence
    weighted = Message(code="counted.weighted", parameters={"elasticity": f"{one.elasticity:g}"})
    ratio = result.at_p80.ratio
    return (
        weighted if one.elasticity else Message(code="counted.alike"),
        cell("worth_benefit", result.benefit, unit=told.unit, level=level),
        cell("net_at_lower", result.at_p50.net_benefit, unit=told.unit, level=level),
        cell("net_at_higher", result.at_p80.net_benefit, unit=told.unit, level=level),
        Message(code="not_applicable")
        if ratio is None
        else cell("ratio_at_higher", ratio, unit="ratio", level=level),
    )


def _group_rows(told: Told) -> Iterator[tuple[Parameter, ...]]:
    one = told.worth
    alike = one.results[0].result.by_group
    set_one = [two for two in one.results if two.elasticity == told.terms.elasticity]
    weighted = set_one[0].result.by_group if set_one and told.terms.elasticity else None
    blank = Message(code="not_applicable")
    for at, name in enumerate(one.groups):
        income = float(one.incomes[at])
        yield (
            name or Message(code="all_together"),
            Estimate.exact("worth_income", income, unit=told.unit) if income > 0 else blank,
            Estimate.exact("benefit_alike", float(alike[at]), unit=told.unit),
            blank
            if weighted is None
            else Estimate.exact("benefit_weighted", float(weighted[at]), unit=told.unit),
        )


def _caveats(told: Told) -> Iterator[Message]:
    one = told.worth
    yield told.uplift
    yield discounted(schedule_of(told.context))
    if one.without_today:
        yield Message(code="caveat.nothing_taken_off", parameters=told.known)
    if one.today_years not in (None, one.option.years):
        known = {
            "years": _span(one.option.years), "today": _span(one.today_years),
            "compared": _span((one.first_year, one.first_year + one.n_years - 1)),
        }  # fmt: skip
        yield Message(code="caveat.other_years", parameters={**told.known, **known})
    if one.option.is_the_least:
        yield Message(code="caveat.least_cost", parameters=told.known)
    if len(one.price_years) > 1:
        years = [str(year) for year in one.price_years]
        yield Message(code="caveat.worth_prices_differ", parameters={"years": years})
    if one.per_unit is not None:
        yield Message(code="caveat.values_are_stated")
    if len(one.results) == 1:
        yield Message(code="caveat.not_weighted")


def _span(years: tuple[int, int] | None) -> str:
    first, last = years or (0, 0)
    return str(first) if first == last else f"{first}–{last}"


def _would_change(told: Told) -> Iterator[Message]:
    one = told.worth
    if one.results and one.break_even:
        yield Message(code="change.effect", parameters=told.known)
    if one.turns is not None:
        for at in one.turns.at.tolist():
            yield Message(code="change.elasticity", parameters={"at": at})
    promised = told.promise.change.change
    if not one.results and promised is not None:
        yield Message(code="change.promised", parameters={**told.known, "promised": promised})


def _asks(told: Told) -> Sequence[Ask]:
    if len(told.worth.results) != 1:
        return ()
    return (_ask(told, "ask.incomes"),)


def _ask(told: Told, code: str) -> Ask:
    return Ask(
        to=Message(code="to.city"),
        what=Message(code=code, parameters=told.known),
        unlocks=Message(code=f"{code}.unlocks"),
        by=told.context.case.initiative.decision.ask_by,
    )


def _per_unit(told: Told, found: tuple[CostPerUnit, CostPerUnit]) -> Finding:
    """Return what one unit of effect costs, where nobody says what it is worth."""
    one, level = told.worth, told.context.confidence
    lower, higher = found
    known = {**told.known, "lower": lower.value, "higher": higher.value, "least": lower.low}
    estimates = [Estimate.bound("worth_cost", None, bounds=one.costs, unit=told.unit)]
    for at, unit in (("lower", lower), ("higher", higher)):
        if unit.value is not None and unit.low is not None and unit.high is not None:
            span = Ranged(value=unit.value, low=unit.low, high=unit.high)
            estimates += estimated(f"cost_per_unit_at_{at}", span, unit=told.unit, level=level)
    return Finding(
        code=f"unit_cost.{higher.reason or 'told'}",
        verdict=OPEN if higher.reason else Verdict.DESCRIBED,
        parameters=known,
        estimates=tuple(estimates),
        caveats=(*_caveats(told), Message(code="caveat.unit_not_multiplied")),
        sources=told.context.sources("cost_lines", "past_promises", "outcomes"),
        method=COST_BENEFIT,
        claims=("M34", "M8"),
        bears_on=described([one.option], told.context.case.initiative.options),
        asks=(_ask(told, "ask.value"),),
    )
