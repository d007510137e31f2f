"""``evenground evenness``: do units lie over areas as chance placement by people would have it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evenground.cli.inputs import SEED as DRAWN
from evenground.cli.inputs import as_data, input_data, input_lines, method_lines, versions
from evenground.cli.options import AsJson, Confidence, Decimal, File, Seed, Sheet
from evenground.cli.printing import say, say_json
from evenground.cli.tables import digits, ends, table_lines
from evenground.language import N_, NN_, Language, language

if TYPE_CHECKING:
    from evenground.workspace.one_evenness import EvennessFound
    from evenground.workspace.plain_tables import PlainTable

VERDICTS: Mapping[str, str] = {
    "like_chance": N_(
        "Like chance: by lots in proportion to people, {units} could lie as they do."
    ),
    "uneven": N_(
        "Less even than chance: by lots in proportion to people, {units} would rarely lie so "
        "unevenly."
    ),
    "more_even": N_(
        "More even than chance: by lots in proportion to people, {units} would rarely lie so "
        "evenly."
    ),
}
WORDS: Mapping[str, str] = {
    "like_chance": N_("like chance"),
    "uneven": N_("less even than chance"),
    "more_even": N_("more even than chance"),
}
MOVE = N_(
    "{moved:share} of them would have to move to lie exactly as people do; of so many whole units, "
    "{least:share} at least."
)
STAND_OUT = N_(
    "Areas that stand out: {n_fewer:count} with fewer than chance, {n_more:count} with more."
)
NONE_STANDS_OUT = N_("No single area stands out from chance.")
TOO_FEW = N_("There are too few units to tell single areas with none from chance.")
NOBODY = NN_(
    "{n} area has no people; {units:count} units stand there, where lots by people put none.",
    "{n} areas have no people; {units:count} units stand there, where lots by people put none.",
)
MARGINS = N_("Margins of error of people were taken at 90 % and are in the band.")
RATE = N_("Of the areas that stand out, about {rate:share} may do so by chance alone.")
HEADER = (N_("Dissimilarity (0 even, 1 all apart)"), N_("Value"), N_("Band ({level:share})"))
ROWS = (N_("As units lie"), N_("Least that whole units attain"), N_("By lot, middle"))
FLAGS_HEADER = (
    N_("Area or row"),
    N_("Units"),
    N_("By lot"),
    N_("Adjusted p"),
    N_("Against chance"),
)
FEWER, MORE = N_("fewer"), N_("more")
SOURCES = (
    "Duncan & Duncan 1955, American Sociological Review 20, 210–217",
    "Balinski & Young 1982, Fair Representation",
    "Carrington & Troske 1997, Journal of Business & Economic Statistics 15, 402–409",
    "Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B 57, 289–300",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that is printed: what was read, and what was found."""

    table: PlainTable
    found: EvennessFound
    seed: int


def evenness(  # noqa: PLR0913 - a command's options, each with a name
    file: File,
    *,
    units: Annotated[str, typer.Option(help="Column of whole units in each area.")],
    people: Annotated[str, typer.Option(help="Column of people in each area.")],
    margin: Annotated[str, typer.Option(help="Column of their margins of error (90 %).")] = "",
    id_: Annotated[str, typer.Option("--id", help="Column that names areas.")] = "",
    draws: Annotated[int, typer.Option(min=99, help="Placements drawn by lot.")] = 9_999,
    confidence: Confidence = 0.95,
    rate: Annotated[
        float, typer.Option(min=0.001, max=0.5, help="Share of false alarms among flagged areas.")
    ] = 0.05,
    seed: Seed = None,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say whether units lie over areas as chance placement by people would have it."""
    from evenground.workspace.appraising import DEFAULT_SEED
    from evenground.workspace.one_evenness import Lots, columns_asked, evenness_in
    from evenground.workspace.plain_reading import read_plain_table
    from evenground.workspace.plain_tables import Layout

    wanted = columns_asked(units=units, people=people, margin=margin, names=id_)
    table = read_plain_table(file, wanted, layout=Layout(sheet=sheet, decimal=decimal))
    table = table.with_something("units", "people").with_several("people")
    chosen = DEFAULT_SEED if seed is None else seed
    lots = Lots(seed=chosen, n_draws=draws, level=confidence, false_discovery_rate=rate)
    told = Told(table=table, found=evenness_in(table, lots), seed=chosen)
    speaks = language("en")
    if as_json:
        say_json(_data(told, speaks))
        return
    for sentence in _lines(told, speaks):
        say(sentence)


def _lines(told: Told, speaks: Language) -> Iterator[str]:
    found, chance = told.found, told.found.chance
    yield from _sentences(told, speaks)
    yield ""
    header = [speaks.say(text, {"level": chance.level}) for text in HEADER]
    values = (chance.observed, found.least, chance.median)
    bands = ("", "", ends(chance, speaks))
    rows = [
        [speaks.text(name), digits(value, speaks), band]
        for name, value, band in zip(ROWS, values, bands, strict=True)
    ]
    yield from table_lines(header, rows)
    if found.stand_out:
        yield ""
        yield from table_lines([speaks.text(one) for one in FLAGS_HEADER], _flag_rows(told, speaks))
        yield ""
        yield speaks.say(RATE, {"rate": found.rate})
    yield ""
    yield from input_lines([told.table], speaks)
    yield speaks.say(DRAWN, {"n_draws": chance.n_draws, "seed": told.seed})
    yield from method_lines(SOURCES, speaks)


def _flag_rows(told: Told, speaks: Language) -> Sequence[Sequence[str]]:
    return [
        [
            one.name,
            digits(one.units, speaks),
            digits(one.expected, speaks),
            digits(one.adjusted_p, speaks),
            speaks.text(FEWER if one.fewer else MORE),
        ]
        for one in told.found.stand_out
    ]


def _sentences(told: Told, speaks: Language) -> Iterator[str]:
    found = told.found
    units = told.table.wanted["units"].column
    yield speaks.say(VERDICTS[found.verdict], {"units": units})
    yield speaks.say(MOVE, {"moved": found.chance.observed, "least": found.least})
    fewer = sum(one.fewer for one in found.stand_out)
    if found.stand_out:
        known = {"n_fewer": fewer, "n_more": len(found.stand_out) - fewer}
        yield speaks.say(STAND_OUT, known)
    elif found.can_flag_fewer:
        yield speaks.text(NONE_STANDS_OUT)
    if not found.can_flag_fewer:
        yield speaks.text(TOO_FEW)
    if found.n_without_people:
        known = {"n": found.n_without_people, "units": found.units_without_people}
        yield speaks.say(NOBODY, known)
    if "margin" in told.table.columns:
        yield speaks.text(MARGINS)


def _data(told: Told, speaks: Language) -> dict[str, Any]:
    found, chance = told.found, told.found.chance
    return {
        "command": "evenness",
        "versions": versions(),
        "seed": told.seed,
        "draws": chance.n_draws,
        "confidence": chance.level,
        "inputs": input_data([told.table], speaks),
        "sentences": list(_sentences(told, speaks)),
        "verdict": found.verdict,
        "verdict_words": speaks.text(WORDS[found.verdict]),
        "n_units": found.n_units,
        "n_areas": told.table.n_used,
        "dissimilarity": as_data(
            {
                "unit": "share",
                "value": chance.observed,
                "least_attainable": found.least,
                "by_lot": {"value": chance.median, "low": chance.low, "high": chance.high},
                "mid_p_low": chance.mid_p_low,
                "mid_p_high": chance.mid_p_high,
            }
        ),
        "areas": as_data(
            {
                "false_discovery_rate": found.rate,
                "can_flag_fewer": found.can_flag_fewer,
                "can_flag_more": found.can_flag_more,
                "stand_out": [
                    {
                        "area": one.name,
                        "row": one.row,
                        "units": one.units,
                        "by_lot": one.expected,
                        "adjusted_p": one.adjusted_p,
                        "against_chance": "fewer" if one.fewer else "more",
                    }
                    for one in found.stand_out
                ],
            }
        ),
        "literature": list(SOURCES),
    }
