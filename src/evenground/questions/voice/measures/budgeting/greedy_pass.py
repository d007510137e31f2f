"""One pass over projects from the best value to the worst, funding those that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.voice.measures.budgeting.election import Election
from evenground.questions.voice.measures.budgeting.limits import Limits, Room, room_of
from evenground.questions.voice.measures.budgeting.outcome import Step

TooDear = Literal["skip", "stop"] | Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class GreedyPass:
    """How a greedy rule goes down the list.

    Attributes
    ----------
    too_dear
        What happens at a project that does not fit into what is left of the budget: ``"skip"``
        goes on to the next; ``"stop"`` ends the count; a share above 0 and below 1 ends it too, but
        funds this project from a reserve if at least this share of its cost is left.
    limits
        Who takes part, caps and conflicts; a project that a cap or a conflict keeps out is passed
        over and never ends the count.
    order
        All places, the one that wins ties first.
    """

    too_dear: TooDear = "skip"
    limits: Limits
    order: tuple[int, ...]


def checked_too_dear(too_dear: TooDear) -> TooDear:
    """Return ``too_dear`` if it is one of the three kinds.

    Raises
    ------
    UsageError
        If it is another word, or a share that is not above 0 and below 1.
    """
    known = too_dear in ("skip", "stop") if isinstance(too_dear, str) else 0 < too_dear < 1
    if not known:
        raise wrong(
            "too_dear_unknown",
            N_("{found} is neither skip nor stop nor a share above 0 and below 1"),
            found=str(too_dear),
        )
    return too_dear


def greedy_steps(
    election: Election, values: Sequence[Fraction], how: GreedyPass
) -> tuple[Step, ...]:
    """Return the steps of the pass.

    Parameters
    ----------
    election
        Costs and budget.
    values, length m
        What projects are ranked by, the greatest first.
    how
        The variant.

    Raises
    ------
    UsageError
        If limits do not go with the election, or ``too_dear`` is unknown.
    """
    checked_too_dear(how.too_dear)
    room = room_of(election, how.limits)
    rank = {place: at for at, place in enumerate(how.order)}
    ranked = sorted(rank, key=lambda place: (-values[place], rank[place]))
    chosen, ended = _passed(room, ranked, how.too_dear, phase="greedy")
    if how.limits.leftover and how.limits.caps and not ended:
        room.lift_caps()
        more, _ = _passed(room, ranked, how.too_dear, phase="leftover")
        chosen += more
    takes_part = set(range(election.n_projects)) - set(how.limits.left_out)
    return tuple(
        Step(
            project=place,
            value=values[place],
            phase=phase,
            tied=_tied(place, ranked, values, takes_part),
        )
        for place, phase in chosen
    )


def _passed(
    room: Room, ranked: Sequence[int], too_dear: TooDear, *, phase: str
) -> tuple[list[tuple[int, str]], bool]:
    """Return who is funded by which phase, and whether the count ended before the list did."""
    chosen: list[tuple[int, str]] = []
    for place in ranked:
        cost = int(room.costs[place])
        if not room.open[place] or cost > int(room.tightest[place]):
            continue
        if cost <= room.left:
            room.take(place)
            chosen.append((place, phase))
        elif too_dear != "skip":
            if isinstance(too_dear, Fraction) and room.left >= too_dear * cost:
                room.take(place)
                chosen.append((place, "reserve"))
            return chosen, True
    return chosen, False


def _tied(
    place: int, ranked: Sequence[int], values: Sequence[Fraction], takes_part: set[int]
) -> tuple[int, ...]:
    start = ranked.index(place) + 1
    tied: list[int] = []
    for other in ranked[start:]:
        if values[other] != values[place]:
            break
        if other in takes_part:
            tied.append(other)
    return tuple(tied)
