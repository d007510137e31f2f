"""Which past initiatives belong to the class that a new promise is measured by.

Those that were stopped or never built stay in: a class of finished ones alone looks better than
what was promised ever did (survivorship: Brown, Goetzmann, Ibbotson and Ross 1992, Review of
Financial Studies 5, 553-580). Two readings are told side by side:

- *once begun*: what ended, was stopped, or was decided and never built (0 delivered). It answers
  "if we decide for it, what comes?". One that was declined was never decided for and is left out.
- *once promised*: the same and those that were declined, as 0. It answers "of what is proposed to
  us, how much comes?".

What still runs is in neither: what it will have delivered is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Flags, Vector, wrong

STAGES = ("running", "ended", "stopped", "declined", "never_built")
"""What became of an initiative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMembers:
    """Delivered shares of the two classes, and who is not in them.

    Attributes
    ----------
    once_begun, shape (n_begun,)
        Delivered shares of what ended, was stopped, or was decided and never built.
    once_promised, shape (n_promised,)
        The same with those declined, as 0.
    n_by_stage
        Stage and its number, in the order of ``STAGES``, all of the register.
    n_not_measured
        Ended or stopped, and nobody knows what came: in neither class.
    """

    once_begun: Vector
    once_promised: Vector
    n_by_stage: tuple[tuple[str, int], ...]
    n_not_measured: int


def class_members(shares: ArrayLike, stage: Sequence[str]) -> ClassMembers:
    """Return the classes that past promises make.

    Parameters
    ----------
    shares, shape (n,)
        Delivered shares; missing (NaN) where nobody knows. What was never built or declined counts
        0, whatever stands here.
    stage
        One of ``STAGES`` for each; empty counts as ``ended``.

    Raises
    ------
    UsageError
        If lengths differ, a share is infinite, or a stage is unknown.
    """
    given = np.asarray(shares, dtype=np.float64)
    stages = np.array([one or "ended" for one in stage], dtype=np.str_)
    unknown = sorted(set(stages.tolist()) - set(STAGES))
    if given.shape != stages.shape or unknown or np.isinf(given).any():
        raise wrong(
            "stages",
            N_("{n_shares} shares, {n_stages} stages, unknown: {unknown}; stages are {known}"),
            n_shares=given.size,
            n_stages=stages.size,
            unknown=", ".join(unknown),
            known=", ".join(STAGES),
        )
    never, declined = stages == "never_built", stages == "declined"
    begun = (stages == "ended") | (stages == "stopped")
    value = np.where(never | declined, 0.0, given)
    told = np.isfinite(value)
    return ClassMembers(
        once_begun=value[(begun | never) & told],
        once_promised=value[(begun | never | declined) & told],
        n_by_stage=tuple((one, int((stages == one).sum())) for one in STAGES),
        n_not_measured=_count(begun & ~told),
    )


def _count(flags: Flags) -> int:
    return int(flags.sum())
