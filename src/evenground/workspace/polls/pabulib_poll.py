"""From a Pabulib file to a poll."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy as np

from evenground.connectors.pabulib.amounts import amount, common_scale
from evenground.connectors.pabulib.checks.countable import hindrances
from evenground.connectors.pabulib.document import WITHDRAWN_COST, PabulibFile
from evenground.connectors.pabulib.parsed import WITH_POINTS, Parsed, parsed
from evenground.errors import InvalidInputError, Severity
from evenground.methods.validation import Whole
from evenground.questions.voice.measures.budgeting.election import Ballots, grouped
from evenground.workspace.polls.poll import BallotLimits, PlannedCap, Poll

_MONEY = ("budget", "min_sum_cost", "max_sum_cost")
_ID_COLUMNS = ("voter_id", "vote", "points")
_NOT_KNOWN = ("", "none", "nan")


def pabulib_poll(file: PabulibFile) -> Poll:
    """Return a file as a poll.

    Raises
    ------
    InvalidInputError
        If something stands in the way of counting: with every problem, each with its line.
    """
    data = parsed(file)
    problems = tuple(hindrances(data))
    if problems:
        raise InvalidInputError(*problems)
    costs = [cost for cost in data.costs if cost is not None]
    scale = common_scale([*costs, *_amounts(data)])
    ballots = _ballots(data)
    election = grouped(
        data.ids,
        [int(cost * scale) for cost in costs],
        budget=int((data.budget or Decimal(0)) * scale),
        ballots=ballots,
        scale=scale,
    )
    lists = {
        name: tuple(_items(text) for text in file.projects.texts(name))
        for name in ("category", "beneficiaries")
    }
    if file.projects.has("target") and not file.projects.has("beneficiaries"):
        lists["beneficiaries"] = tuple(_items(text) for text in file.projects.texts("target"))
    return Poll(
        file=file.file,
        election=election,
        vote_type=data.vote_type,
        rule=file.value("rule"),
        titles=_titles(data),
        categories=lists["category"],
        beneficiaries=lists["beneficiaries"],
        neighbourhoods=tuple(file.projects.texts("neighborhood")),
        districts=tuple(file.projects.texts("district")),
        selected=tuple(
            int(text) if text in {"0", "1", "2", "3"} else None
            for text in file.projects.texts("selected")
        ),
        withdrawn=tuple(at for at, cost in enumerate(costs) if cost == WITHDRAWN_COST),
        threshold=_whole(data, "min_project_score_threshold", ballots.points_scale),
        fully_funded=file.value("fully_funded") == "1",
        caps=(
            *_caps(data, lists["category"], "category", scale),
            *_neighbourhood_caps(data, scale),
        ),
        leftover=file.value("leftover_budget"),
        ballot_limits=_limits(data, scale, ballots.points_scale),
        voters=_voters(file),
        voter_ids=tuple(file.votes.texts("voter_id")),
        lacks=tuple(found for found in file.problems if found.severity is Severity.NOTE),
        warnings=tuple(found for found in file.problems if found.severity is not Severity.NOTE),
        meta=MappingProxyType({line.key.strip(): (line.value or "").strip() for line in file.meta}),
    )


def _amounts(data: Parsed) -> list[Decimal]:
    """Return every other amount of money in META, so that all of them are whole in one unit."""
    listed = [data.file.value(f"budget_per_{name}") for name in ("category", "neighborhood")]
    texts = [data.file.value(key) for key in _MONEY] + [
        part for text in listed for part in text.split(",")
    ]
    return [value for text in texts if (value := amount(text)) is not None]


def _ballots(data: Parsed) -> Ballots:
    """Return the ballots; in scoring, projects that a voter left out get the default score."""
    scored = data.vote_type in WITH_POINTS and data.points is not None
    points = data.points.values if scored and data.points is not None else None
    scale = data.points.scale if scored and data.points is not None else 1
    indptr, indices = data.votes.starts, data.at
    default = data.number("default_score") if data.vote_type == "scoring" else None
    if default and points is not None:
        scale = max(scale, common_scale([default]))
        if data.points is not None:
            points = points * (scale // data.points.scale)
        indptr, indices, points = _filled(data, points, int(default * scale))
    return Ballots(
        indptr=indptr,
        indices=indices,
        points=points,
        points_scale=scale,
        ordered=data.vote_type == "ordinal",
    )


def _filled(data: Parsed, points: Whole, default: int) -> tuple[Whole, Whole, Whole]:
    n_voters, n_projects = data.lengths.size, len(data.ids)
    table = np.full((n_voters, n_projects), default, dtype=np.int64)
    table[data.voters, data.at] = points
    indptr = np.arange(n_voters + 1, dtype=np.int64) * n_projects
    return indptr, np.tile(np.arange(n_projects, dtype=np.int64), n_voters), table.ravel()


def _titles(data: Parsed) -> tuple[str, ...]:
    named = data.file.projects.texts("name")
    return tuple(name or key for name, key in zip(named, data.ids, strict=True))


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


def _whole(data: Parsed, key: str, scale: int) -> int | None:
    value = data.number(key)
    return None if value is None else int(value * scale)


def _limits(data: Parsed, scale: int, points_scale: int) -> BallotLimits:
    return BallotLimits(
        min_length=_whole(data, "min_length", 1),
        max_length=_whole(data, "max_length", 1),
        min_cost=_whole(data, "min_sum_cost", scale),
        max_cost=_whole(data, "max_sum_cost", scale),
        min_points=_whole(data, "min_points", points_scale),
        max_points=_whole(data, "max_points", points_scale),
        min_total=_whole(data, "min_sum_points", points_scale),
        max_total=_whole(data, "max_sum_points", points_scale),
    )


def _caps(
    data: Parsed, labels: tuple[tuple[str, ...], ...], kind: str, scale: int
) -> tuple[PlannedCap, ...]:
    """Return the caps of META: names and amounts stand in two lists of the same order."""
    plural = {"category": "categories", "neighborhood": "neighborhoods"}[kind]
    names = _items(data.file.value(plural))
    amounts = [amount(part) for part in _items(data.file.value(f"budget_per_{kind}"))]
    if not names or len(names) != len(amounts):
        return ()
    return tuple(
        PlannedCap(
            name=name,
            members=tuple(at for at, given in enumerate(labels) if name in given),
            most=int(most * scale),
        )
        for name, most in zip(names, amounts, strict=True)
        if most is not None
    )


def _neighbourhood_caps(data: Parsed, scale: int) -> tuple[PlannedCap, ...]:
    labels = tuple((text,) for text in data.file.projects.texts("neighborhood"))
    return _caps(data, labels, "neighborhood", scale)


def _voters(file: PabulibFile) -> Mapping[str, tuple[str | None, ...]]:
    known: dict[str, Any] = {}
    for name in file.votes.fields:
        if name not in _ID_COLUMNS:
            texts = file.votes.texts(name)
            known[name] = tuple(None if text.lower() in _NOT_KNOWN else text for text in texts)
    return MappingProxyType(known)
