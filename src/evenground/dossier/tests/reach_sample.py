"""The sample dossier's built section: four findings with maps, bars and a curve of the town."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import shapely

from evenground.dossier import Section, ToldFigure, ToldFinding, ToldTable
from evenground.dossier.tests.drawings import choropleth, group_bars, threshold_curve
from evenground.dossier.tests.town import Town
from evenground.evidence import (
    Account,
    Estimate,
    Figure,
    Finding,
    Message,
    Method,
    Objection,
    Source,
    Table,
    Verdict,
)

THIRDS = ("the least deprived third", "the middle third", "the most deprived third")
PER = 10_000
SOURCES = (
    Source(table="sites", file="offer/bin_places.xlsx", sha256="9c" * 32, rows_read=203,
           rows_used=200, title="Places offered by Binsight"),
    Source(table="population", file="population_2025.csv", sha256="a1" * 32, rows_read=97,
           rows_used=96, title="Residents by area, 31 December 2025", licence="CC0 1.0"),
)  # fmt: skip


def reach_section(place: Town) -> Section:
    """Return the section: a headline and three findings."""
    return Section(
        key="reach",
        title="Reach",
        asks="Who gets it, who doesn’t, and does it even out or widen?",
        asked=True,
        headline=_rates(place),
        findings=(_where(place), _need(place), _distance(place)),
        missing=("residents’ accounts", "opening hours of the places"),
    )


def _thirds(place: Town) -> np.ndarray:
    score = np.array(place.deprivation)
    return np.searchsorted(np.quantile(score, [1 / 3, 2 / 3]), score, side="right")


def _group_rows(place: Town) -> list[dict[str, object]]:
    thirds, residents, bins = (
        _thirds(place),
        np.array(place.residents),
        np.array(place.bins_per_area),
    )
    rows: list[dict[str, object]] = []
    for third, name in enumerate(THIRDS):
        people, n = residents[thirds == third].sum(), bins[thirds == third].sum()
        expected = bins.sum() * people / residents.sum()
        rate, spread = n / people * PER, 1.96 * math.sqrt(n) / people * PER
        chance = [(expected + side * 1.96 * math.sqrt(expected)) / people * PER for side in (-1, 1)]
        rows.append(
            {"group": name, "value": round(rate, 2), "low": round(rate - spread, 2),
             "high": round(rate + spread, 2), "band_low": round(chance[0], 2),
             "band_high": round(chance[1], 2)}
        )  # fmt: skip
    return rows


def _told_table(key: str, title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]):
    return ToldTable(key=key, title=title, columns=columns, rows=tuple(rows))


def _figure(key: str, title: str, alternative: str, spec: dict[str, object], table: ToldTable):
    raw = Figure(
        key=key,
        spec=spec,
        title=Message(code=f"figure.{key}"),
        alternative=Message(code=f"figure.{key}.alternative"),
        table=Table(key=key, columns=table.columns, rows=table.rows),
    )
    return raw, ToldFigure(key=key, title=title, alternative=alternative, spec=spec, table=table)


def _rates(place: Town) -> ToldFinding:
    rows = _group_rows(place)
    estimates = tuple(
        Estimate.estimated(
            "rate", float(row["value"]), interval=(float(row["low"]), float(row["high"]), 0.95),
            unit="bins per 10,000 residents", about=str(row["group"]),
        )
        for row in rows
    )  # fmt: skip
    table = _told_table(
        "rates", "", ("Group of areas", "Bins per 10,000 residents", "Where chance would put it"),
        [(e.about, e, f"{row['band_low']}–{row['band_high']}")
         for e, row in zip(estimates, rows, strict=True)],
    )  # fmt: skip
    raw, figure = _figure(
        "rates", "The most deprived third of areas would get fewest bins for its residents",
        "Three bars, one for each third of the areas by deprivation. The bar of the most deprived "
        "third ends below the band where chance would put it.",
        group_bars(rows, title="bins per 10,000 residents"), table,
    )  # fmt: skip
    first, last = float(rows[0]["value"]), float(rows[-1]["value"])
    ratio = Estimate.estimated(
        "ratio", last / first, interval=(0.7 * last / first, 1.4 * last / first, 0.95), unit="ratio"
    )
    return ToldFinding(
        finding=Finding(
            code="reach.less", verdict=Verdict("less"), parameters={"ratio": ratio, "n": 200,
            "day": date(2026, 3, 2), "groups": THIRDS},
            estimates=(ratio, *estimates), figures=(raw,), sources=SOURCES,
            caveats=(Message(code="caveat.ecological"),), claims=("M18", "M33"),
            bears_on=("trial", "all"), method=Method(
                name="Ratio of rates with an exact conditional interval",
                formula="(bins in A ÷ residents in A) ÷ (bins in B ÷ residents in B)",
                literature=("Blaker (2000), confidence curves and improved exact intervals",)),
            objections=(Objection(
                words="You counted bins, not rubbish.", by="Harbour residents’ association",
                when=date(2026, 4, 2), against="reach.less",
                answer="Weights of rubbish are not recorded; the city will weigh for a month.",
                changed="The sentence now says bins, not service."),),
        ),
        sentence="The 200 bins would serve the most deprived third of areas about half as densely "
        "as the least deprived third.",
        verdict="reaches the most deprived third less",
        labels={"ratio": "Bins per resident, most against least deprived third",
                "rate": "Bins per 10,000 residents"},
        caveats=("Areas are compared, not people: who in an area lives near a bin is not known.",),
        would_change=("Measured against jobs instead of residents, it would no longer be less.",),
        figures=(figure,),
    )  # fmt: skip


def _map(place: Town, key: str, title: str, values: list[float | None], breaks: list[float]):
    table = _told_table(
        key, "", ("Area", "Residents", "Bins", title),
        [(area, people, n, value) for area, people, n, value in zip(
            place.area_ids, place.residents, place.bins_per_area, values, strict=True)],
    )  # fmt: skip
    alternative = (
        "Map of the town’s areas, darker where the number is higher, with the planned bins as "
        "dots. Bins crowd in the north and the centre."
    )
    return _figure(
        key, title, alternative, choropleth(place, values, breaks=breaks, title=title), table
    )


def _where(place: Town) -> ToldFinding:
    values = [
        None if people < 700 else round(n / people * PER, 1)
        for n, people in zip(place.bins_per_area, place.residents, strict=True)
    ]
    raw, figure = _map(place, "map_rate", "Bins per 10,000 residents", values, [2, 6, 12, 18])
    empty = sum(n == 0 for n in place.bins_per_area)
    return ToldFinding(
        finding=Finding(
            code="reach.where", verdict=Verdict.DESCRIBED, figures=(raw,), sources=SOURCES,
            estimates=(Estimate.exact("areas_without", empty, unit="areas"),),
            claims=("M18",),
            method=Method(name="Rate per area", formula="bins ÷ residents × 10,000"),
        ),
        sentence=f"{empty} of {len(values)} areas would have no bin; with 200 bins some must.",
        verdict="described, not judged",
        labels={"areas_without": "Areas without a bin"},
        figures=(figure,),
        tables=(_told_table("thirds", "Bins and residents by third", ("Third", "Areas", "Bins"), [
            (name, int((_thirds(place) == k).sum()),
             int(np.array(place.bins_per_area)[_thirds(place) == k].sum()))
            for k, name in enumerate(THIRDS)]),),
    )  # fmt: skip


def _need(place: Town) -> ToldFinding:
    raw, figure = _map(
        place, "map_need", "Deprivation score", list(place.deprivation), [12, 20, 28, 36]
    )
    return ToldFinding(
        finding=Finding(
            code="reach.need", verdict=Verdict("apart"), figures=(raw,), sources=SOURCES[1:],
            accounts=(
                Account(
                    words="We carry our rubbish home. The nearest bin is past the bridge.",
                    role="parent, Södra hamnen",
                    how_gathered="walk with the residents’ association",
                    consent="may be published with role",
                    when=date(2026, 2, 8), place="Harbour path",
                ),
                Account(
                    words="On Saturdays I empty the station bins twice and the park not at all.",
                    role="collection crew", how_gathered="interview", consent="may be published",
                ),
            ),
            claims=("M19", "M33"),
        ),
        sentence="Where deprivation is highest, along the harbour, planned bins are thinnest.",
        verdict="thinner where deprivation is higher",
        figures=(figure,),
    )  # fmt: skip


def _distance(place: Town) -> ToldFinding:
    centres = shapely.get_coordinates(shapely.centroid(np.array(place.outlines)))
    metres = np.min(
        np.hypot(*(centres[:, None, :] - np.array(place.bins)[None]).transpose(2, 0, 1)), 1
    )
    thirds, people = _thirds(place), np.array(place.residents)
    groups = [THIRDS[0], THIRDS[2]]
    rows = []
    for third, name in ((0, THIRDS[0]), (2, THIRDS[2])):
        inside = thirds == third
        for limit in range(0, 1001, 50):
            share = float(people[inside & (metres <= limit)].sum() / people[inside].sum())
            rows.append({"group": name, "metres": limit, "share": round(share, 3),
                         "low": round(max(share - 0.04, 0), 3),
                         "high": round(min(share + 0.04, 1), 3)})  # fmt: skip
    shown = [row for row in rows if row["metres"] in (200, 400, 600, 800)]
    table = _told_table(
        "curve", "", ("Group of areas", "Metres", "Share of residents"),
        [(row["group"], row["metres"], Estimate.estimated(
            "share", row["share"], interval=(row["low"], row["high"], 0.95), unit="share"))
         for row in shown],
    )  # fmt: skip
    raw, figure = _figure(
        "curve", "At every distance fewer residents of the most deprived third have a bin nearby",
        "Two rising curves. The one of the most deprived third runs below the other throughout.",
        threshold_curve(rows, groups), table,
    )  # fmt: skip
    return ToldFinding(
        finding=Finding(
            code="reach.distance", verdict=Verdict("farther"), figures=(raw,), sources=SOURCES,
            estimates=tuple(row[2] for row in table.rows if row[1] == 400),
            caveats=(Message(code="caveat.straight"),), claims=("M18",),
        ),
        sentence="Residents of the most deprived third live farther from the nearest planned bin.",
        verdict="farther for the most deprived third",
        labels={"share": "Share of residents within 400 m"},
        caveats=("Distances are straight lines; walks are longer.",),
        figures=(figure,),
    )  # fmt: skip
