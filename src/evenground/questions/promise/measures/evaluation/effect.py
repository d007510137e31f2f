"""An effect with its interval, and all that is to be said of how it was found."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evenground.evidence import Message
from evenground.methods.validation import Vector
from evenground.questions.promise.measures.design import DesignFound, DesignLimits
from evenground.questions.promise.measures.randomised.assignments import Assignments


class Method(StrEnum):
    """How an effect is estimated."""

    SDID = "sdid"
    SC = "sc"
    DID = "did"
    ASCM = "ascm"
    CS = "cs"
    BJS = "bjs"
    ITS = "its"


class Inference(StrEnum):
    """How its interval is found."""

    ENUMERATE = "enumerate"
    PERMUTE = "permute"
    BLOCK_CONFORMAL = "block-conformal"
    CLUSTER = "cluster"
    WILD_BOOTSTRAP = "wild-bootstrap"
    HAC = "hac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for; what is left empty follows from the design.

    Attributes
    ----------
    method, inference
        Empty for the design's own.
    exact
        Whether synthetic weights are the optimum; else they stop where the reference
        implementation does.
    alpha
        Two-sided error, 0-1.
    randomised, strata
        Whether it was drawn by lot who is treated; within which strata, one text for each unit.
    assignments
        What the lots could have given, for the units in the panel's order, where that is known:
        after a balanced draw, what its rule accepts. Otherwise all that give each stratum as many
        of each as it got.
    clusters
        Which units' errors go together, one text for each unit; each unit by itself otherwise.
    limits
        Where designs end.
    """

    method: Method | None = None
    inference: Inference | None = None
    exact: bool = True
    alpha: float = 0.05
    randomised: bool = False
    strata: tuple[str, ...] | None = None
    assignments: Assignments | None = None
    clusters: tuple[str, ...] | None = None
    limits: DesignLimits = field(default_factory=DesignLimits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The treated and what they are compared with, time by time, each of shape (n_times,)."""

    treated: Vector
    comparison: Vector
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What came of it, on average over the treated from their start on.

    Attributes
    ----------
    design
        What the panel allows.
    method, inference, exact
        How it was estimated and how its interval was found.
    value, low, high
        In the outcome's unit; infinite ends rule nothing out.
    level
        Confidence of the interval, 0-1: the one asked for, or what can be had.
    p
        Of no effect on anybody, two-sided, 0-1; ``nan`` where there is none.
    standard_error
        In the outcome's unit; ``nan`` where there is none.
    n_assignments, enumerated, monte_carlo_error
        Assignments that were looked at, the real one included (0 where there are none); whether
        they are all there are; error of ``p`` by drawing.
    cannot_tell
        Whether no result could have been told from chance at the level asked for.
    unit_weights, time_weights
        What the comparison is made of, by name, those of 0 left out.
    beside
        The same effect by other methods, by name.
    parts
        Effects by time since the start, cohort or date, by kind and name, where there are any.
    course
        What to draw.
    caveats
        What is to be said with it.
    """

    design: DesignFound
    method: Method
    inference: Inference
    exact: bool = True
    value: float
    low: float
    high: float
    level: float
    p: float = math.nan
    standard_error: float = math.nan
    n_assignments: int = 0
    enumerated: bool = True
    monte_carlo_error: float = 0.0
    cannot_tell: bool = False
    unit_weights: Mapping[str, float] = field(default_factory=dict[str, float])
    time_weights: Mapping[str, float] = field(default_factory=dict[str, float])
    beside: Mapping[str, float] = field(default_factory=dict[str, float])
    parts: Mapping[str, Mapping[str, float]] = field(default_factory=dict[str, Mapping[str, float]])
    course: Course | None = None
    caveats: tuple[Message, ...] = ()

    @property
    def verdict(self) -> str:
        """``told`` apart from chance, ``like_chance``, or ``cannot_tell`` at this level."""
        if self.cannot_tell:
            return "cannot_tell"
        return "like_chance" if self.low <= 0.0 <= self.high else "told"

    @property
    def n_at_least(self) -> int:
        """How many of all assignments show an effect of this size or larger, its own included."""
        return round(self.p * self.n_assignments) if self.n_assignments else 0
