"""Calibration by group or area: the same bins for all, so that groups can be set side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import wrong
from evenground.questions.data.measures.predictions.calibration import (
    DEFAULT_BINS,
    Brier,
    Reliability,
    brier,
    reliability,
    score_edges,
    scores_and_outcomes,
)
from evenground.questions.data.measures.predictions.calibration_slope import (
    CalibrationSlope,
    calibration_slope,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCalibration:
    """Calibration of one group.

    Attributes
    ----------
    group, n
        Its name and rows.
    reliability
        Scores beside what came, in bins that all groups share.
    brier, slope
        Brier score and calibration slope; both only of probabilities.
    """

    group: str
    n: int
    reliability: Reliability
    brier: Brier | CannotTell
    slope: CalibrationSlope | CannotTell


def group_calibration(
    scores: ArrayLike,
    came: ArrayLike,
    group: ArrayLike,
    *,
    n_bins: int = DEFAULT_BINS,
    confidence: float = 0.95,
) -> tuple[GroupCalibration, ...]:
    """Return calibration by group, in order of their names; empty without rows.

    Parameters
    ----------
    scores, came, shape (n,)
        Scores and outcomes (0 or 1). Scores of another scale than 0-1 have bins only.
    group, shape (n,)
        Name of each row's group or area.
    n_bins
        Bins of about equally many scores of all groups together.
    confidence
        Of each group's intervals, 0-1; those of its bins hold together.

    Raises
    ------
    UsageError
        If lengths differ, a score is missing, or an outcome neither 0 nor 1.
    """
    value, seen = scores_and_outcomes(scores, came)
    names = np.asarray(group, dtype=object)
    if names.shape != value.shape:
        raise wrong("group_shape", N_("group has shape {shape}"), shape=names.shape)
    if not value.size:
        return ()
    texts = np.array(["" if one is None else str(one) for one in names.tolist()], dtype=str)
    edges = score_edges(value, n_bins=n_bins)
    probable = bool(((value >= 0) & (value <= 1)).all())
    no = CannotTell(reason=Message(code="reason.calibration.no_probability"))
    found: list[GroupCalibration] = []
    for name in np.unique(texts).tolist():
        mine = texts == name
        parts = brier(value[mine], seen[mine], edges=edges) if probable else None
        found.append(
            GroupCalibration(
                group=name,
                n=int(mine.sum()),
                reliability=reliability(
                    value[mine], seen[mine], edges=edges, confidence=confidence
                ),
                brier=no if parts is None else parts,
                slope=(
                    calibration_slope(value[mine], seen[mine], confidence=confidence)
                    if probable
                    else no
                ),
            )
        )
    return tuple(found)
