"""``evenground inequality``: how unequally is one column of one file spread over people?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenground.cli.inputs import SEED as DRAWN
from evenground.cli.inputs import as_data, input_data, input_lines, method_lines, versions
from evenground.cli.options import AsJson, Confidence, Decimal, File, Seed, Sheet
from evenground.cli.printing import say, say_json
from evenground.cli.tables import digits, ends, table_lines
from evenground.language import N_, Language, language

if TYPE_CHECKING:
    from evenground.workspace.one_inequality import IndexFound, InequalityFound
    from evenground.workspace.plain_tables import PlainTable

SPREAD = N_(
    "{column}: {mean:number} a person on average. On a scale from 0 (all have the same) to 1 (one "
    "has all), inequality is {gini:number}."
)
TENTH = N_(
    "The tenth of people with most have {palma:number} times what the two fifths with least have "
    "together (0.25 times if all had the same)."
)
NOTHING_BELOW = N_("The two fifths of people with least have nothing of it.")
BY_GROUP = N_(
    "Of Theil’s T, {within:number} lies within the groups of {column} and {between:number} between "
    "them."
)
RISES = N_("People high in {rank} have more than their part.")
FALLS = N_("People low in {rank} have more than their part.")
NO_SLOPE = N_("It cannot be told whether it rises or falls with {rank}.")
CURVES: Mapping[str, str] = {
    "first": N_("Counted from low to high {rank}, every lowest share has less than its part."),
    "second": N_("Counted from low to high {rank}, every lowest share has more than its part."),
    "cross": N_("Counted from low to high {rank}, some lowest shares have more, some less."),
    "equal": N_("Counted from low to high {rank}, every lowest share has just its part."),
}
SHORT = N_("Short of {line}: {short:share} of people.")
BEYOND = N_("Beyond {line}: {short:share} of people.")
ROWS_ALIKE = N_(
    "People of a row are taken to have the same each; what is unequal within rows is not seen. "
    "Intervals say how far other rows like these ({n_rows:count}) could differ."
)
NAMES: Mapping[str, str] = {
    "gini": N_("Gini index"),
    "palma": N_("Palma ratio"),
    "theil_t": N_("Theil’s T"),
    "theil_t_within": N_("  within groups"),
    "theil_t_between": N_("  between groups"),
    "theil_l": N_("Theil’s L"),
    "theil_l_within": N_("  within groups"),
    "theil_l_between": N_("  between groups"),
    "atkinson": N_("Atkinson index"),
    "kolm_pollak": N_("Kolm–Pollak index"),
    "concentration": N_("Concentration index"),
    "concentration_corrected": N_("  corrected for whole areas"),
    "erreygers": N_("  Erreygers’ index"),
    "wagstaff": N_("  Wagstaff’s index"),
    "headcount": N_("Share short of the line"),
    "gap": N_("Mean shortfall (FGT 1)"),
    "severity": N_("Severity (FGT 2)"),
}
UNITS: Mapping[str, str] = {
    "share": N_("0 to 1"),
    "nats": N_("nats"),
    "ratio": N_("ratio"),
    "value": N_("as the column"),
    "index": N_("-1 to 1"),
}
HEADER = (N_("Measure"), N_("Value"), N_("Interval ({confidence:share})"), N_("Unit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is printed: what was read, and what was found."""

    table: PlainTable
    found: InequalityFound
    seed: int
    draws: int
    confidence: float
    line: float | None
    burden: bool


def inequality(  # noqa: PLR0913 - a command's options, each with a name
    file: File,
    *,
    value: Annotated[str, typer.Option(help="Column of what each person of a row has.")],
    people: Annotated[
        str, typer.Option(help="Column of people; each row counts once otherwise.")
    ] = "",
    group: Annotated[str, typer.Option(help="Column of groups that rows belong to.")] = "",
    rank: Annotated[str, typer.Option(help="Column to count people by, such as income.")] = "",
    lower: Annotated[float | None, typer.Option(help="Least value that there can be.")] = None,
    upper: Annotated[float | None, typer.Option(help="Largest value that there can be.")] = None,
    line: Annotated[
        float | None, typer.Option(help="Line that nobody should fall short of.")
    ] = None,
    burden: Annotated[
        bool, typer.Option("--burden", help="Less is better: minutes, costs, exposure.")
    ] = False,
    aversion: Annotated[
        float, typer.Option(min=0.01, help="Weight of those with least (Atkinson, Kolm–Pollak).")
    ] = 0.5,
    draws: Annotated[int, typer.Option(min=1, help="Resamples for intervals.")] = 1_000,
    confidence: Confidence = 0.95,
    seed: Seed = None,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say how unequally one column is spread over people, with intervals."""
    from evenground.methods.inequality.interval import Resampling
    from evenground.workspace.appraising import DEFAULT_SEED
    from evenground.workspace.one_inequality import Asked, bounds_of, columns_asked, inequality_in
    from evenground.workspace.plain_reading import read_plain_table
    from evenground.workspace.plain_tables import Layout

    bounds = bounds_of(lower, upper)
    wanted = columns_asked(value=value, people=people, group=group, rank=rank, bounds=bounds)
    table = read_plain_table(file, wanted, layout=Layout(sheet=sheet, decimal=decimal))
    table = table.with_shares("value", "people").with_several("people")
    chosen = DEFAULT_SEED if seed is None else seed
    asked = Asked(
        aversion=-aversion if burden else aversion,
        line=line,
        bounds=bounds,
        resampling=Resampling(n_draws=draws, confidence=confidence),
    )
    told = Told(
        table=table,
        found=inequality_in(table, asked, seed=chosen),
        seed=chosen,
        draws=draws,
        confidence=confidence,
        line=line,
        burden=burden,
    )
    speaks = language("en")
    if as_json:
        say_json(_data(told, speaks))
        return
    for sentence in _lines(told, speaks):
        say(sentence)


def _lines(told: Told, speaks: Language) -> Iterator[str]:
    yield from _sentences(told, speaks)
    yield ""
    header = [speaks.say(text, {"confidence": told.confidence}) for text in HEADER]
    yield from table_lines(header, [_row(one, speaks) for one in told.found.indices.values()])
    yield ""
    yield speaks.say(ROWS_ALIKE, {"n_rows": told.table.n_used})
    yield from input_lines([told.table], speaks)
    yield speaks.say(DRAWN, {"n_draws": told.draws, "seed": told.seed})
    yield from method_lines((one.literature for one in told.found.indices.values()), speaks)


def _row(one: IndexFound, speaks: Language) -> list[str]:
    return [
        speaks.text(NAMES[one.name]),
        digits(one.interval.value, speaks),
        ends(one.interval, speaks),
        speaks.text(UNITS[one.unit]),
    ]


def _sentences(told: Told, speaks: Language) -> Iterator[str]:
    found = told.found.indices
    wanted = told.table.wanted
    gini = found["gini"].interval
    known: dict[str, Any] = {
        "column": wanted["value"].column,
        "mean": told.found.mean,
        "gini": gini,
    }
    yield speaks.say(SPREAD, known)
    palma = found["palma"].interval
    finite = palma.value < float("inf")
    yield speaks.say(TENTH if finite else NOTHING_BELOW, {"palma": palma})
    if "theil_t_between" in found:
        parts = {name: found[f"theil_t_{name}"].interval for name in ("within", "between")}
        yield speaks.say(BY_GROUP, {"column": wanted["group"].column, **parts})
    if told.found.curve:
        rank = {"rank": wanted["rank"].column}
        index = found["concentration"].interval
        yield speaks.say(RISES if index.low > 0 else FALLS if index.high < 0 else NO_SLOPE, rank)
        yield speaks.say(CURVES[told.found.curve], rank)
    if told.line is not None:
        short = found["headcount"].interval
        template = BEYOND if told.burden else SHORT
        yield speaks.say(template, {"line": f"{told.line:g}", "short": short})


def _data(told: Told, speaks: Language) -> dict[str, Any]:
    return {
        "command": "inequality",
        "versions": versions(),
        "seed": told.seed,
        "draws": told.draws,
        "confidence": told.confidence,
        "inputs": input_data([told.table], speaks),
        "sentences": list(_sentences(told, speaks)),
        "mean": told.found.mean,
        "kappa": told.found.kappa,
        "curve_against_even": told.found.curve or None,
        "groups": as_data(told.found.groups),
        "measures": {
            name: as_data(
                {
                    "value": one.interval.value,
                    "low": one.interval.low,
                    "high": one.interval.high,
                    "unit": one.unit,
                    "method": speaks.text(NAMES[name]).strip(),
                    "literature": one.literature,
                    "parameters": one.parameters,
                    "draws_undefined": one.interval.n_undefined,
                }
            )
            for name, one in told.found.indices.items()
        },
    }
