"""How predictions in a dataset fared: errors, calibration and amounts, by group and by area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special

from evenground.evidence import Message
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.exact_limits import tail
from evenground.methods.validation import Flags, Vector
from evenground.protocol import Case, DatasetCard
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.predictions.decisions import Decisions, decisions_of
from evenground.questions.data.measures.predictions.error_rates import (
    CANNOT_TELL,
    LEAST,
    RateDifference,
    error_rates,
    rate_differences,
)
from evenground.questions.data.measures.predictions.group_calibration import (
    GroupCalibration,
    group_calibration,
)
from evenground.questions.data.measures.predictions.regression_errors import (
    GroupErrors,
    regression_errors,
)
from evenground.questions.data.measures.roles import Roles
from evenground.questions.data.plan import (
    MOST_SCORED,
    OUTCOMES,
    OUTCOMES_BY_AREA,
    SCORED,
    predicts,
)

if TYPE_CHECKING:
    import pyarrow as pa

Tables = Mapping[str, "pa.Table"]
SHOWN = ("false_positive_rate", "false_negative_rate")
MIN_GROUPS = 2
ERRORS, CHANCES, AMOUNTS = "unequal_errors", "misleading_chances", "leaning_amounts"
"""Checks of predictions, by what is predicted: yes or no, chances, amounts."""
CHECKS = (ERRORS, CHANCES, AMOUNTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Predictions beside what came, by one grouping.

    Attributes
    ----------
    by
        ``group`` or ``area``.
    decisions
        Yes or no beside what came; ``None`` where nothing is decided.
    calibration
        Chances beside what came, by group; intervals hold for all groups together.
    amounts, leans
        Errors of amounts, and for each group whether they are told to lean one way, with all
        groups looked at together.
    confidence
        0-1.
    """

    by: str
    decisions: Decisions | None = None
    calibration: tuple[GroupCalibration, ...] = ()
    amounts: GroupErrors | None = None
    leans: Flags | None = None
    confidence: float = 0.95

    @property
    def apart(self) -> tuple[RateDifference, ...]:
        """Error rates that are told to differ from those of the group with most rows."""
        if self.decisions is None:
            return ()
        largest = self.decisions.groups[int(self.decisions.n_rows.argmax())]
        rates = error_rates(self.decisions, confidence=self.confidence)
        return tuple(
            one
            for name in SHOWN
            for one in rate_differences(rates[name], reference=largest, confidence=self.confidence)
            if one.told != CANNOT_TELL
        )

    @property
    def misled(self) -> tuple[GroupCalibration, ...]:
        """Groups in which chances are told not to mean what they say; none of other figures."""
        return tuple(
            one
            for one in self.calibration
            if not isinstance(one.brier, CannotTell) and one.reliability.departs.any()
        )


def judged_of(own: Tables, roles: Roles, case: Case, title: str) -> tuple[Judged, ...]:
    """Return how predictions fared by group and by area, as far as columns tell these.

    Parameters
    ----------
    own
        The dataset's tables without their prefix.
    roles, case, title
        What its columns stand for; the city's settings and source of chance; its name.
    """
    first = "group" if roles.group else "area"
    counts = {first: own.get(OUTCOMES), "area" if roles.group else "": own.get(OUTCOMES_BY_AREA)}
    found = (_judged(by, counts.get(by), own.get(SCORED), case, title) for by in groupings(roles))
    return tuple(one for one in found if one is not None)


def groupings(roles: Roles) -> tuple[str, ...]:
    """Return by which roles rows are told apart: one, where both are the same column."""
    areas = ("area",) if roles.area and roles.area != roles.group else ()
    return (*(("group",) if roles.group else ()), *areas)


def _judged(
    by: str, counts: pa.Table | None, scored: pa.Table | None, case: Case, title: str
) -> Judged | None:
    level = case.settings.number("confidence")
    told = decisions_of(counts) if counts is not None and counts.num_rows else None
    if told is not None and len(told.groups) < MIN_GROUPS:
        told = None
    if scored is None or not scored.num_rows:
        return Judged(by=by, decisions=told, confidence=level) if told is not None else None
    n = scored["n"].to_numpy()
    said, came = (np.repeat(scored[name].to_numpy(), n) for name in ("said", "came"))
    group = np.repeat(np.array([one or "" for one in scored[by].to_pylist()]), n)
    n_groups = np.unique(group).size
    if np.isin(came, (0, 1)).all():
        together = 1 - (1 - level) / n_groups
        return Judged(
            by=by, decisions=told, confidence=level,
            calibration=group_calibration(said, came, group, confidence=together),
        )  # fmt: skip
    errors = regression_errors(
        said, came, group, rng=case.rng(f"amounts:{title}:{by}"), confidence=level
    )
    return Judged(
        by=by, amounts=errors, leans=_leaning(errors, said - came, group), confidence=level
    )


def _leaning(errors: GroupErrors, off: Vector, group: np.ndarray) -> Flags:
    """Tell which groups' amounts lean, by resampling and by Student's limits for all together."""
    code = np.unique(group, return_inverse=True)[1].reshape(-1)
    n = np.maximum(errors.n, 2)
    spread = np.bincount(code, weights=np.square(off - errors.bias[code]), minlength=n.size)
    error = np.sqrt(spread / (n - 1) / n)
    together = tail(1 - (1 - errors.confidence) / n.size)
    half = np.asarray(special.stdtrit(n - 1, 1 - together)) * error
    resampled = (errors.bias_low > 0) | (errors.bias_high < 0)
    return errors.is_enough & resampled & (np.abs(errors.bias) > half)


def prediction_checks(judged: Sequence[Judged], roles: Roles, card: DatasetCard) -> Iterator[Check]:
    """Yield what an audit tells of predictions: one check for each kind of them there is.

    ``by_group`` and ``by_area`` in a check's detail list each group with its figures.
    """
    if not (roles.prediction and roles.outcome):
        return
    is_chance, is_amount = predicts(roles, card)
    if not (roles.group or roles.area):
        name = AMOUNTS if is_amount else CHANCES if is_chance else ERRORS
        yield _open(name, Message(code="reason.predictions.no_group"))
        return
    decided = [(one, one.decisions) for one in judged if one.decisions is not None]
    if decided:
        yield _errors(decided)
    if (is_chance or is_amount) and (card.n_rows or 0) > MOST_SCORED:
        reason = Message(code="reason.predictions.too_many", parameters={"most": MOST_SCORED})
        yield _open(AMOUNTS if is_amount else CHANCES, reason)
    if any(one.calibration for one in judged):
        yield _chances([one for one in judged if one.calibration])
    if any(one.amounts is not None for one in judged):
        yield _amounts([one for one in judged if one.amounts is not None])


def _definition(name: str) -> Message:
    return Message(code=f"definition.{name}", parameters={"least": LEAST})


def _open(name: str, reason: Message) -> Check:
    return Check.not_established(name, unit="groups", definition=_definition(name), reason=reason)


def _errors(decided: Sequence[tuple[Judged, Decisions]]) -> Check:
    differ = {(one.by, told.group) for one, _ in decided for told in one.apart}
    check = Check.counted(ERRORS, len(differ), unit="groups", definition=_definition(ERRORS))
    return check.showing(
        **{f"by_{one.by}": _rates(given, one.confidence) for one, given in decided}
    )


def _rates(given: Decisions, confidence: float) -> list[dict[str, Any]]:
    rates = error_rates(given, confidence=confidence)
    return [
        {
            "group": group,
            "rows": int(given.n_rows[row]),
            **{
                name: {
                    "value": _number(rates[name].value[row]),
                    "low": float(rates[name].low[row]),
                    "high": float(rates[name].high[row]),
                }
                for name in SHOWN
            },
        }
        for row, group in enumerate(given.groups)
    ]


def _chances(judged: Sequence[Judged]) -> Check:
    if any(isinstance(group.brier, CannotTell) for one in judged for group in one.calibration):
        check = _open(CHANCES, Message(code="reason.calibration.no_probability"))
    else:
        count = sum(len(one.misled) for one in judged)
        check = Check.counted(CHANCES, count, unit="groups", definition=_definition(CHANCES))
    return check.showing(
        **{f"by_{one.by}": [_calibrated(group) for group in one.calibration] for one in judged}
    )


def _calibrated(one: GroupCalibration) -> dict[str, Any]:
    found, slope = one.reliability, one.slope
    told = slope if not isinstance(slope, CannotTell) else None
    return {
        "group": one.group,
        "rows": one.n,
        "brier_score": None if isinstance(one.brier, CannotTell) else one.brier.score,
        "slope": told and {"value": told.slope, "low": told.slope_low, "high": told.slope_high},
        "bins": [
            {
                "rows": int(found.n[at]), "said": float(found.mean_score[at]),
                "came": float(found.observed[at]), "low": float(found.low[at]),
                "high": float(found.high[at]),
            }
            for at in np.flatnonzero(found.n)
        ],
    }  # fmt: skip


def _amounts(judged: Sequence[Judged]) -> Check:
    count = sum(int(one.leans.sum()) for one in judged if one.leans is not None)
    check = Check.counted(AMOUNTS, count, unit="groups", definition=_definition(AMOUNTS))
    return check.showing(
        **{f"by_{one.by}": _biases(one.amounts) for one in judged if one.amounts is not None}
    )


def _biases(errors: GroupErrors) -> list[dict[str, Any]]:
    ends = {
        "bias": (errors.bias, errors.bias_low, errors.bias_high),
        "mean_absolute_error": (errors.mean_absolute_error, errors.error_low, errors.error_high),
    }
    return [
        {
            "group": group,
            "rows": int(errors.n[row]),
            **{
                name: {
                    end: _number(values[row])
                    for end, values in zip(("value", "low", "high"), found, strict=True)
                }
                for name, found in ends.items()
            },
        }
        for row, group in enumerate(errors.groups)
    ]


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
