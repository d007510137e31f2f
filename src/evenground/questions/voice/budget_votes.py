"""Votes on a budget, from rows of tables: the election, the rule, what was announced, who voted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.errors import UsageError
from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.ballot_points import ballot_points
from evenground.questions.voice.large_tables import listed, places_of, texts, where
from evenground.questions.voice.measures.budgeting.announced import Announced
from evenground.questions.voice.measures.budgeting.election import Ballots, Election, grouped
from evenground.questions.voice.measures.budgeting.group_profile import age_bands
from evenground.questions.voice.measures.budgeting.limits import Limits
from evenground.questions.voice.measures.budgeting.named_rules import Counting
from evenground.questions.voice.measures.budgeting.tie_order import tie_order

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]
AGE = "age"
ATTRIBUTES = (AGE, "sex", "district")
APPROVING, WITH_POINTS = ("approval", "choose-1"), ("cumulative", "scoring")
MONEY_PARTS = 100
"""Costs are counted in hundredths of the currency where one of them is not whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetVote:
    """One vote.

    Attributes
    ----------
    vote, title
        Its code and what it is called.
    election
        Projects, budget and ballots.
    names, length m
        What projects are called.
    districts, length m
        District of each project; ``None`` for the whole city.
    counting
        The rule that was to be used.
    announced
        What was announced; ``None`` where nothing was.
    voters
        Attributes that were asked, by name, each of length n_voters; ages in bands.
    methods, length n_voters
        Ways of voting; empty where they are not known.
    vote_type
        What ballots say: approvals, one project, points or an order.
    """

    vote: str
    title: str
    election: Election
    names: tuple[str, ...]
    districts: tuple[str | None, ...]
    counting: Counting
    announced: Announced | None
    voters: Mapping[str, Sequence[str | None]]
    methods: Sequence[str | None]
    vote_type: str = "approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A vote that cannot be counted, and the error that says why."""

    vote: str
    title: str
    error: UsageError


def budget_votes(
    votes: Sequence[Row], projects: Sequence[Row], ballots: pa.Table | None
) -> tuple[BudgetVote | Unreadable, ...]:
    """Return the votes of an initiative, in the order of their table.

    Parameters
    ----------
    votes, projects
        Rows of ``budget_votes`` and ``ballot_projects``.
    ballots
        The table of that name, which may have a row for each of many voters.
    """
    found: list[BudgetVote | Unreadable] = []
    for row in votes:
        code = row["vote"]
        own = sorted((one for one in projects if one["vote"] == code), key=_place)
        title = row.get("name") or code
        try:
            if ballots is None:
                raise _empty(row)
            found.append(_vote(row, own, where(ballots, "vote", code)))
        except UsageError as error:
            found.append(Unreadable(vote=code, title=title, error=error))
    return tuple(found)


def _place(row: Row) -> tuple[bool, int, str]:
    """Return where a project stands in the list: as stated, and then by its code."""
    place = row.get("place")
    return place is None, place or 0, row["project_id"]


def _vote(row: Row, projects: Sequence[Row], ballots: pa.Table) -> BudgetVote:
    election = _election(row, projects, ballots)
    out = tuple(at for at, one in enumerate(projects) if one.get("takes_part") is False)
    return BudgetVote(
        vote=row["vote"],
        title=row.get("name") or row["vote"],
        election=election,
        names=tuple(one.get("name") or one["project_id"] for one in projects),
        districts=tuple(one.get("district") or None for one in projects),
        counting=Counting(
            rule=row.get("rule") or "greedy",
            satisfaction=row.get("satisfaction") or "cost",
            completion=row.get("completion") or "none",
            threshold=row.get("threshold"),
            limits=Limits(left_out=out),
            ties=tie_order(election, row.get("ties") or "listed"),
        ),
        announced=_announced(projects),
        voters=_voters(ballots),
        methods=_known(texts(ballots, "voting_method")),
        vote_type=row.get("vote_type") or "approval",
    )


def _election(row: Row, projects: Sequence[Row], ballots: pa.Table) -> Election:
    if not projects or not ballots.num_rows:
        raise _empty(row)
    costs = [Fraction(str(one["cost"])) for one in projects]
    budget = Fraction(str(row["budget"]))
    scale = 1 if all(one.denominator == 1 for one in (*costs, budget)) else MONEY_PARTS
    names = [one["project_id"] for one in projects]
    return grouped(
        names,
        [_whole(one, scale) for one in costs],
        budget=_whole(budget, scale),
        scale=scale,
        ballots=_ballots(ballots, names, row.get("vote_type") or "approval"),
    )


def _ballots(ballots: pa.Table, names: list[str], vote_type: str) -> Ballots:
    items, rows = listed(ballots, "choices")
    indices = places_of(items, names)
    unknown = np.flatnonzero(indices < 0)
    if unknown.size:
        raise wrong(
            "choice_unknown",
            N_("ballot {voter} names project {project}, which is not in ballot_projects"),
            voter=ballots["voter_id"][int(rows[unknown[0]])].as_py(),
            project=items[int(unknown[0])].as_py(),
        )
    lengths = np.bincount(rows, minlength=ballots.num_rows)
    if vote_type == "choose-1" and (lengths > 1).any():
        at = int(np.argmax(lengths > 1))
        raise wrong(
            "choices_many",
            N_("ballot {voter} names {n} projects, where one is to be chosen"),
            voter=ballots["voter_id"][at].as_py(),
            n=int(lengths[at]),
        )
    points, scale = None, 1
    if vote_type in WITH_POINTS:
        points, scale = ballot_points(ballots, lengths)
    return Ballots(
        indptr=np.append(0, np.cumsum(lengths)),
        indices=indices,
        points=points,
        points_scale=scale,
        ordered=vote_type == "ordinal",
    )


def _empty(row: Row) -> UsageError:
    return wrong("vote_empty", N_("vote {vote} has no projects or no ballots"), vote=row["vote"])


def _whole(amount: Fraction, scale: int) -> int:
    if (amount * scale).denominator != 1:
        raise wrong(
            "money_parts",
            N_("{amount} is no whole number of hundredths of the currency"),
            amount=str(float(amount)),
        )
    return int(amount * scale)


def _announced(projects: Sequence[Row]) -> Announced | None:
    said = [one.get("announced") for one in projects]
    if all(one is None for one in said):
        return None
    return Announced(funded=tuple(at for at, one in enumerate(said) if one))


def _voters(ballots: pa.Table) -> dict[str, Sequence[str | None]]:
    """Return the attributes that are known of somebody."""
    ages = ballots[AGE].to_pylist() if AGE in ballots.column_names else []
    found: dict[str, Sequence[str | None]] = {AGE: age_bands(ages)}
    found |= {name: texts(ballots, name) for name in ATTRIBUTES if name != AGE}
    return {name: values for name, values in found.items() if _known(values)}


def _known(values: Sequence[str | None]) -> Sequence[str | None]:
    """Return values; nothing where none of them is known."""
    return [] if all(one is None for one in values) else values
