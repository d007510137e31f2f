"""From what was worked out where the data are to the audit of each dataset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from evenground.evidence import Figure
from evenground.frame.areas import Frame, frame
from evenground.protocol import Case, DatasetCard
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.covering import reached
from evenground.questions.data.dataset_checks import Looked, looked_at
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.exposing import exposure_checks, exposure_of
from evenground.questions.data.facts_of import Given, facts_of
from evenground.questions.data.figures.availability import availability
from evenground.questions.data.figures.availability_strip import availability_strip
from evenground.questions.data.figures.flagged_days import flagged_days
from evenground.questions.data.figures.named import named
from evenground.questions.data.figures.sensor_days import sensor_days
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.plan import sheet_of
from evenground.questions.data.predicting import judged_of, prediction_checks
from evenground.questions.data.purposes.judge import judge
from evenground.questions.data.purposes.measures import measures_of
from evenground.questions.data.purposes.model import PURPOSES, PurposeRule
from evenground.questions.data.purposes.rules import in_force, rules_of

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is around a dataset: the case, areas with their people, what purposes ask."""

    case: Case
    frame: Frame | None
    rules: tuple[PurposeRule, ...]
    purposes: tuple[str, ...] = PURPOSES


def context_of(tables: Tables, case: Case) -> Context:
    """Audit every dataset, and lay out what findings are made from."""
    around = around_of(tables, case)
    audits, absent = [], []
    for key, card in case.datasets.items():
        if card.n_rows is None:
            absent.append(card.title)
        else:
            audits.append(audit_of(key, tables, card, around))
    return Context(
        case=case,
        tables=tables,
        audits=tuple(audits),
        absent=tuple(absent),
        frame=around.frame,
    )


def around_of(tables: Tables, case: Case, purposes: Sequence[str] = PURPOSES) -> Around:
    """Return what is around the datasets of a case."""
    own = tables["purpose_rules"].to_pylist() if "purpose_rules" in tables else []
    return Around(
        case=case,
        frame=frame(tables, case) if "areas" in case.places else None,
        rules=rules_of(own)[0],
        purposes=tuple(purposes),
    )


def audit_of(key: str, tables: Tables, card: DatasetCard, around: Around) -> DatasetAudit:
    """Return the audit of one dataset.

    Parameters
    ----------
    key
        Of the dataset.
    tables
        What ``plan`` asked for, by name.
    card, around
        What is known of the dataset beside its rows, and what is around it.
    """
    sheet = sheet_of(card)
    prefix = f"datasets/{key}/"
    own = {
        name.removeprefix(prefix): one for name, one in tables.items() if name.startswith(prefix)
    }
    looked = looked_at(own, card, sheet, around.case, around.frame)
    judged = judged_of(own, sheet.roles, around.case, card.title)
    exposure = exposure_of(own, card, sheet.roles, around.case, around.frame)
    checks = _ordered(
        (
            *looked.checks,
            *exposure_checks(exposure, sheet.roles, card),
            *prediction_checks(judged, sheet.roles, card),
        )
    )
    given = card.has_datasheet
    found = reached(looked, sheet.roles, around.case, around.frame)
    facts = facts_of(
        Given(
            own=own, card=card, looked=looked, sheet=sheet if given else None, roles=sheet.roles,
            reached=found, case=around.case, frame=around.frame,
        )
    )  # fmt: skip
    measures = measures_of(facts)
    verdicts = judge(
        measures,
        in_force(
            around.rules,
            datasheet=sheet,
            disclosure_threshold=around.case.settings.whole("disclosure_threshold"),
        ),
        purposes=around.purposes,
        datasheet=sheet if given else None,
    )
    return DatasetAudit(
        key=key,
        title=card.title,
        n_rows=card.n_rows or 0,
        n_columns=len(card.columns),
        roles=sheet.roles,
        datasheet=sheet,
        datasheet_given=given,
        period=_period(sheet, looked),
        guessed=card.guessed,
        sources=card.sources,
        problems=card.problems,
        checks=checks,
        measures={one.name: one for one in measures},
        verdicts={one.purpose: one for one in verdicts},
        figures=tuple(named(one, key) for one in _figures(looked, checks.values())),
        series=looked.series,
        held=looked.held,
        reached=found,
        judged=judged,
        exposure=exposure,
    )


ORDER: tuple[str, ...] = (
    "unmeasured_zeros", "gaps", "nulls", "duplicates", "stuck_runs", "zero_runs", "sentinels",
    "out_of_range", "spikes", "rate_of_change", "saturation", "unit_jumps", "drift",
    "level_shifts", "resolution_changes", "colocated_disagreement", "order_inversions",
    "late_arrivals", "daylight_saving", "impossible_dates", "nonexistent_times",
    "ambiguous_times", "clock_shifts", "repeated_ids", "missing_ids", "repeated_rows",
    "coordinate_faults", "missing_coordinates", "outside_city", "moved_sites", "boundary_points",
)  # fmt: skip
"""In which order checks are told; others follow in the order in which they were made."""


def _ordered(checks: Iterable[Check]) -> dict[str, Check]:
    found = {check.name: check for check in checks}
    first = [name for name in ORDER if name in found]
    return {name: found[name] for name in (*first, *(n for n in found if n not in first))}


def _period(sheet: Datasheet, looked: Looked) -> tuple[date, date] | None:
    if looked.ends is not None:
        first, last = (BEGINNING + timedelta(microseconds=end) for end in looked.ends)
        return first.date(), last.date()
    if sheet.starts_on and sheet.ends_on:
        return sheet.starts_on, sheet.ends_on
    return None


def _figures(looked: Looked, checks: Iterable[Check]) -> tuple[Figure, ...]:
    if looked.series is None:
        return ()
    found: list[Figure] = []
    there = availability(looked.series)
    if there is not None:
        found.append(availability_strip(there))
    days = sensor_days(looked.series, checks)
    if days is not None:
        found.append(flagged_days(days))
    return tuple(found)
