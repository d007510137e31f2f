"""What ``evenground access`` prints: sentences, tables, data, and a row for each place."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, input_data, input_lines, method_lines, versions
from evenground.cli.streets_report import LITERATURE, street_data, street_sentences
from evenground.cli.tables import digits, short, table_lines
from evenground.language import N_, Language
from evenground.phrasing import say_share

if TYPE_CHECKING:
    from evenground.methods.validation import Vector
    from evenground.workspace.access_on_streets import OnStreets
    from evenground.workspace.one_access import AccessFound, CurveFound, Measure, Spread
    from evenground.workspace.plain_tables import PlainTable

NEAREST = N_(
    "Half of people have a site within {half} {unit}, nine in ten within {most} {unit}; on average "
    "it is {mean} {unit}."
)
NEAREST_SOME = N_("Half of people have a site within {half} {unit}; {nothing} have none listed.")
NEAREST_FEW = N_("{nothing} of people have no site listed.")
CUMULATIVE = N_(
    "Within {within} {unit}, the average person has {mean} ({what}); {nothing} of people have "
    "nothing there."
)
GRAVITY = N_(
    "Counted for less the farther it is, the average person has {mean} ({what}); {nothing} of "
    "people have nothing in reach."
)
SHARED = N_(
    "{name}: shared with everybody around, it is {mean} for the average person ({what}); {nothing} "
    "of people have nothing in reach."
)
CROWDED = N_(
    "Crowding and travel together cost the average person {mean}, where 1 is crowding at the mean; "
    "{nothing} of people have nothing in reach."
)
GROUPS = N_("{name}, by group: the mean runs from {low} ({low_group}) to {high} ({high_group}).")
STRAIGHT = N_("Distances are straight lines in metres; ways on the ground are longer.")
MEASURED_IN = N_("They are measured in {crs}.")
ALL_MEASURED_IN = N_("Everything is measured in {crs}.")
PAIRS_END = N_("Where nothing else ends it, what lies beyond {limit} {unit} plays no part.")
EACH_ONCE = N_("No column of people was named, so each place counts once.")
EXACT = N_("These numbers are of the places as listed; nothing was drawn by chance.")
WRITTEN = N_("A row for each place: {path}")
SITES, OF_SITES = N_("sites"), N_("{column} of sites")
HEADER = (
    N_("Group"),
    N_("People"),
    N_("Mean"),
    N_("10 %"),
    N_("Half"),
    N_("90 %"),
    N_("Nothing in reach"),
)
CURVE_TITLE = N_("People with a site, and what the average person has, within so far")
CURVE_HEADER = (N_("Group"), N_("Within ({unit})"), N_("Share of people"), N_("Mean ({what})"))
_MAY_BE_ENDLESS = {"gravity", "e2sfca", "m2sfca", "3sfca", "spatial-availability", "raam"}
UNITS: Mapping[str, str] = {
    "cost": N_("{unit}"),
    "capacity": N_("{what}"),
    "capacity_per_person": N_("{what} a person"),
    "crowding": N_("1 is the mean"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReport:
    """All that is printed: what was read, what was said, and what was found."""

    tables: tuple[PlainTable, ...]
    found: tuple[AccessFound, ...]
    curve: CurveFound | None
    people: Vector
    terms: Mapping[str, Any]
    unit: str
    limit: float
    crs: str
    on_streets: OnStreets | None = None


def access_lines(report: AccessReport, speaks: Language, *, written: Path | None) -> Iterator[str]:
    """Yield what a person reads."""
    from evenground.workspace.one_access import MEASURES

    yield from _sentences(report, speaks)
    for one in report.found:
        yield ""
        measure = MEASURES[one.key]
        yield f"{speaks.text(measure.name)} ({_unit(measure, report, speaks)})"
        header = [speaks.text(text) for text in HEADER]
        yield from table_lines(header, [_row(spread, speaks) for spread in one.spread])
    if report.curve is not None:
        yield ""
        yield speaks.text(CURVE_TITLE)
        yield from _curve_lines(report, report.curve, speaks)
    yield ""
    yield from input_lines(report.tables, speaks)
    if written is not None:
        yield speaks.say(WRITTEN, {"path": written})
    sources = [MEASURES[one.key].literature for one in report.found]
    yield from method_lines([*sources, *(LITERATURE if report.on_streets else ())], speaks)


def _sentences(report: AccessReport, speaks: Language) -> Iterator[str]:
    from evenground.workspace.one_access import MEASURES

    for one in report.found:
        measure = MEASURES[one.key]
        everybody, *groups = one.spread
        yield speaks.say(_template(one.key, everybody), _known(measure, everybody, report, speaks))
        means = sorted((spread.mean, spread.group) for spread in groups if spread.people > 0)
        if len(means) > 1 and all(math.isfinite(mean) for mean, _ in means):
            (low, low_group), (high, high_group) = means[0], means[-1]
            known = {"low": short(low, speaks), "high": short(high, speaks)}
            names = {"low_group": low_group, "high_group": high_group}
            yield speaks.say(GROUPS, {"name": speaks.text(measure.name), **known, **names})
    within = report.terms["within"]
    if report.on_streets is not None:
        yield from street_sentences(report.on_streets, within, speaks)
    elif report.unit == "m":
        yield speaks.text(STRAIGHT)
    if report.unit == "m" and report.crs:
        measured = MEASURED_IN if report.on_streets is None else ALL_MEASURED_IN
        yield speaks.say(measured, {"crs": report.crs})
    if within is not None and any(one.key in _MAY_BE_ENDLESS for one in report.found):
        limit = {"limit": short(within, speaks), "unit": report.unit}
        yield speaks.say(PAIRS_END, limit)
    if "people" not in report.tables[0].columns:
        yield speaks.text(EACH_ONCE)
    yield speaks.text(EXACT)


def _template(key: str, spread: Spread) -> str:
    if key == "nearest":
        if all(math.isfinite(one) for one in spread.quantiles):
            return NEAREST
        return NEAREST_SOME if math.isfinite(spread.quantiles[1]) else NEAREST_FEW
    return {"cumulative": CUMULATIVE, "gravity": GRAVITY, "raam": CROWDED}.get(key, SHARED)


def _known(
    measure: Measure, spread: Spread, report: AccessReport, speaks: Language
) -> dict[str, str]:
    within = report.terms["within"]
    nothing = say_share(spread.nothing, speaks)
    return {
        "name": speaks.text(measure.name),
        "mean": short(spread.mean, speaks),
        "half": short(spread.quantiles[1], speaks),
        "most": short(spread.quantiles[2], speaks),
        "nothing": nothing,
        "within": "" if within is None else short(within, speaks),
        "unit": report.unit,
        "what": _unit(measure, report, speaks),
    }


def _unit(measure: Measure, report: AccessReport, speaks: Language) -> str:
    known = {"unit": report.unit, "what": _what(report, speaks)}
    return speaks.say(UNITS[measure.unit], known)


def _what(report: AccessReport, speaks: Language) -> str:
    """Return what sites offer, in the file's own word."""
    sites = report.tables[1]
    if "capacity" in sites.columns:
        return speaks.say(OF_SITES, {"column": sites.wanted["capacity"].column})
    return speaks.text(SITES)


def _row(spread: Spread, speaks: Language) -> list[str]:
    numbers = (spread.people, spread.mean, *spread.quantiles)
    group = speaks.text(spread.group)
    return [
        group,
        *(digits(number, speaks) for number in numbers),
        say_share(spread.nothing, speaks),
    ]


def _curve_lines(report: AccessReport, curve: CurveFound, speaks: Language) -> list[str]:
    known = {"unit": report.unit, "what": _what(report, speaks)}
    rows = [
        [
            speaks.text(group),
            digits(float(threshold), speaks),
            say_share(float(curve.share[g, t]), speaks),
            digits(float(curve.opportunities[g, t]), speaks),
        ]
        for g, group in enumerate(curve.groups)
        for t, threshold in enumerate(curve.thresholds)
    ]
    return table_lines([speaks.say(text, known) for text in CURVE_HEADER], rows)


def access_data(report: AccessReport, speaks: Language, *, written: Path | None) -> dict[str, Any]:
    """Return everything as data, at full precision."""
    from evenground.workspace.one_access import MEASURES, QUANTILES

    curve = report.curve
    return {
        "command": "access",
        "versions": versions(),
        "seed": None,
        "inputs": input_data(report.tables, speaks),
        "sentences": list(_sentences(report, speaks)),
        "terms": as_data({**report.terms, "limit": report.limit, "unit": report.unit}),
        "crs": report.crs or None,
        "streets": None
        if report.on_streets is None
        else street_data(report.on_streets, report.terms["within"]),
        "output": None if written is None else str(written),
        "measures": {
            one.key: {
                "method": speaks.text(MEASURES[one.key].name),
                "literature": MEASURES[one.key].literature,
                "unit": _unit(MEASURES[one.key], report, speaks),
                "lower_is_better": MEASURES[one.key].is_cost,
                "kind": "exact",
                "groups": [
                    as_data(
                        {
                            "group": spread.group,
                            "people": spread.people,
                            "mean": spread.mean,
                            "quantiles": dict(zip(QUANTILES, spread.quantiles, strict=True)),
                            "share_without": spread.nothing,
                        }
                    )
                    for spread in one.spread
                ],
            }
            for one in report.found
        },
        "curve": None
        if curve is None
        else as_data(
            {
                "thresholds": curve.thresholds,
                "groups": curve.groups,
                "share": curve.share,
                "mean_opportunities": curve.opportunities,
            }
        ),
    }


def origins_csv(report: AccessReport) -> str:
    """Return a row for each place: its row in the file, name, people, group, every measure."""
    origins = report.tables[0]
    texts = [name for name in ("id", "group") if name in origins.columns]
    named = [origins.texts(name) for name in texts]
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    keys = [one.key for one in report.found]
    writer.writerow(["row", *(origins.wanted[name].column for name in texts), "people", *keys])
    for at in range(origins.n_used):
        numbers = [float(report.people[at]), *(float(one.values[at]) for one in report.found)]
        cells = [repr(number) if math.isfinite(number) else "" for number in numbers]
        writer.writerow([int(origins.rows[at]), *(column[at] for column in named), *cells])
    return written.getvalue()
