"""Would other boundaries have told another story? The comparison over merged areas."""

from __future__ import annotations

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.frame.areas import Grouping
from evenground.frame.maps import adjacency
from evenground.frame.naming import pair_names
from evenground.language import N_
from evenground.methods.areal_units import ArealUnitCheck, areal_unit_check, random_zonings
from evenground.methods.validation import Vector
from evenground.questions.reach.comparison import LESS, MORE
from evenground.questions.reach.context import Context
from evenground.questions.reach.findings.by_group import Told
from evenground.questions.reach.findings.grounds import carried_over

METHOD = Method(
    name=N_("Modifiable areal unit check over random contiguous merges"),
    formula=N_("ratio of rates of zone classes, zones = neighbouring areas merged at random"),
    literature=(
        "Openshaw & Taylor 1979, in Statistical Applications in the Spatial Sciences",
        "Openshaw 1984, The Modifiable Areal Unit Problem, CATMOG 38",
    ),
)  # fmt: skip
KEEPS, TURNS = Verdict("keeps_its_sign"), Verdict("turns_with_boundaries")
FIRMLY = 0.95
LEAST_ZONES = 4


def zonings(context: Context, told: tuple[Told, ...]) -> list[Finding]:
    """Return the check for the first grouping that sorts areas by an indicator into quantiles."""
    one = next((one for one in told if _is_checked(one)), None)
    pairs = adjacency(context.frame) if one is not None else np.zeros((0, 2))
    if one is None or not len(pairs):
        return []
    check = _check(context, one, pairs)
    if check is None or not np.isfinite([check.at_areas, check.low, check.high]).all():
        return []
    return [_finding(context, one, check)]


def _is_checked(told: Told) -> bool:
    grouping = told.grouping
    return (
        grouping.indicator is not None
        and not grouping.group.by_value
        and not grouping.nobody_in
        and told.lead.verdict in (LESS, MORE)  # what chance could bring has no sign to keep
        and told.lead.ratio is not None
        and bool(np.isfinite(told.lead.ratio.ratio))
        and told.lead.ratio.ratio > 0
    )


def _check(context: Context, told: Told, pairs: np.ndarray) -> ArealUnitCheck | None:
    """Merge areas at random and compare again; ``None`` where the map cannot be merged so."""
    from scipy.sparse import coo_array, csgraph

    grouping, baseline = told.grouping, told.lead.baseline_of
    counts, indicator = baseline.counts.value, grouping.indicator
    if indicator is None:
        return None
    known = np.isfinite(indicator) & baseline.known & (counts > 0)
    place = np.cumsum(known) - 1
    kept = pairs[known[pairs].all(axis=1)]
    n_areas = int(known.sum())
    n_zones = round(n_areas / context.case.settings.number("areas_per_zone"))
    links = coo_array(
        (np.ones(len(kept)), (place[kept[:, 0]], place[kept[:, 1]])), shape=(n_areas, n_areas)
    )
    n_pieces, _ = csgraph.connected_components(links, directed=False)
    least = max(LEAST_ZONES, 2 * len(grouping.names), n_pieces)
    if not least <= n_zones < n_areas:
        return None
    maps = random_zonings(
        place[kept],
        n_areas,
        n_zones=n_zones,
        rng=context.case.rng("zonings"),
        n_zonings=context.case.settings.whole("zonings"),
    )
    units = context.lead.by_area[known]
    sums = np.vstack([units, counts[known], counts[known] * indicator[known]])
    return areal_unit_check(
        lambda totals: _ratios(totals, grouping, told.pair), sums, zonings=maps, neutral=1.0
    )


def _ratios(totals: Vector, grouping: Grouping, pair: tuple[int, int]) -> Vector:
    """Return the ratio of rates between classes of zones, cut anew; shape (n_zonings,)."""
    units, people, amount = totals[:, 0], totals[:, 1], totals[:, 2]
    value = np.divide(amount, people, out=np.zeros_like(amount), where=people > 0)
    if grouping.group.breaks:
        inner = np.asarray(grouping.group.breaks, dtype=float)
        classes = np.searchsorted(inner, value, side="right")
    else:
        # As areas are cut: at quantiles of definition 7, equal values never parted.
        inner = np.arange(1, len(grouping.names)) / len(grouping.names)
        cuts = np.quantile(value, inner, axis=1)
        classes = (value[None] > cuts[:, :, None]).sum(axis=0)
    rates = []
    for row in pair:
        inside = classes == row
        living = (people * inside).sum(axis=1)
        held = (units * inside).sum(axis=1)
        rates.append(np.divide(held, living, out=np.full(len(held), np.nan), where=living > 0))
    return np.divide(rates[0], rates[1], out=np.full(len(rates[0]), np.nan), where=rates[1] > 0)


def _finding(context: Context, told: Told, check: ArealUnitCheck) -> Finding:
    verdict = KEEPS if check.same_sign >= FIRMLY else TURNS
    side = "fewer" if check.at_areas < 1 else "more"
    known = context.known(
        **pair_names(told.grouping, told.pair),
        n_maps=check.n_zonings,
        n_zones=check.n_zones,
        n_same=round(check.same_sign * check.n_zonings),
        low=round(check.low, 2),
        high=round(check.high, 2),
        at_areas=round(check.at_areas, 2),
        side=Message(code=f"side.{side}"),
    )
    low, high = min(check.low, check.at_areas), max(check.high, check.at_areas)
    return Finding(
        code=f"zonings.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            Estimate.bound("ratio_zonings", check.at_areas, bounds=(low, high), unit="ratio"),
            Estimate.exact("same_sign", check.same_sign, unit="share"),
            Estimate.exact("maps", check.n_zonings, unit="maps"),
        ),
        caveats=(
            Message(code="caveat.drawn_maps", parameters=known),
            *carried_over(context, told.grouping),
        ),
        sources=context.sources("sites", "areas", "population", "indicators"),
        method=METHOD,
        claims=("M23",),
        bears_on=context.bears_on,
    )
