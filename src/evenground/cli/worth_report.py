"""What ``evenground worth`` prints: costs, leaving and worth in words, tables and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, method_lines, versions
from evenground.cli.paragraphs import paragraph
from evenground.cli.tables import digits, table_lines
from evenground.cli.wording import worth as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.dossier import ToldFinding
    from evenground.questions.promise.costing import OptionCost
    from evenground.questions.promise.measures.worth.cost_benefit import CostBenefit
    from evenground.questions.promise.measures.worth.ranged import Ranged
    from evenground.questions.promise.valuing import Weighted, Worth
    from evenground.workspace.one_worth import WorthFound

_NAMES = 30
_FEW_YEARS = 2


def worth_lines(found: WorthFound, speaks: Language) -> Iterator[str]:
    """Yield what a person reads."""
    told = _told(found, speaks)
    yield found.title
    of_costs = [one for one in told if not one.finding.code.startswith(_OF_WORTH)]
    of_worth = [one for one in told if one not in of_costs]
    for one in of_costs:
        yield ""
        yield from paragraph(one.sentence)
    for cost in found.costs:
        yield ""
        yield from _cost_lines(cost, speaks)
    for one, worth in zip(of_worth, found.worths, strict=True):
        yield ""
        yield from paragraph(one.sentence)
        yield from _balance_lines(worth, speaks)
        for sentence in one.would_change:
            yield from paragraph(sentence)
    yield from _listed(words.WITH_IT, _caveats(told), speaks)
    yield from _listed(words.TO_ASK, _asks(told, speaks), speaks)
    yield ""
    for file in found.files:
        yield from paragraph(speaks.say(words.READ, {"file": file.file}))
    for what in _noticed(found, speaks):
        yield from paragraph(speaks.say(words.NOTICED, {"what": what}))
    yield from method_lines(_literature(told), speaks)


_OF_WORTH = ("worth.", "unit_cost.")


def worth_data(found: WorthFound, speaks: Language) -> dict[str, Any]:
    """Return the same as data; amounts are in the currency, at the prices that were given."""
    told = _told(found, speaks)
    up = found.raised
    return {
        "command": "worth",
        "versions": versions(),
        "title": found.title,
        "currency": found.currency,
        "inputs": [{"file": one.file, "sha256": one.sha256} for one in found.files],
        "settings": dict(found.settings),
        "discount": {
            "key": found.schedule.key,
            "country": found.schedule.country,
            "since": found.schedule.seen.year,
            "first_years": list(found.schedule.schedule.first_years),
            "rates": list(found.schedule.schedule.rates),
            "source": found.schedule.seen.source,
        },
        "raised": {
            "lower": up.lower,
            "higher": up.higher,
            "from": "published" if up.published else "own_past",
            "n_own": up.n_own,
            "source": up.published.seen.source if up.published else "",
        },
        "options": [_option_data(one) for one in found.costs],
        "worth": [_worth_data(one) for one in found.worths],
        "sentences": [one.sentence for one in told],
        "would_change": [sentence for one in told for sentence in one.would_change],
        "caveats": _caveats(told),
        "asks": _asks(told, speaks),
        "noticed": _noticed(found, speaks),
        "literature": _literature(told),
    }


def _told(found: WorthFound, speaks: Language) -> list[ToldFinding]:
    from evenground.questions.promise.wording import WORDING
    from evenground.workspace.telling import Teller

    teller = Teller(WORDING, speaks)
    return [teller.finding(one) for one in found.findings]


def _caveats(told: Sequence[ToldFinding]) -> list[str]:
    return list(dict.fromkeys(sentence for one in told for sentence in one.caveats))


def _asks(told: Sequence[ToldFinding], speaks: Language) -> list[str]:
    return list(
        dict.fromkeys(
            speaks.say(words.ASKED, {"who": ask.to[:1].upper() + ask.to[1:], "what": ask.what})
            for one in told
            for ask in one.asks
        )
    )


def _literature(told: Sequence[ToldFinding]) -> list[str]:
    methods = [one.finding.method for one in told if one.finding.method]
    return list(dict.fromkeys(source for method in methods for source in method.literature))


def _noticed(found: WorthFound, speaks: Language) -> list[str]:
    from evenground.workspace.telling_problems import tell

    return list(dict.fromkeys(tell(one, speaks).what for one in found.problems))


def _listed(title: str, sentences: Sequence[str], speaks: Language) -> Iterator[str]:
    if not sentences:
        return
    yield ""
    yield speaks.text(title)
    for sentence in sentences:
        yield from paragraph(f"- {sentence}", inset=2, hanging=4)


def _cost_lines(one: OptionCost, speaks: Language) -> Iterator[str]:
    cost, lines = one.cost, one.lines
    if cost is None or lines is None:
        yield speaks.say(words.NOT_COSTED, {"option": one.option.name})
        yield from _terms_lines(one, speaks)
        return
    first, last = int(lines.year.min()), int(lines.year.max())
    years = str(first) if first == last else f"{first}–{last}"
    yield speaks.say(words.COSTED, {"option": one.option.name, "years": years})
    for name, amount in ((words.AS_PAID, cost.total), (words.PRESENT, cost.discounted)):
        text = _ranged(amount, speaks)
        if cost.n_unknown:
            text = _least(amount.low, speaks)
        yield _named(name, text, speaks)
    total = cost.total.value
    for kind, amount in cost.by_kind:
        text = digits(amount, speaks)
        if total > 0:
            text = speaks.say(words.OF_SHARE, {"amount": text, "part": amount / total})
        yield _named(words.BY_KIND[kind], text, speaks)
    for kind in one.not_given:
        yield _named(words.BY_KIND[kind], speaks.text(words.NOT_GIVEN), speaks)
    yield from _terms_lines(one, speaks)
    yield from _leaving_lines(one, speaks)


def _terms_lines(one: OptionCost, speaks: Language) -> Iterator[str]:
    from evenground.questions.promise.wording import WORDING

    def called(term: str) -> str:
        return speaks.text(WORDING[f"exit_term.{term}"])

    for term, said in one.terms:
        yield from paragraph(f"{called(term)}: “{said}”", inset=2, hanging=4)
    if one.terms_not_given:
        what = [called(term) for term in one.terms_not_given]
        yield from paragraph(speaks.say(words.MISSING, {"what": what}), inset=2, hanging=4)


def _leaving_lines(one: OptionCost, speaks: Language) -> Iterator[str]:
    left = one.leaving
    if left is None or one.is_today or left.years.size < _FEW_YEARS:
        return
    yield speaks.say(words.LEFT, {"option": one.option.name})
    rows = [
        [
            str(year),
            _least(left.paid[at], speaks, is_least=one.is_least(year, paid=True)),
            _least(left.saved[at], speaks, is_least=one.is_least(year, paid=False)),
            digits(round(float(left.not_given_back[at]), 2), speaks),
        ]
        for at, year in enumerate(left.years.tolist())
    ]
    yield from table_lines([speaks.text(one) for one in words.LEFT_HEADER], rows)


def _least(amount: float, speaks: Language, *, is_least: bool = True) -> str:
    text = digits(round(float(amount), 2), speaks)
    return speaks.say(words.AT_LEAST, {"amount": text}) if is_least else text


def _balance_lines(one: Worth, speaks: Language) -> Iterator[str]:
    rows = [row for two in one.results for row in _balance_rows(two, speaks)]
    if rows:
        yield from table_lines([speaks.text(head) for head in words.BALANCE_HEADER], rows)


def _balance_rows(one: Weighted, speaks: Language) -> Iterator[list[str]]:
    """Yield three rows: the estimates, and the ends of their intervals."""
    counted = speaks.text(words.ALIKE)
    if one.elasticity:
        counted = speaks.say(words.ELASTICITY, {"elasticity": f"{one.elasticity:g}"})
    found = one.result
    ranges = (found.benefit, found.at_p50.net_benefit, found.at_p80.net_benefit)
    yield [counted, *(digits(round(two.value, 2), speaks) for two in ranges)]
    yield [speaks.text(words.LOW_END), *(digits(round(two.low, 2), speaks) for two in ranges)]
    yield [speaks.text(words.HIGH_END), *(digits(round(two.high, 2), speaks) for two in ranges)]


def _named(name: str, text: str, speaks: Language) -> str:
    return f"  {speaks.text(name).ljust(_NAMES)}{text}"


def _ranged(found: Ranged, speaks: Language) -> str:
    value, low, high = (
        digits(round(one, 2), speaks) for one in (found.value, found.low, found.high)
    )
    if low == value == high:
        return value
    return speaks.say(words.WITH_RANGE, {"value": value, "low": low, "high": high})


def _option_data(one: OptionCost) -> dict[str, Any]:
    cost, left = one.cost, one.leaving
    return as_data(
        {
            "key": one.option.key,
            "name": one.option.name,
            "kind": one.option.kind.value,
            "total": _ends(cost.total) if cost else None,
            "present_value": _ends(cost.discounted) if cost else None,
            "a_year": _ends(cost.a_year) if cost else None,
            "first_year": cost.first_year if cost else None,
            "by_year": cost.by_year if cost else [],
            "by_kind": dict(cost.by_kind) if cost else {},
            "subscription_share": cost.subscription_share if cost else None,
            "not_given": one.not_given,
            "n_without_amount": cost.n_unknown if cost else 0,
            "years_without_amount": one.years_unknown,
            "years_as_total": one.years_as_total,
            "years_that_differ": one.years_that_differ,
            "price_years": one.price_years,
            "terms": [{"about": about, "words": said} for about, said in one.terms],
            "terms_not_given": one.terms_not_given,
            "complete": one.is_complete,
            "leaving": None
            if left is None
            else {
                "cost": left.leaving_cost,
                "years": left.years,
                "paid": left.paid,
                "saved": left.saved,
                "not_given_back": left.not_given_back,
                "pays_from": left.pays_from,
            },
        }
    )


def _worth_data(one: Worth) -> dict[str, Any]:
    even, unit = one.break_even, one.unit_costs
    return as_data(
        {
            "promise_id": one.promise,
            "option": one.option.option.key,
            "first_year": one.first_year,
            "n_years": one.n_years,
            "cost_beyond_today": {"lower": one.costs[0], "higher": one.costs[1]},
            "benefit_per_unit": one.per_unit,
            "break_even_effect": {"lower": even[0], "higher": even[1]} if even else None,
            "results": [
                {"elasticity": two.elasticity, **_result_data(two.result)} for two in one.results
            ],
            "groups": [
                {"group": name, "income": income, "benefit": benefit}
                for name, income, benefit in zip(
                    one.groups,
                    one.incomes.tolist(),
                    one.results[0].result.by_group.tolist(),
                    strict=True,
                )
            ]
            if one.results
            else [],
            "break_even_elasticity": one.turns.at if one.turns else [],
            "cost_per_unit": None
            if unit is None
            else {
                "reason": unit[1].reason,
                **{
                    name: {"value": at.value, "low": at.low, "high": at.high}
                    for name, at in zip(("lower_cost", "higher_cost"), unit, strict=True)
                },
            },
            "nothing_taken_off": one.without_today,
        }
    )


def _result_data(one: CostBenefit) -> dict[str, Any]:
    return {
        "confidence": one.confidence,
        "benefit": _ends(one.benefit),
        **{
            name: {
                "net_benefit": _ends(at.net_benefit),
                "ratio": _ends(at.ratio) if at.ratio else None,
                "chance_above_nothing": at.chance,
            }
            for name, at in (("lower_cost", one.at_p50), ("higher_cost", one.at_p80))
        },
    }


def _ends(one: Ranged) -> dict[str, float]:
    return {"value": one.value, "low": one.low, "high": one.high}
