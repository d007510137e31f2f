"""Whether a count was fair: who was entitled to more, who got nothing; in words and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evenground.cli.wording import count as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.evidence import Message
    from evenground.questions.voice.measures.budgeting.ejr_plus import EntitledGroup
    from evenground.questions.voice.measures.budgeting.group_profile import GroupProfile
    from evenground.workspace.polls.counting import CountFound

SMALL = 10
"""Counts of voters below this are hidden where they are told by age, sex or area."""
MOST_GROUPS = 3
"""Groups that are told by age, sex and area."""


def told(said: Sequence[Message], speaks: Language) -> list[str]:
    """Return messages on a count in words."""
    from evenground.questions.voice.wording.counting import COUNTING
    from evenground.workspace.telling import Teller

    teller = Teller(COUNTING, speaks)
    return [teller.message(one) for one in said]


def fair_sentences(found: CountFound, speaks: Language) -> list[str]:
    """Return what is said of fairness."""
    from evenground.questions.voice.findings.count_reasons import entitled, profile, spread_out

    said: list[Message] = []
    confirmed = found.ejr_plus_confirmed
    if confirmed is not False:
        said += entitled(found.poll.election, found.ejr_plus, found.poll.titles, most=1)
        groups = found.ejr_plus.groups[:1] if found.ejr_plus else ()
        for group in groups:
            said += [profile(attribute, one) for attribute, one in profiles(found, group)]
    sentences = told(said, speaks)
    if confirmed is not None:
        sentences.append(speaks.text(words.CONFIRMED[confirmed]))
    return sentences + told(spread_out(found.exclusion, found.spread), speaks)


def fair_data(found: CountFound, speaks: Language) -> dict[str, Any]:
    """Return the same as data."""
    exclusion, spread = found.exclusion, found.spread
    return {
        "ejr_plus": _ejr_plus(found, speaks),
        "exclusion": {
            "n_excluded": exclusion.n_excluded,
            "n_empty": exclusion.n_empty,
            "n_voters": exclusion.n_voters,
            "ratio": exclusion.ratio,
        },
        "funded_approvals": {"mean": spread.mean, "gini": spread.gini},
    }


def _ejr_plus(found: CountFound, speaks: Language) -> dict[str, Any]:
    from evenground.questions.voice.findings.count_reasons import entitled

    election, checked = found.poll.election, found.ejr_plus
    sentences = told(entitled(election, checked, found.poll.titles), speaks)
    nothing: dict[str, Any] = {"holds": None, "groups": [], "confirmed": found.ejr_plus_confirmed}
    if checked is None or not checked.defined:
        return {"defined": False, **nothing, "sentences": sentences}
    if not found.ejr_plus_confirmed:
        return {"defined": True, **nothing, "sentences": [speaks.text(words.CONFIRMED[False])]}
    return {
        "defined": True,
        "holds": checked.holds,
        "confirmed": found.ejr_plus_confirmed,
        "satisfaction": checked.satisfaction,
        "n_checked": checked.n_checked,
        "groups": [
            _group(found, group, with_profile=number < MOST_GROUPS)
            for number, group in enumerate(checked.groups)
        ],
        "sentences": sentences,
    }


def _group(found: CountFound, group: EntitledGroup, *, with_profile: bool) -> dict[str, Any]:
    from evenground.workspace.polls.counting import money

    election = found.poll.election
    by_cost = found.ejr_plus is not None and found.ejr_plus.satisfaction == "cost"
    told_of = profiles(found, group) if with_profile else []
    return {
        "project": election.projects[group.project],
        "name": found.poll.titles[group.project],
        "n_voters": group.n_voters,
        "share_of_budget": money(group.share, election.scale),
        "most_satisfied_member_has": money(group.most, election.scale) if by_cost else group.most,
        "entitled_to_more_than": money(group.due, election.scale) if by_cost else float(group.due),
        "who": {
            attribute: [
                {"category": row.category, "n_group": row.n_group, "n_voters": row.n_voters}
                for row in one.rows
            ]
            for attribute, one in told_of
        },
    }


def profiles(found: CountFound, group: EntitledGroup) -> list[tuple[str, GroupProfile]]:
    """Return who a group is by age, sex and area, as far as ballots say; small counts hidden."""
    import numpy as np

    from evenground.questions.voice.measures.budgeting.group_profile import group_profile

    if group.n_voters < SMALL:
        return []
    members = np.isin(found.poll.election.ballot_of, group.ballots)
    return [
        (attribute, group_profile(members, categories=categories, threshold=SMALL))
        for attribute, categories in _attributes(found)
    ]


def _attributes(found: CountFound) -> list[tuple[str, Sequence[str | None]]]:
    from evenground.questions.voice.measures.budgeting.group_profile import age_bands

    voters = found.poll.voters
    known: list[tuple[str, Sequence[str | None]]] = []
    if "age" in voters:
        ages = [int(age) if age and age.isdecimal() else None for age in voters["age"]]
        known.append(("age", age_bands(ages)))
    known += [(name, voters[name]) for name in ("sex", "neighborhood") if name in voters]
    return known
