"""What ``evenground access`` says of ways along streets, beside the measures themselves."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data
from evenground.cli.tables import short
from evenground.language import N_, NN_, Language
from evenground.phrasing import say_share

if TYPE_CHECKING:
    from evenground.workspace.access_on_streets import OnStreets

ALONG = N_(
    "Distances run along the streets of {file} ({n:count} streets, {km} km), from and to the "
    "nearest point of a street and the straight line to it."
)
STRAIGHT_WOULD = N_(
    "In a straight line, half of people would have a site within {half} m, nine in ten within "
    "{most} m."
)
ONLY_STRAIGHT = N_(
    "{share} of people have a site within {within} m in a straight line, and not along streets."
)
DETOURS = N_(
    "To the nearest site, the way is {median} times as long as the straight line for the middle "
    "person, and {high} times or more for one in ten."
)
CUT_OFF = NN_(
    "From {n} place, home to {share} of people, these streets lead to no site.",
    "From {n} places, home to {share} of people, these streets lead to no site.",
)
STRAIGHT_INSTEAD = NN_(
    "From {n} place, home to {share} of people, these streets lead to no site; a straight line, "
    "which is too short, stands there instead.",
    "From {n} places, home to {share} of people, these streets lead to no site; straight lines, "
    "which are too short, stand there instead.",
)
FAR = NN_(
    "{n} place, home to {share} of people, lies more than {far} m from any street.",
    "{n} places, home to {share} of people, lie more than {far} m from any street.",
)
LOST = NN_(
    "These streets lead from nowhere to {n} site.",
    "These streets lead from nowhere to {n} sites.",
)
IN_PARTS = N_(
    "The streets are {n:count} parts that do not meet; the largest has {share} of their length. "
    "Ends that meet no other: {hanging:count}."
)
LITERATURE = (
    "Dijkstra 1959, Numerische Mathematik 1, 269–271",
    "Giacomin & Levinson 2015, Environment and Planning B 42, 1040–1053",
)


def street_sentences(ways: OnStreets, within: float | None, speaks: Language) -> Iterator[str]:
    """Yield what ways along streets rest on, and what straight lines would have said."""
    found = ways.found
    yield _along(ways, speaks)
    _, half, most = (short(metres, speaks) for metres in ways.straight_quantiles)
    yield speaks.say(STRAIGHT_WOULD, {"half": half, "most": most})
    if within is not None:
        share = say_share(ways.only_straight(within), speaks)
        yield speaks.say(ONLY_STRAIGHT, {"share": share, "within": short(within, speaks)})
    if math.isfinite(found.detour.median):
        numbers = {name: short(getattr(found.detour, name), speaks) for name in ("median", "high")}
        yield speaks.say(DETOURS, numbers)
    yield from _limits(ways, speaks)
    yield from _parts(ways, speaks)


def street_grounds(ways: OnStreets, speaks: Language) -> Iterator[str]:
    """Yield what ways along streets rest on, where the nearest site is not what was asked."""
    yield _along(ways, speaks)
    yield from _limits(ways, speaks)
    yield from _parts(ways, speaks)


def _along(ways: OnStreets, speaks: Language) -> str:
    from evenground.workspace.telling_problems import printable

    facts = ways.found.facts
    known = {"file": printable(ways.streets.place.file), "n": facts.n_edges}
    return speaks.say(ALONG, {**known, "km": short(facts.length / 1000, speaks)})


def _parts(ways: OnStreets, speaks: Language) -> Iterator[str]:
    facts = ways.found.facts
    if facts.n_components > 1:
        share = say_share(facts.length_share_in_largest, speaks)
        parts = {"n": facts.n_components, "share": share, "hanging": facts.n_hanging_ends}
        yield speaks.say(IN_PARTS, parts)


def _limits(ways: OnStreets, speaks: Language) -> Iterator[str]:
    """Yield who is cut off, far from streets, or never got to."""
    from evenground.workspace.one_access import counts

    found = ways.found
    everybody = float(counts(ways.origins, "people").sum())
    for template, rows, people in (
        (
            STRAIGHT_INSTEAD if found.straight.any() else CUT_OFF,
            found.cut_off,
            found.people_cut_off,
        ),
        (FAR, found.far_origins, found.people_far),
        (LOST, found.lost_sites, 0.0),
    ):
        if rows.any():
            share = say_share(people / everybody, speaks)
            known = {"n": int(rows.sum()), "share": share, "far": short(ways.terms.far, speaks)}
            yield speaks.say(template, known)


def street_data(ways: OnStreets, within: float | None) -> dict[str, Any]:
    """Return the same as data: the network's facts, detours, straight lines, who is cut off."""
    from evenground.workspace.one_access import QUANTILES

    found, detour = ways.found, ways.found.detour
    quantiles = (detour.low, detour.median, detour.high)
    return as_data(
        {
            "file": ways.streets.place.file,
            "network": asdict(found.facts),
            "detour": {
                "circuity": detour.circuity,
                "quantiles": dict(zip(QUANTILES, quantiles, strict=True)),
                "people": detour.weight,
            },
            "straight_line": {
                "nearest_quantiles": dict(zip(QUANTILES, ways.straight_quantiles, strict=True)),
                "share_only_within_in_a_straight_line": None
                if within is None
                else ways.only_straight(within),
            },
            "cut_off": {
                "places": int(found.cut_off.sum()),
                "people": found.people_cut_off,
                "given_straight_lines": bool(found.straight.any()),
            },
            "far": {
                "metres": ways.terms.far,
                "places": int(found.far_origins.sum()),
                "people": found.people_far,
                "sites": int(found.far_sites.sum()),
            },
            "sites_never_got_to": int(found.lost_sites.sum()),
        }
    )
