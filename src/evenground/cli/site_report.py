"""What ``evenground site`` says: what was chosen, how sure that is, who gains and who loses."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evenground.cli.inputs import input_lines, method_lines
from evenground.cli.site_facts import SiteReport, chosen, reasons, site_names, turned
from evenground.cli.streets_report import LITERATURE, street_grounds
from evenground.cli.tables import digits, short, table_lines
from evenground.language import N_, NN_, Language
from evenground.phrasing import grouped, say_share

if TYPE_CHECKING:
    from evenground.methods.siting import Siting
    from evenground.workspace.siting_effects import Effect

CHOSEN = NN_(
    "{n} site of {n_candidates} candidates: {names}.",
    "{n} sites of {n_candidates} candidates: {names}.",
)
MORE_NAMES = N_("{names} and {more} more")
VALUES: Mapping[str, str] = {
    "p-median": N_("On average it is {mean} {unit} to a site; people times {unit}: {value}."),
    "max-coverage": N_("{value} people are covered, {share} of all."),
    "p-center": N_("Nobody has more than {value} {unit} to a site."),
    "maximin": N_("For the group farthest away it is {value} {unit} to a site on average."),
    "kolm-pollak": N_(
        "With kappa at {kappa}, the way to a site is as bad as {value} {unit} for everybody."
    ),
    "lexicographic": N_("Means of groups, the farthest away first: {value} {unit}."),
}
COST = N_("units of cost")
PROVEN = N_("No choice within the limits does better; that is proven.")
NEAR = N_("No choice can be farther from it than {gap}: none can beat {bound} {unit}.")
OPEN = N_("How much another choice could do better is not known yet.")
NOTHING_YET = N_("The search ended before it found a choice.")
STOPPED: Mapping[str, str] = {
    "interrupt": N_("It was ended by Ctrl-C; a longer search may find more."),
    "time": N_("It was ended by --time-limit; a longer search may find more."),
    "work": N_("It was ended by --work-limit; a longer search may find more."),
    "gap": N_("It was ended near enough to the bound; a longer search may find more."),
}
IMPOSSIBLE = N_("No choice of sites meets what is asked. {what} {way_out}")
IN_PLACES = N_("These places: {names}.")
TURNED = N_(
    "Against today, {gaining} of people are nearer to a site, {losing} farther, {same} as before."
)
TURNED_GROUP = N_("{group}: {gaining} are nearer, {losing} are farther.")
MEANS = N_("The mean goes from {before} to {after} {unit}.")
NOBODY_LOSES = N_("Nobody is farther from a site than today.")
PAY_MORE = NN_(
    "Farther than today: {n} place, {names}.",
    "Farther than today: {n} places, those first where it weighs most: {names}.",
)
TODAY_OPEN = N_(
    "Nobody said what stands today, so who gains and who loses is not known: add a column today to "
    "the candidates, or say --today."
)
OPENS = N_("Opens: {names}.")
CLOSES = N_("Closes: {names}.")
NO_ROOM = N_("The sites of today cannot take everybody; today is told by the nearest site.")
EFFICIENT = N_("No choice is more efficient, so nothing is paid for equity here.")
PRICE = N_(
    "All ways together are {price} longer than with the most efficient sites: the price of equity."
)
PRICE_BETWEEN = N_(
    "All ways together are {low} to {high} longer than with the most efficient sites, which are "
    "not proven: the price of equity."
)
NO_PRICE = N_("The price of equity is not known: no choice serves everybody.")
STRAIGHT = N_("Distances are straight lines in metres; ways on the ground are longer.")
MEASURED_IN = N_("They are measured in {crs}.")
EACH_ONCE = N_("No column of people was named, so each place counts once.")
WRITTEN = N_("A row for each place: {path}")
EVERYBODY = N_("everybody")
GROUPS_TITLE = N_("Who gets what (mean cost, {unit})")
GROUPS_HEADER = (N_("Group"), N_("People"), N_("Mean"))
TODAY_HEADER = (N_("Mean today"), N_("Nearer"), N_("Farther"))
COVERED_HEADER, COVERED_TODAY = N_("Covered"), N_("Covered today")
SITES_TITLE = N_("Sites")
SITES_HEADER = (N_("Site"), N_("Today"), N_("State"), N_("People"), N_("Mean"))
FRONTIER_TITLE = N_("Between efficiency and equity")
FRONTIER_HEADER = (
    N_("Mean of the group farthest away"),
    N_("Mean of all"),
    N_("Gap"),
    N_("Sites"),
)
YES, NO = N_("yes"), N_("no")
BESIDE = (
    "Bertsimas, Farias & Trichakis 2011, Operations Research 59, 17–31",
    "Haimes, Lasdon & Wismer 1971, IEEE Transactions on Systems, Man, and Cybernetics 1, 296–297",
)
_NAMED, _LISTED, _GROUPED = 12, 30, 100_000


def site_lines(report: SiteReport, speaks: Language, *, written: Path | None) -> Iterator[str]:
    """Yield what a person reads."""
    from evenground.workspace.one_siting import OBJECTIVES

    terms = report.found.terms
    yield from sentences(report, speaks)
    if report.effects is not None:
        yield from _groups_table(report, report.effects, speaks)
        yield from _sites_table(report, speaks)
    if report.found.frontier:
        yield from _frontier_table(report, speaks)
    yield ""
    yield from input_lines(report.asked.tables, speaks)
    if written is not None:
        yield speaks.say(WRITTEN, {"path": written})
    sources = [OBJECTIVES[terms.objective].literature]
    sources += BESIDE[:1] if terms.objective != "p-median" else []
    sources += BESIDE[1:] if terms.n_frontier else []
    sources += LITERATURE if report.asked.ways.on_streets else ()
    yield from method_lines(sources, speaks)


def sentences(report: SiteReport, speaks: Language) -> Iterator[str]:
    """Yield what was found: the choice, how sure it is, who gains, who loses, at what price."""
    if report.effects is None:
        yield from _nothing(report, speaks)
    else:
        yield from _choice(report, speaks)
        yield from _against_today(report, report.effects, speaks)
        yield from _price(report, speaks)
    yield from _grounds(report, speaks)


def _nothing(report: SiteReport, speaks: Language) -> Iterator[str]:
    from evenground.workspace.telling_problems import tell

    found = reasons(report)
    if not found:
        yield speaks.text(NOTHING_YET)
    for one in found:
        told = tell(one.problem, speaks)
        yield speaks.say(IMPOSSIBLE, {"what": told.what, "way_out": told.way_out})
        if one.places:
            yield speaks.say(IN_PLACES, {"names": _names(one.places, one.n_places, speaks)})


def _choice(report: SiteReport, speaks: Language) -> Iterator[str]:
    siting = report.found.siting
    names = site_names(report, siting.sites)
    known = {"n": len(names), "n_candidates": report.asked.ways.candidates.n_used}
    yield speaks.say(CHOSEN, {**known, "names": _names(names, len(names), speaks)})
    yield speaks.say(VALUES[report.found.terms.objective], _value(report, siting, speaks))
    if siting.status == "optimal":
        yield speaks.text(PROVEN)
        return
    if math.isfinite(siting.gap):
        unit = "" if report.found.terms.objective == "max-coverage" else _unit(report, speaks)
        bound = _long(siting.bound, speaks)
        yield speaks.say(NEAR, {"gap": f"{siting.gap:.2%}", "bound": bound, "unit": unit})
    else:
        yield speaks.text(OPEN)
    yield speaks.text(STOPPED[report.stopped_by or "gap"])


def _value(report: SiteReport, siting: Siting, speaks: Language) -> dict[str, str]:
    values = siting.levels.tolist() if siting.levels.size else [siting.objective]
    everybody = report.effects[0] if report.effects else None
    kappa = report.found.terms.kappa
    return {
        "value": ", ".join(_long(one, speaks) for one in values),
        "mean": short(everybody.after.mean if everybody else math.nan, speaks),
        "unit": _unit(report, speaks),
        "share": say_share(siting.objective / float(report.people.sum()), speaks),
        "kappa": "" if kappa is None else short(kappa, speaks),
    }


def _long(value: float, speaks: Language) -> str:
    """Write a value with the digits that tell it from its bound."""
    if math.isfinite(value) and abs(value) >= _GROUPED:
        return grouped(value)
    return digits(value, speaks, n_digits=6)


def _unit(report: SiteReport, speaks: Language) -> str:
    return report.asked.ways.unit or speaks.text(COST)


def _names(names: tuple[str, ...] | list[str], n: int, speaks: Language) -> str:
    from evenground.workspace.telling_problems import printable

    shown = [printable(name) for name in names[:_NAMED]]
    if n <= len(shown):
        return speaks.list(shown)
    return speaks.say(MORE_NAMES, {"names": ", ".join(shown), "more": n - len(shown)})


def _against_today(
    report: SiteReport, effects: tuple[Effect, ...], speaks: Language
) -> Iterator[str]:
    everybody, before = effects[0], effects[0].before
    if before is None:
        yield speaks.text(TODAY_OPEN)
        return
    yield speaks.say(TURNED, _shares(everybody, speaks))
    means = {"before": short(before.mean, speaks), "after": short(everybody.after.mean, speaks)}
    yield speaks.say(MEANS, {**means, "unit": _unit(report, speaks)})
    for name, one in zip(report.asked.groups.names, effects[1:], strict=True):
        yield speaks.say(TURNED_GROUP, {"group": name, **_shares(one, speaks)})
    yield from _places(report, speaks)
    if not report.found.today_serves:
        yield speaks.text(NO_ROOM)


def _shares(one: Effect, speaks: Language) -> dict[str, str]:
    parts = {"gaining": one.gaining, "losing": one.losing, "same": one.same}
    return {name: say_share((part or 0.0) / one.people, speaks) for name, part in parts.items()}


def _places(report: SiteReport, speaks: Language) -> Iterator[str]:
    """Yield where people are farther, those first where that weighs most, and what closes."""
    import numpy as np

    asked, found = report.asked, report.found
    losing = turned(report, losing=True)
    if losing is None or found.before is None or asked.today is None:
        return
    where = np.flatnonzero(losing)
    if where.size:
        more = (found.siting.cost[where] - found.before[where]) * report.people[where]
        order = where[np.argsort(-more, kind="stable")]
        names = asked.ways.demand.texts("id")
        told = _names([names[at] for at in order.tolist()], where.size, speaks)
        yield speaks.say(PAY_MORE, {"n": int(where.size), "names": told})
    else:
        yield speaks.text(NOBODY_LOSES)
    standing = np.flatnonzero(asked.today)
    for text, first, second in (
        (OPENS, found.siting.sites, standing), (CLOSES, standing, found.siting.sites),
    ):  # fmt: skip
        names = site_names(report, np.setdiff1d(first, second))
        if names:
            yield speaks.say(text, {"names": _names(names, len(names), speaks)})


def _price(report: SiteReport, speaks: Language) -> Iterator[str]:
    price = report.found.price
    if price is None:
        yield speaks.text(NO_PRICE)
    elif price.high == 0:
        yield speaks.text(EFFICIENT)
    elif price.low == price.high:
        yield speaks.say(PRICE, {"price": say_share(price.value, speaks)})
    else:
        ends = {"low": say_share(price.low, speaks), "high": say_share(price.high, speaks)}
        yield speaks.say(PRICE_BETWEEN, ends)


def _grounds(report: SiteReport, speaks: Language) -> Iterator[str]:
    ways = report.asked.ways
    if ways.on_streets is not None:
        yield from street_grounds(ways.on_streets, speaks)
    elif ways.kind == "straight_line":
        yield speaks.text(STRAIGHT)
    if ways.crs:
        yield speaks.say(MEASURED_IN, {"crs": ways.crs})
    if "people" not in ways.demand.columns:
        yield speaks.text(EACH_ONCE)


def _groups_table(
    report: SiteReport, effects: tuple[Effect, ...], speaks: Language
) -> Iterator[str]:
    today = effects[0].before is not None
    covered = effects[0].after.covered is not None
    header = [*GROUPS_HEADER, *(TODAY_HEADER if today else ())]
    header += [COVERED_HEADER] if covered else []
    header += [COVERED_TODAY] if covered and today else []
    names = [speaks.text(EVERYBODY), *report.asked.groups.names]
    rows = [_row(name, one, speaks) for name, one in zip(names, effects, strict=True)]
    yield ""
    yield speaks.say(GROUPS_TITLE, {"unit": _unit(report, speaks)})
    yield from table_lines([speaks.text(one) for one in header], rows)


def _row(name: str, one: Effect, speaks: Language) -> list[str]:
    cells = [name, digits(one.people, speaks), digits(one.after.mean, speaks)]
    if one.before is not None:
        shares = _shares(one, speaks)
        cells += [digits(one.before.mean, speaks), shares["gaining"], shares["losing"]]
    for state in (one.after, one.before):
        if state is not None and state.covered is not None:
            cells.append(say_share(state.covered, speaks))
    return cells


def _sites_table(report: SiteReport, speaks: Language) -> Iterator[str]:
    rows = [
        [
            one.name,
            "–" if one.today is None else speaks.text(YES if one.today else NO),
            one.state,
            digits(one.people, speaks),
            digits(one.mean, speaks),
        ]
        for one in chosen(report)[:_LISTED]
    ]
    yield ""
    yield speaks.text(SITES_TITLE)
    yield from table_lines([speaks.text(one) for one in SITES_HEADER], rows)


def _frontier_table(report: SiteReport, speaks: Language) -> Iterator[str]:
    total = float(report.people.sum())
    rows = [
        [
            digits(point.worst, speaks),
            digits(point.siting.objective / total, speaks),
            f"{point.siting.gap:.2%}" if math.isfinite(point.siting.gap) else "–",
            ", ".join(site_names(report, point.siting.sites)),
        ]
        for point in report.found.frontier or ()
    ]
    yield ""
    yield speaks.text(FRONTIER_TITLE)
    yield from table_lines([speaks.text(one) for one in FRONTIER_HEADER], rows)
