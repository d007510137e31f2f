"""Put Reach's findings in reading order; what is missing is said, and whom to ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evenground.evidence import Ask, Finding, Message, Verdict
from evenground.frame.areas import Frame, frame
from evenground.frame.origins import origins_of
from evenground.frame.sites import Site, sites_of
from evenground.frame.spending import spending_of
from evenground.frame.unit_sets import (
    UnitSet,
    is_today,
    lead_and_others,
    place,
    unit_sets,
)
from evenground.protocol import Answer, Case, Need
from evenground.questions.reach.access import access_of
from evenground.questions.reach.comparison import Comparison
from evenground.questions.reach.context import Context, Uncounted, common
from evenground.questions.reach.findings.before_and_after import before_and_after
from evenground.questions.reach.findings.bounds import bounds
from evenground.questions.reach.findings.by_access import by_access
from evenground.questions.reach.findings.by_area import by_area
from evenground.questions.reach.findings.by_date import by_date
from evenground.questions.reach.findings.by_distance import by_distance
from evenground.questions.reach.findings.by_group import by_group, headline, tell
from evenground.questions.reach.findings.by_option import by_option
from evenground.questions.reach.findings.counted import counted
from evenground.questions.reach.findings.dispersion import dispersion
from evenground.questions.reach.findings.drawn import drawn
from evenground.questions.reach.findings.elsewhere import elsewhere
from evenground.questions.reach.findings.inequality import inequality
from evenground.questions.reach.findings.money import money
from evenground.questions.reach.findings.parity import parity
from evenground.questions.reach.findings.resited import resited
from evenground.questions.reach.findings.sedt import sedt
from evenground.questions.reach.findings.who_gains import who_gains
from evenground.questions.reach.findings.without_sites import without_sites
from evenground.questions.reach.findings.zonings import zonings
from evenground.questions.reach.history import History, history_of
from evenground.questions.reach.tables import NEEDS

if TYPE_CHECKING:
    import pyarrow as pa


def answer(tables: Mapping[str, pa.Table], case: Case) -> Answer:
    """Answer with what there is."""
    areas = frame(tables, case)
    sites = sites_of(case.places.get("sites"), tables.get("sites"))
    sets = unit_sets(case, sites)
    context = _context(areas, case, sets, tables=tables)
    if context is not None and areas is not None:
        context = replace(context, history=_history(sites, sets, case=case, areas=areas))
    only_today = context is not None and _only_today(context)
    somewhere = any(one.n_places for one in sets)
    unmet = _unmet(areas, has_sites=somewhere and not only_today)
    if context is None:
        return Answer(
            headline=_cannot_tell(case, unmet),
            findings=tuple(without_sites(areas, case)),
            unmet=unmet,
        )
    compared, distances = tell(context), by_distance(context)
    planned = without_sites(areas, case) if _only_today(context) else []
    groups = by_group(context, compared)
    findings = [
        *by_area(context),
        *groups[:1],
        *by_option(context),
        *elsewhere(context, compared),
        *resited(context, origins_of(context.case, context.frame)),
        *distances[:1],
        *_access(context),
        *who_gains(context),
        *_over_time(context),
        *groups[1:],
        *distances[1:],
        *zonings(context, compared),
        counted(context),
        *planned,
        *sedt(context),
    ]
    first = _by_distance(context, distances) or headline(context, compared)
    asked = replace(first, asks=tuple(_asks(case, unmet)))
    return Answer(headline=asked, findings=tuple(findings), unmet=unmet)


def _access(context: Context) -> list[Finding]:
    """Return what residents can get at, how unequal that is, and what these units do to it."""
    origins = origins_of(context.case, context.frame)
    if not len(origins.points):
        return []
    access = access_of(context, origins, context.lead.set)
    return [
        *by_access(context, access),
        *inequality(context, access),
        *before_and_after(context, origins),
        *bounds(context, access),
    ]


def _over_time(context: Context) -> list[Finding]:
    """Return how units and money came to where they are."""
    compared = _compared(context)
    return [
        *by_date(context, compared),
        *parity(context, compared),
        *dispersion(context),
        *drawn(context),
        *money(context),
    ]


def _compared(context: Context) -> tuple[Comparison, ...]:
    """Compare the first grouping's pair at every date."""
    groupings, lead = context.frame.groupings, context.frame.lead
    if context.history is None or not groupings or lead is None:
        return ()
    pair = groupings[0].pairs[0]
    return tuple(
        context.compared(step.stock, groupings[0], lead, pair=pair)
        for step in context.history.steps
    )


def _history(
    sites: Sequence[Site], sets: Sequence[UnitSet], *, case: Case, areas: Frame
) -> History | None:
    """Return how what the dossier speaks of came about, else what stands today."""
    options = [sets[0].option]
    options += [one.option for one in sets if is_today(one, case.initiative)]
    for option in dict.fromkeys(options):
        found = history_of(option, sites, sets, case=case, areas=areas)
        if found is not None:
            return found
    return None


def _only_today(context: Context) -> bool:
    """Tell whether only today's units are known of an initiative that is still to come."""
    initiative = context.case.initiative
    return initiative.stage.is_ahead and is_today(context.lead.set, initiative)


def _by_distance(context: Context, distances: Sequence[Finding]) -> Finding | None:
    """Let distance speak where units cannot be laid over areas with people."""
    if not distances or (context.frame.people is not None and context.frame.has_shapes):
        return None
    first = distances[0]
    missing = Message(code="caveat.only_distance", parameters=context.known())
    return replace(
        first,
        code=f"headline.distance.{first.verdict.code}",
        tables=(),
        figures=(),
        caveats=(*first.caveats, missing),
    )


def _context(
    areas: Frame | None, case: Case, sets: Sequence[UnitSet], *, tables: Mapping[str, pa.Table]
) -> Context | None:
    if areas is None or not sets:
        return None
    tolerance = case.settings.number("tolerance_metres")
    lead, others, earlier = (
        tuple(place(one, areas, tolerance_metres=tolerance) for one in part)
        for part in _parts(sets)
    )
    return Context(
        case=case,
        frame=areas,
        lead=lead[0],
        others=others,
        earlier=earlier,
        uncounted=_uncounted(tables),
        spending=spending_of(
            case.places.get("spending"),
            tables.get("spending"),
            areas,
            currency=case.city.currency,
        ),
    )


def _uncounted(tables: Mapping[str, pa.Table]) -> tuple[Uncounted, ...]:
    """Return the groups without counts, each with the accounts whose role is that group."""
    accounts, groups = tables.get("initiative_accounts"), tables.get("uncounted_groups")
    roles = [row["role"].casefold() for row in accounts.to_pylist()] if accounts else []
    return tuple(
        Uncounted(
            name=row["group"],
            who_knows=row["who_knows"] or "",
            n_accounts=roles.count(row["group"].casefold()),
        )
        for row in (groups.to_pylist() if groups else ())
    )


def _parts(sets: Sequence[UnitSet]) -> tuple[tuple[UnitSet, ...], ...]:
    lead, others, earlier = lead_and_others(sets)
    return (lead,), others, earlier


def _unmet(areas: Frame | None, *, has_sites: bool) -> tuple[Need, ...]:
    """Return the needs that no table meets; today's sites do not meet the need for planned ones."""
    missing = {
        "sites": not has_sites,
        "areas": areas is None,
        "population": areas is None or areas.people is None,
    }
    return tuple(need for need in NEEDS if missing.get(need.table))


def _asks(case: Case, unmet: Sequence[Need]) -> list[Ask]:
    """Say whom to ask for what is missing, and what it would unlock."""
    initiative = case.initiative
    offerer = (
        Message(code="to.offerer", parameters={"name": initiative.offered_by})
        if initiative.offered_by
        else Message(code="to.offerer_unknown")
    )
    to = {"sites": offerer, "areas": Message(code="to.statistics")}
    return [
        Ask(
            to=to.get(need.table, Message(code="to.statistics")),
            what=Message(code=f"ask.{need.table}", parameters=common(case, None)),
            unlocks=Message(code=f"ask.{need.table}.unlocks", parameters=common(case, None)),
            by=initiative.decision.ask_by,
        )
        for need in unmet
    ]


def _cannot_tell(case: Case, missing: Sequence[Need]) -> Finding:
    code = (
        "headline.no_sites"
        if any(need.table == "sites" for need in missing)
        else "headline.no_areas"
    )
    return Finding(
        code=code,
        verdict=Verdict.CANNOT_TELL,
        parameters=common(case, None),
        asks=tuple(_asks(case, missing)),
        claims=("M29",),
    )
