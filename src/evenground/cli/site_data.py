"""What ``evenground site --json`` prints, and the rows of ``--output``: stable, for programs."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, input_data, versions
from evenground.cli.site_facts import SiteReport, chosen, reasons, site_names, turned
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.methods.siting import FrontierPoint, Siting
    from evenground.workspace.siting_effects import Effect
    from evenground.workspace.siting_problem import Reason

SCHEMA = "evenground.site/1"
"""Name and version of what is printed: new keys may come, none changes its meaning."""
_NOT_SETTINGS = ("as_json", "output", "sheet", "decimal")


def site_data(report: SiteReport, speaks: Language, *, written: Path | None) -> dict[str, Any]:
    """Return everything as data, at full precision."""
    from evenground.cli.site_report import sentences

    found, siting = report.found, report.found.siting
    effects = report.effects or ()
    names = report.asked.groups.names
    return {
        "schema": SCHEMA,
        "command": "site",
        "versions": versions(),
        "settings": _settings(report),
        "inputs": input_data(report.asked.tables, speaks),
        "sites": site_names(report, siting.sites),
        **_values(siting),
        "status": siting.status.value,
        "stopped_by": report.stopped_by,
        "work": siting.work,
        "reasons": [_reason(one, speaks) for one in reasons(report)],
        **_totals(report),
        "everybody": _effect(effects[0]) if effects else None,
        "groups": {
            name: _effect(one) for name, one in zip(names, effects[1:], strict=bool(effects))
        },
        "losers": _turned(report, losing=True),
        "gainers": _turned(report, losing=False),
        "today": _today(report),
        "price_of_equity": _price(report),
        "frontier": None
        if found.frontier is None
        else [_point(one, report) for one in found.frontier],
        "chosen": _chosen_data(report),
        "sentences": list(sentences(report, speaks)),
        "output": None if written is None else str(written),
    }


def _settings(report: SiteReport) -> dict[str, Any]:
    """Return every option in force by its name, defaults included, and what they led to."""
    asked, terms = report.asked, report.found.terms
    ways = asked.ways
    said = {
        name.removesuffix("_"): _plain(value)
        for name, value in asked.said.items()
        if name not in _NOT_SETTINGS
    }
    is_kolm_pollak = terms.objective == "kolm-pollak"
    columns = zip(("demand", "candidates"), (ways.demand, ways.candidates), strict=True)
    return as_data(
        {
            **said,
            "groups": [
                {"column": column, "read_as": kind} for column, kind in asked.groups.columns.items()
            ],
            "aversion": terms.aversion if is_kolm_pollak and said["kappa"] is None else None,
            "kappa": terms.kappa if is_kolm_pollak else None,
            "floors": [asdict(row) for row in asked.floors],
            "floors_file": said["floors"],
            "distances": {"kind": ways.kind, "unit": ways.unit or None, "crs": ways.crs or None},
            "crs": ways.crs or None,
            "unit": ways.unit or None,
            "capacities": asked.problem.capacities is not None,
            "columns": {
                name: {key: one.column for key, one in table.wanted.items()}
                for name, table in columns
            },
            "n_demand": ways.demand.n_used,
            "n_candidates": ways.candidates.n_used,
            "sheet": asked.said["sheet"] or None,
            "decimal": asked.said["decimal"] or None,
        }
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    return None if value == "" else value


def _values(siting: Siting) -> dict[str, Any]:
    """Return objective, bound and gap: numbers, or lists where the objective is one.

    Where an answer is proven the two differ by rounding only (1e-9), and are told as the same.
    """
    is_list = siting.levels.size > 0
    objective = siting.levels if is_list else siting.objective
    bound = siting.bounds if is_list else siting.bound
    gap = siting.gap if siting.sites.size else math.nan
    if siting.status == "optimal":
        bound, gap = objective, 0.0
    return {"objective": _finite(objective), "bound": _finite(bound), "gap": _finite(gap)}


def _finite(value: Any) -> Any:
    """Return a number or a list of them; ``None`` where there is none, or no end in sight."""
    if hasattr(value, "tolist"):
        return [_finite(one) for one in value.tolist()]
    return float(value) if math.isfinite(value) else None


def _totals(report: SiteReport) -> dict[str, Any]:
    """Return the unit of the objective, and total and mean cost, whatever the objective."""
    from evenground.workspace.one_siting import OBJECTIVES

    objective = OBJECTIVES[report.found.terms.objective]
    unit = report.asked.ways.unit
    known = {"people": "people", "cost": unit, "people_cost": f"people × {unit}" if unit else ""}
    everybody = report.effects[0] if report.effects else None
    mean = everybody.after.mean if everybody else math.nan
    return as_data(
        {
            "objective_unit": known[objective.unit] or None,
            "more_is_better": objective.more_is_better,
            "total_cost": mean * everybody.people if everybody else math.nan,
            "mean_cost": mean,
        }
    )


def _effect(one: Effect) -> dict[str, Any]:
    """Return what changes for a group: before, after and their difference."""
    before, after = one.before, one.after
    told: dict[str, Any] = {"people": one.people}
    for name, now, then in (
        ("mean", after.mean, before and before.mean),
        ("covered", after.covered, before and before.covered),
        ("unreached", after.unreached, before and before.unreached),
    ):
        told[f"{name}_before"] = then
        told[f"{name}_after"] = now
        told[f"{name}_change"] = None if now is None or then is None else _difference(now, then)
    return as_data({**told, "gaining": one.gaining, "losing": one.losing, "same": one.same})


def _difference(now: float, then: float) -> float:
    return math.nan if math.isinf(now) and math.isinf(then) else now - then


def _turned(report: SiteReport, *, losing: bool) -> list[dict[str, Any]]:
    """Return the places whose cost rises (or falls), in the order of the file of demand."""
    import numpy as np

    where = turned(report, losing=losing)
    if where is None:
        return []
    found = report.found
    names, people = report.asked.ways.demand.texts("id"), report.people
    then = found.before if found.before is not None else people
    return as_data(
        [
            {
                "id": names[at],
                "weight": float(people[at]),
                "before": float(then[at]),
                "after": float(found.siting.cost[at]),
            }
            for at in np.flatnonzero(where).tolist()
        ]
    )


def _today(report: SiteReport) -> dict[str, Any] | None:
    """Return the sites of today and what they achieve, and what opens and closes."""
    import numpy as np

    asked, found = report.asked, report.found
    if asked.today is None:
        return None
    standing = np.flatnonzero(asked.today)
    chosen = found.siting.sites
    worth = found.today if found.today is not None else np.array([np.nan])
    return {
        "sites": site_names(report, standing),
        "objective": _finite(
            worth if found.terms.objective == "lexicographic" else float(worth[0])
        ),
        "opened": site_names(report, np.setdiff1d(chosen, standing)),
        "closed": site_names(report, np.setdiff1d(standing, chosen)) if chosen.size else [],
        "room_for_everybody": found.today_serves,
    }


def _price(report: SiteReport) -> dict[str, Any] | None:
    """Return what the answer costs in efficiency, and the efficient sites."""
    found = report.found
    if found.price is None:
        return None
    return as_data(
        {
            **asdict(found.price),
            "efficient": {
                "sites": site_names(report, found.efficient.sites),
                **_values(found.efficient),
                "status": found.efficient.status.value,
            },
        }
    )


def _point(point: FrontierPoint, report: SiteReport) -> dict[str, Any]:
    """Return a point of the frontier; objective and bound are the total, people times cost."""
    total = float(report.people.sum())
    return as_data(
        {
            "limit": None if math.isinf(point.limit) else point.limit,
            "worst_group_mean": point.worst,
            **_values(point.siting),
            "mean_cost": point.siting.objective / total,
            "status": point.siting.status.value,
            "sites": site_names(report, point.siting.sites),
        }
    )


def _chosen_data(report: SiteReport) -> list[dict[str, Any]]:
    return as_data(
        [
            {
                "id": one.name, "state": one.state, "today": one.today, "people": one.people,
                "mean_cost": one.mean, **one.cells,
            }
            for one in chosen(report)
        ]
    )  # fmt: skip


def _reason(one: Reason, speaks: Language) -> dict[str, Any]:
    from evenground.workspace.telling_problems import tell

    told = tell(one.problem, speaks)
    return {
        "code": one.problem.code,
        "what": told.what,
        "rule": told.rule,
        "way_out": told.way_out,
        "places": list(one.places),
        "n_places": one.n_places,
        "people": one.people,
    }


def places_csv(report: SiteReport) -> str:
    """Return a row for each place: its row in the file, name, people, site, cost, cost today."""
    asked, found = report.asked, report.found
    table, siting = asked.ways.demand, found.siting
    sites = asked.ways.candidates.texts("id")
    names, people = table.texts("id"), report.people
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    then = ["cost_today", "change"] if found.before is not None else []
    writer.writerow(["row", table.wanted["id"].column, "people", "site", "cost", *then])
    for at in range(table.n_used):
        now = float(siting.cost[at])
        numbers = [now]
        if found.before is not None:
            before = float(found.before[at])
            numbers += [before, _difference(now, before)]
        site = sites[int(siting.site[at])] if siting.site[at] >= 0 else ""
        cells = [repr(one) if math.isfinite(one) else "" for one in numbers]
        writer.writerow([int(table.rows[at]), names[at], repr(float(people[at])), site, *cells])
    return written.getvalue()
