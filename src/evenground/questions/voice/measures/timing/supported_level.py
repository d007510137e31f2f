"""The level of participation that a log supports, beside the one that was claimed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenground.questions.voice.measures.timing.level_rules import (
    ARNSTEIN,
    RULES,
    Holds,
    Level,
    LevelRule,
    StepFacts,
    Thresholds,
)


class Bears(StrEnum):
    """Whether the log bears the level that was claimed."""

    BEARS = "bears"
    CONTRADICTS = "contradicts"
    CANNOT_TELL = "cannot_tell"
    NOT_CLAIMED = "not_claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One rule, and whether the log bears it."""

    rule: LevelRule
    holds: Holds


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportedLevel:
    """What the log supports.

    Attributes
    ----------
    claimed
        The level that was claimed; ``None`` where nobody claimed one.
    proven
        Highest level all of whose rules hold, those of the levels below it included.
    possible
        Highest level none of whose rules is broken: what is not written down may have been so.
    says
        Whether the claim is borne out, contradicted, or cannot be told.
    rules
        Every rule, judged.
    deciding
        Rules that decide: those that are broken up to the claimed level (or the lowest ones that
        are broken, where nothing was claimed).
    missing
        Rules of which the log says nothing, up to the claimed level, or to the highest possible.
    """

    claimed: Level | None
    proven: Level
    possible: Level
    says: Bears
    rules: tuple[Judged, ...]
    deciding: tuple[LevelRule, ...]
    missing: tuple[LevelRule, ...]

    @property
    def rungs(self) -> tuple[int, int]:
        """Arnstein's lowest and highest rung beside what is proven and possible."""
        return ARNSTEIN[self.proven][0], ARNSTEIN[self.possible][-1]


def supported_level(
    facts: StepFacts,
    claimed: Level | None = None,
    *,
    limits: Thresholds | None = None,
    rules: Sequence[LevelRule] = RULES,
) -> SupportedLevel:
    """Return the lowest and the highest level that a log leaves possible.

    People who were asked were told of it, so that informing them is the least. A rule of which the
    log says nothing is neither kept nor broken: it lowers what is proven, and not what is possible.

    Parameters
    ----------
    facts
        What the log says of one step.
    claimed
        Level that was claimed.
    limits
        Thresholds of the rules; our defaults if not given.
    rules
        Rules by level.
    """
    settings = limits or Thresholds()
    judged = tuple(Judged(rule=rule, holds=rule.test(facts, settings)) for rule in rules)
    proven = _highest(judged, (Holds.YES,))
    possible = _highest(judged, (Holds.YES, Holds.UNKNOWN))
    upto = claimed or possible
    broken = [one.rule for one in judged if one.holds is Holds.NO]
    first = min((rule.level for rule in broken), default=None)
    return SupportedLevel(
        claimed=claimed,
        proven=proven,
        possible=possible,
        says=_says(claimed, proven, possible),
        rules=judged,
        deciding=tuple(
            rule for rule in broken
            if (rule.level <= claimed if claimed is not None else rule.level == first)
        ),
        missing=tuple(
            one.rule for one in judged if one.holds is Holds.UNKNOWN and one.rule.level <= upto
        ),
    )  # fmt: skip


def _highest(judged: Sequence[Judged], kept: tuple[Holds, ...]) -> Level:
    """Return the highest level up to which every rule is one of ``kept``."""
    fails = [one.rule.level for one in judged if one.holds not in kept]
    return Level(min(fails) - 1) if fails else Level.EMPOWER


def _says(claimed: Level | None, proven: Level, possible: Level) -> Bears:
    if claimed is None:
        return Bears.NOT_CLAIMED
    if claimed <= proven:
        return Bears.BEARS
    return Bears.CONTRADICTS if claimed > possible else Bears.CANNOT_TELL
