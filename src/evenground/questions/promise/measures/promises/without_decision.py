"""Measurement without a decision: what is measured, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenground.language import N_
from evenground.methods.validation import wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One thing that is measured: what kind (indicator, dataset), its name, what it informs."""

    kind: str
    name: str
    informs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutDecision:
    """What is measured and informs no decision.

    Attributes
    ----------
    listed
        Those that inform none, each once, in the order given.
    n
        How many different things are measured.
    share
        Part of them that informs none, 0-1; ``None`` where nothing is measured.
    decisions
        Decisions that are informed, each once, in the order given.
    """

    listed: tuple[Measured, ...]
    n: int
    share: float | None
    decisions: tuple[str, ...]


def without_decision(measured: Sequence[Measured]) -> WithoutDecision:
    """Return what is measured without a decision that it informs.

    One that is named several times informs what any of its entries names. After Halegoua (2020),
    Smart Cities, on measuring for its own sake.

    Parameters
    ----------
    measured
        Indicators and datasets, with the decision that each informs; blank for none.

    Raises
    ------
    UsageError
        If one has no name.
    """
    if any(not one.name.strip() for one in measured):
        raise wrong("measured_without_name", N_("something that is measured has no name"))
    first: dict[tuple[str, str], Measured] = {}
    informing: dict[tuple[str, str], bool] = {}
    for one in measured:
        key = (one.kind, one.name)
        first.setdefault(key, one)
        informing[key] = informing.get(key, False) or bool(one.informs.strip())
    listed = tuple(first[key] for key, informs in informing.items() if not informs)
    named = (one.informs.strip() for one in measured)
    return WithoutDecision(
        listed=listed,
        n=len(first),
        share=len(listed) / len(first) if first else None,
        decisions=tuple(dict.fromkeys(words for words in named if words)),
    )
