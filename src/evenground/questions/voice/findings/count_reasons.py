"""What is said of each project, and of how voters fared, after a count: messages, no text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evenground.evidence import Message, Parameter
from evenground.questions.voice.measures.budgeting.ejr_plus import EjrPlus, EntitledGroup
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.endowment_interval import EndowmentInterval
from evenground.questions.voice.measures.budgeting.exclusion_ratio import Exclusion
from evenground.questions.voice.measures.budgeting.group_profile import GroupProfile
from evenground.questions.voice.measures.budgeting.reasons import ProjectReason
from evenground.questions.voice.measures.budgeting.spread import Spread
from evenground.questions.voice.measures.budgeting.steadiness import (
    GroupCount,
    Steadiness,
    TieEffect,
)

_TOLD_BESIDE = ("why.funded", "why.funded.completion", "why.too_dear")
_COMPLETIONS = ("utilitarian", "leftover", "reserve")


def why(election: Election, reason: ProjectReason, names: Sequence[str]) -> tuple[Message, ...]:
    """Return the sentences on one project, the most telling first.

    Parameters
    ----------
    election
        For its unit of money.
    reason
        What is known of the project.
    names, length m
        What projects are called in sentences.
    """
    said = [_won(election, reason) if reason.fate == "funded" else _lost(election, reason)]
    if reason.fate == "funded":
        return tuple(said)
    if reason.took:
        project, money = reason.took[0]
        told = {"project": names[project], "money": money / election.scale}
        said.append(Message(code="why.took", parameters=told))
    if reason.winning_price is not None:
        price = {"price": reason.winning_price / election.scale}
        code = "why.price" if reason.counted_again else "why.price.at_end"
        said.append(Message(code=code, parameters=price))
    elif reason.counted_again:
        said.append(Message(code=_no_price(reason)))
    if reason.more_votes is not None and reason.by is not None:
        code = f"why.votes.{reason.by}" if reason.counted_again else "why.votes.at_end"
        said.append(Message(code=code, parameters={"n": reason.more_votes}))
    return tuple(said)


def beside_numbers(said: Sequence[Message]) -> tuple[Message, ...]:
    """Return sentences on one project for a table that holds its votes and its cost already."""
    short = {code: f"why.beside.{code.removeprefix('why.')}" for code in _TOLD_BESIDE}
    left = said[0].parameters.get("left") if said[0].code == "why.too_dear" else None
    return tuple(
        replace(one, code=short.get(one.code, one.code))
        for one in said
        # What was left is said already.
        if one.code != "why.price" or one.parameters["price"] != left
    )


def _no_price(reason: ProjectReason) -> str:
    """Return what is said where no lower cost would have been enough."""
    if reason.fate == "stopped":
        return "why.price.stopped"
    return "why.price.nothing_left" if reason.left == 0 else "why.price.none"


def _won(election: Election, reason: ProjectReason) -> Message:
    known: dict[str, Parameter] = {
        "place": reason.place,
        "n": reason.votes,
        "cost": reason.cost / election.scale,
    }
    if reason.phase in _COMPLETIONS:
        return Message(code="why.funded.completion", parameters=known)
    if reason.price is None:
        return Message(code="why.funded", parameters=known)
    price = float(reason.price / election.scale)
    return Message(code="why.funded.paid", parameters={**known, "price": price})


def _lost(election: Election, reason: ProjectReason) -> Message:
    known: dict[str, Parameter] = {"n": reason.votes}
    if reason.left is not None:
        known["left"] = reason.left / election.scale
    if reason.missing is not None:
        known["missing"] = reason.missing / election.scale
    enough = reason.fate == "money_gone" and reason.missing is None
    code = "why.money_gone.enough" if enough else f"why.{reason.fate}"
    return Message(code=code, parameters=known)


def entitled(
    election: Election, found: EjrPlus | None, names: Sequence[str], *, most: int = 3
) -> tuple[Message, ...]:
    """Return the sentences on EJR+; ``None`` where the rule states no utilities of its own."""
    if found is None or not found.defined:
        why_not = "rule" if found is None else "ballots"
        reason = Message(code=f"fair.undefined.{why_not}")
        return (Message(code="fair.undefined", parameters={"why": reason}),)
    worth = Message(code=f"fair.worth.{found.satisfaction}")
    if not found.groups:
        return (Message(code="fair.holds", parameters={"worth": worth}),)
    told = {"n": len(found.groups), "worth": worth}
    groups = [
        _group(election, group, names[group.project], by_cost=found.satisfaction == "cost")
        for group in found.groups[:most]
    ]
    return (Message(code="fair.fails", parameters=told), *groups)


def _group(election: Election, group: EntitledGroup, name: str, *, by_cost: bool) -> Message:
    known: dict[str, Parameter] = {
        "n": group.n_voters,
        "project": name,
        "share": float(group.share / election.scale),
    }
    if not group.most:
        return Message(code="fair.group.nothing", parameters=known)
    most = (
        Message(code="fair.most.cost", parameters={"money": group.most / election.scale})
        if by_cost
        else Message(code="fair.most.cardinality", parameters={"n": group.most})
    )
    return Message(code="fair.group", parameters={**known, "most": most})


def profile(attribute: Parameter, found: GroupProfile) -> Message:
    """Return the sentence on who a group is, by one attribute."""
    parts: list[Parameter] = []
    for row in found.rows:
        if row.n_group == 0:
            continue  # nobody of the group
        hidden = row.n_group is None
        category = Message(code="fair.profile.unknown") if row.category is None else row.category
        count = Message(code="fair.profile.hidden") if hidden else str(row.n_group)
        told: dict[str, Parameter] = {"category": category, "count": count}
        parts.append(Message(code="fair.profile.part", parameters=told))
    return Message(code="fair.profile", parameters={"attribute": attribute, "parts": tuple(parts)})


def hidden_note(said: Sequence[Message]) -> tuple[Message, ...]:
    """Return the sentence on counts that are not told, where one is left out."""
    counts = (
        part.parameters["count"]
        for one in said
        for part in one.parameters["parts"]
        if isinstance(part, Message)
    )
    left_out = any(isinstance(count, Message) for count in counts)
    return (Message(code="fair.hidden"),) if left_out else ()


def spread_out(exclusion: Exclusion, spread: Spread) -> tuple[Message, ...]:
    """Return the sentences on who got nothing, and how even it was."""
    said = [
        Message(
            code="fair.excluded",
            parameters={"n": exclusion.n_excluded, "all": exclusion.n_voters - exclusion.n_empty},
        )
    ]
    if spread.gini is not None:
        told: Mapping[str, Parameter] = {"gini": spread.gini, "mean": spread.mean}
        said.append(Message(code="fair.gini", parameters=told))
    return tuple(said)


def steady(found: Steadiness, names: Sequence[str], funded: Sequence[int]) -> Message:
    """Return the sentence on ballots left out."""
    known = {"n": found.n_left_out, "n_draws": found.n_draws}
    changed = found.n_draws - found.n_same
    if not changed:
        return Message(code="steady.same", parameters=known)
    if not funded:
        return Message(code="steady.changed.none", parameters={**known, "changed": changed})
    least = min(funded, key=lambda place: int(found.wins[place]))
    return Message(
        code="steady.changed",
        parameters={
            **known,
            "changed": changed,
            "project": names[least],
            "wins": int(found.wins[least]),
        },
    )


def tied(found: TieEffect, names: Sequence[str]) -> Message:
    """Return the sentence on ties."""
    if not found.n_tied:
        return Message(code="steady.ties.none")
    if not found.gain and not found.lose:
        return Message(code="steady.ties.same", parameters={"n": found.n_tied})
    told = {"n": found.n_tied, **_changes(found.gain, found.lose, names)}
    return Message(code="steady.ties.changed", parameters=told)


def endowments(found: EndowmentInterval, scale: int) -> Message:
    """Return the sentence on the interval of endowments, in currency."""
    told: dict[str, Parameter] = {
        name: float(value / scale)
        for name, value in (
            ("low", found.low),
            ("high", found.high),
            ("unit", found.unit),
            ("endowment", found.endowment),
        )
    }
    if not found.proven:
        return Message(code="steady.endowment", parameters=told)
    sides = {(True, True): "both", (True, False): "low", (False, True): "high"}
    side = sides.get((found.low_reached, found.high_reached), "none")
    told["beyond"] = Message(code=f"steady.beyond.{side}")
    return Message(code="steady.endowment.proven", parameters=told)


def alone(found: GroupCount, names: Sequence[str]) -> Message:
    """Return the sentence on what one group's ballots alone would have funded."""
    known: dict[str, Parameter] = {"group": found.group, "n_voters": found.n_voters}
    if not found.gain and not found.lose:
        return Message(code="steady.group.same", parameters=known)
    told = {**known, **_changes(found.gain, found.lose, names)}
    return Message(code="steady.group.changed", parameters=told)


def _changes(
    gain: Sequence[int], lose: Sequence[int], names: Sequence[str]
) -> dict[str, Parameter]:
    nothing = (Message(code="steady.nothing"),)
    return {
        "gain": tuple(names[place] for place in gain) or nothing,
        "lose": tuple(names[place] for place in lose) or nothing,
    }
