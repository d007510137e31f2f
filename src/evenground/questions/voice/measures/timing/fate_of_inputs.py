"""What became of what people said: answered, changed something, ignored, unknown."""

from __future__ import annotations

from dataclasses import dataclass

from evenground.questions.voice.measures.timing.event import Counts
from evenground.questions.voice.measures.timing.event_kinds import Part
from evenground.questions.voice.measures.timing.steps import Step

Between = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class FateOfInputs:
    """What became of the inputs of one step; pairs are the fewest and the most that it can be.

    Attributes
    ----------
    n
        Inputs; ``None`` where nobody counted them.
    changed, answered, ignored, unknown
        Inputs that changed something, got an answer (whether they changed something or not), were
        set aside without one, and of which the log says nothing. ``None`` where ``n`` is.
    has_response, has_change
        Whether a response was published, and whether a change was made, with or without counts.
    """

    n: int | None
    changed: Between | None
    answered: Between | None
    ignored: Between | None
    unknown: Between | None
    has_response: bool
    has_change: bool


def fate_of_inputs(step: Step) -> FateOfInputs:
    """Return what became of the inputs of a step.

    Counts of several events add up: each tells of its own inputs. An input of which nothing is
    written is unknown, not ignored. A change without a count stands for at least one input. Inputs
    that changed something and those that were answered may be the same: how many are unknown is
    bounded by that (Bonferroni's and Fréchet's bounds of a union).

    Parameters
    ----------
    step
        A step with its events.
    """
    counts = _added(step)
    has_response = bool(step.of(Part.RESPONSE))
    has_change = bool(step.of(Part.CHANGE)) or bool(counts.changed)
    n = counts.n
    if n is None:
        return FateOfInputs(
            n=None, changed=None, answered=None, ignored=None, unknown=None,
            has_response=has_response, has_change=has_change,
        )  # fmt: skip
    ignored = min(counts.ignored or 0, n)
    room = n - ignored
    changed = _between(counts.changed, room, least=1 if has_change and room else 0)
    answered = _between(counts.answered, room, least=0)
    told = (counts.changed or 0, counts.answered or 0)
    least_told = min(max(*told, changed[0]), room)
    most_told = min(room, max(sum(told), least_told))
    return FateOfInputs(
        n=n,
        changed=changed,
        answered=answered,
        ignored=(ignored, ignored if counts.ignored is not None else n - least_told),
        unknown=(room - most_told, room - least_told),
        has_response=has_response,
        has_change=has_change,
    )


def _between(count: int | None, room: int, *, least: int) -> Between:
    """Return a count that is known twice; else all that it can be."""
    if count is None:
        return least, room
    known = min(max(count, least), room)
    return known, known


def _added(step: Step) -> Counts:
    """Add up what the events of a step count; of inputs, the largest count is the whole."""
    every = [event.counts for event in step.events]
    n = [one.n for one in every if one.n is not None]
    total = {
        name: [value for one in every if (value := getattr(one, name)) is not None]
        for name in ("answered", "changed", "ignored")
    }
    summed = {name: sum(values) if values else None for name, values in total.items()}
    known = max(n) if n else None
    if known is None and any(value for value in summed.values()):
        return Counts(**summed)
    return Counts(n=known, **{
        name: value if value is None or known is None else min(value, known)
        for name, value in summed.items()
    })  # fmt: skip
