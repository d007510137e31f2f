"""What ``evenground trend`` prints: verdicts in words, tables, data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import SEED, as_data, input_data, input_lines, method_lines, versions
from evenground.cli.tables import digits, ends, short, table_lines
from evenground.cli.wording import trend as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.methods.validation import Vector
    from evenground.questions.reach.measures.evenness_null import ChanceBand
    from evenground.questions.reach.measures.lead_lag import LeadLag
    from evenground.workspace.one_trend import Gap, Lots, TrendFound
    from evenground.workspace.plain_panel import PlainPanel
    from evenground.workspace.plain_tables import PlainTable

SOURCES = {
    "spread": "Lerman & Yitzhaki 1989, Journal of Econometrics 42, 43–47; "
    "Carrington & Troske 1997, Journal of Business & Economic Statistics 15, 402–409",
    "change": "Mills & Zandvakili 1997, Journal of Applied Econometrics 12, 133–150",
    "convergence": "Barro & Sala-i-Martin 1992, Journal of Political Economy 100, 223–251; "
    "Quah 1993, Scandinavian Journal of Economics 95, 427–443",
    "advantage": "DiPrete & Eirich 2006, Annual Review of Sociology 32, 271–297; "
    "Heckman 1981, in Rosen (ed.), Studies in Labor Markets, 91–139",
    "gap": "Fieller 1954, Journal of the Royal Statistical Society B 16, 175–185",
    "money": "Box, Jenkins, Reinsel & Ljung 2016, Time Series Analysis, chapter 12",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendReport:
    """All that is printed: what was read, and what was found."""

    table: PlainTable
    panel: PlainPanel
    found: TrendFound
    lots: Lots


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    value: float
    low: float
    high: float
    p: float = math.nan


def trend_lines(report: TrendReport, speaks: Language) -> Iterator[str]:
    """Yield what a person reads."""
    found = report.found
    known = {"confidence": report.lots.confidence}
    yield from sentences(report, speaks)
    yield ""
    yield from table_lines(
        [speaks.say(one, known) for one in words.HEADER], _year_rows(found, speaks)
    )
    rows = [_test_row(name, row, speaks) for name, row in _tests(found).items()]
    yield ""
    yield from table_lines([speaks.say(one, known) for one in words.TESTS_HEADER], rows)
    if found.gap is not None:
        yield ""
        yield from _gap_table(found, found.gap, speaks)
    if found.order_of_money is not None and found.order_of_money.lags.size:
        yield ""
        yield from _lag_table(found.order_of_money, speaks)
    yield ""
    yield from input_lines([report.table], speaks)
    yield speaks.say(SEED, {"n_draws": report.lots.n_draws, "seed": report.lots.seed})
    yield from method_lines((SOURCES[part] for part in _parts(found)), speaks)


def sentences(report: TrendReport, speaks: Language) -> Iterator[str]:
    """Yield the verdicts in words, one part after the other."""
    found = report.found
    units = report.table.wanted["units"].column
    yield from _spread_sentences(found, units, speaks)
    catching = found.convergence
    slope = "" if catching is None else short(catching.naive_slope, speaks)
    verdict = "no_dates" if catching is None else catching.verdict
    yield speaks.say(words.CATCHING[verdict], {"slope": slope})
    yield speaks.say(words.DRAWN[found.advantage.verdict], {"units": units})
    yield from _odds_sentence(report, speaks)
    if found.gap is not None:
        yield from _gap_sentences(found, found.gap, speaks)
    if found.money_has_gaps:
        yield speaks.text(words.MONEY["gaps"])
    elif found.order_of_money is not None:
        yield from _money_sentences(found.order_of_money, speaks)


def _spread_sentences(found: TrendFound, units: str, speaks: Language) -> Iterator[str]:
    last = found.spread[-1]
    if last is None:
        yield speaks.text(words.SPREAD["nothing"])
        return
    known = {
        "year": int(found.years[-1]),
        "units": units,
        "gini": short(last.observed, speaks),
        "low": short(last.low, speaks),
        "high": short(last.high, speaks),
    }
    yield speaks.say(words.SPREAD[_against_lots(last)], known)
    if found.change is not None:
        at = next(at for at, band in enumerate(found.spread) if band is not None)
        told = {
            **known,
            "first": int(found.years[at]),
            "before": short(found.change.before, speaks),
            "after": short(found.change.after, speaks),
            "lot_before": short(_by_lot(found, at), speaks),
            "lot_after": short(last.median, speaks),
        }
        yield speaks.say(words.CHANGE[found.change.verdict], told)
        yield speaks.text(words.FALLS_BY_ITSELF)


def _by_lot(found: TrendFound, at: int) -> float:
    band = found.spread[at]
    return math.nan if band is None else band.median


def _against_lots(band: ChanceBand) -> str:
    if band.looks_like_chance:
        return "like_chance"
    return "uneven" if band.mid_p_high < band.mid_p_low else "more_even"


def _odds_sentence(report: TrendReport, speaks: Language) -> Iterator[str]:
    odds = report.found.advantage.persistence
    if math.isfinite(odds.odds_ratio) and odds.informative:
        given = speaks.text(words.NO_NEED if report.panel.need is None else words.AND_NEED)
        known = {
            "odds": short(odds.odds_ratio, speaks),
            "low": short(odds.low, speaks),
            "high": short(odds.high, speaks),
            "given": given,
        }
        yield speaks.say(words.ODDS, known)


def _gap_sentences(found: TrendFound, gap: Gap, speaks: Language) -> Iterator[str]:
    from evenground.workspace.one_trend import PER

    parity = gap.parity
    low, high = short(parity.time_low, speaks), short(parity.time_high, speaks)
    ended = words.YEARS_BETWEEN if math.isfinite(parity.time_high) else words.YEARS_OPEN
    names = {"focus": gap.focus, "reference": gap.reference}
    years = speaks.say(ended, {"low": low, "high": high})
    yield speaks.say(words.PARITY[parity.verdict], {**names, "years": years})
    rates = {
        "focus_rate": short(float(gap.focus_rate[-1]), speaks),
        "reference_rate": short(float(gap.reference_rate[-1]), speaks),
    }
    yield speaks.say(words.GAP_NOW, {**names, **rates, "last": int(found.years[-1]), "per": PER})
    if math.isfinite(parity.gap_now):
        yield speaks.text(words.LINE)


def _money_sentences(money: LeadLag, speaks: Language) -> Iterator[str]:
    key = money.verdict
    if key in {"after", "before", "together"} and _peak(money) < 0:
        key = f"{key}_less"
    lag = money.peak_lag
    when = words.AFTER if lag > 0 else words.EARLIER if lag < 0 else words.SAME_YEAR
    told = speaks.say(when, {"n": abs(lag)})
    yield speaks.say(words.MONEY[key], {"when": told, "n_years": money.n_years})
    if money.verdict not in {"none_seen", "cannot_tell"}:
        yield speaks.text(words.NO_CAUSE)


def _peak(money: LeadLag) -> float:
    """Return the correlation at the lag that stands out most."""
    return float(money.correlation[money.lags.tolist().index(money.peak_lag)])


def _year_rows(found: TrendFound, speaks: Language) -> list[list[str]]:
    rows: list[list[str]] = []
    for at, band in enumerate(found.spread):
        counts = (found.years[at], found.units[at], found.stock[at])
        gini = ("", "", "")
        if band is not None:
            gini = (digits(band.observed, speaks), digits(band.median, speaks), ends(band, speaks))
        rows.append([*(digits(float(one), speaks) for one in counts), *gini])
    return rows


def _tests(found: TrendFound) -> dict[str, _Row]:
    """Return the numbers behind the verdicts, by name."""
    persists, order = found.advantage.persistence, found.advantage.order
    none = math.nan
    rows = {
        "odds": _Row(
            value=persists.odds_ratio, low=persists.low, high=persists.high, p=persists.p_value
        ),
        "order": _Row(value=order.standardised, low=none, high=none, p=order.p_value),
    }
    if found.change is not None:
        change = found.change
        rows["change"] = _Row(value=change.change, low=change.low, high=change.high)
    if found.convergence is not None:
        slope = found.convergence
        rows["slope"] = _Row(value=slope.slope, low=slope.low, high=slope.high)
    if found.gap is not None:
        parity = found.gap.parity
        rows["gap"] = _Row(value=parity.gap_now, low=parity.gap_low, high=parity.gap_high)
    if found.order_of_money is not None:
        money = found.order_of_money
        rows["asymmetry"] = _Row(value=money.asymmetry, low=none, high=none, p=money.p_asymmetry)
    return {name: rows[name] for name in words.TESTS if name in rows}


def _test_row(name: str, row: _Row, speaks: Language) -> list[str]:
    return [
        speaks.text(words.TESTS[name]),
        digits(row.value, speaks),
        ends(row, speaks),
        digits(row.p, speaks),
    ]


def _gap_table(found: TrendFound, gap: Gap, speaks: Language) -> Iterator[str]:
    from evenground.workspace.one_trend import PER

    yield speaks.say(words.RATES, {"per": PER})
    names = {"focus": gap.focus, "reference": gap.reference}
    rates: list[Vector] = [gap.focus_rate, gap.reference_rate]
    rows = [
        [str(year), *(digits(float(rate[at]), speaks) for rate in rates)]
        for at, year in enumerate(found.years.tolist())
    ]
    yield from table_lines([speaks.say(one, names) for one in words.GAP_HEADER], rows)


def _lag_table(money: LeadLag, speaks: Language) -> Iterator[str]:
    yield speaks.text(words.LAGS)
    rows = [
        [str(lag), digits(correlation, speaks), digits(p, speaks)]
        for lag, correlation, p in zip(
            money.lags.tolist(), money.correlation.tolist(), money.p_by_lag.tolist(), strict=True
        )
    ]
    yield from table_lines([speaks.text(one) for one in words.LAG_HEADER], rows)


def _parts(found: TrendFound) -> list[str]:
    has = {
        "spread": True,
        "change": found.change is not None,
        "convergence": found.convergence is not None,
        "advantage": True,
        "gap": found.gap is not None,
        "money": found.order_of_money is not None,
    }
    return [part for part, yes in has.items() if yes]


def trend_data(report: TrendReport, speaks: Language) -> dict[str, Any]:
    """Return everything as data, at full precision."""
    from evenground.workspace.one_trend import PER

    found = report.found
    gap, money = found.gap, found.order_of_money
    parts = {
        "change": found.change,
        "convergence": found.convergence,
        "persistence": found.advantage.persistence,
        "order": found.advantage.order,
        "order_of_money": money,
    }
    return {
        "command": "trend",
        "versions": versions(),
        "seed": report.lots.seed,
        "draws": report.lots.n_draws,
        "confidence": report.lots.confidence,
        "inputs": input_data([report.table], speaks),
        "sentences": list(sentences(report, speaks)),
        "n_areas": len(report.panel.areas),
        "rates_per_people": PER,
        "years": as_data(
            [
                {
                    "year": int(year),
                    "placed": float(found.units[at]),
                    "standing": float(found.stock[at]),
                    "gini": None if band is None else {**asdict(band), "unit": "share"},
                    "against_lots": None if band is None else _against_lots(band),
                }
                for at, (year, band) in enumerate(zip(found.years, found.spread, strict=True))
            ]
        ),
        "advantage_verdict": found.advantage.verdict,
        **{name: None if one is None else as_data(asdict(one)) for name, one in parts.items()},
        "gap": None if gap is None else as_data({**asdict(gap), "unit": f"per {PER} people"}),
        "literature": [SOURCES[part] for part in _parts(found)],
    }
