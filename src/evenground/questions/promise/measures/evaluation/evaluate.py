"""Did it deliver? The design decides the method; another is taken where somebody asks for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from evenground.errors import Problem, UsageError
from evenground.evidence import Message
from evenground.language import N_
from evenground.questions.promise.measures.design import Design, DesignFound, Refusal, design_of
from evenground.questions.promise.measures.evaluation.by_clusters import by_clusters, by_cohorts
from evenground.questions.promise.measures.evaluation.by_conformal import by_conformal
from evenground.questions.promise.measures.evaluation.by_lot import by_lot
from evenground.questions.promise.measures.evaluation.by_placebos import (
    by_placebos,
    by_reassignment,
)
from evenground.questions.promise.measures.evaluation.by_series import by_series
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.panel import Panel

OWN: dict[Design, tuple[Method, Inference]] = {
    Design.RANDOMISED: (Method.DID, Inference.PERMUTE),
    Design.FEW_TREATED: (Method.SDID, Inference.ENUMERATE),
    Design.FEW_TREATED_SHORT: (Method.DID, Inference.ENUMERATE),
    Design.STAGGERED: (Method.CS, Inference.CLUSTER),
    Design.MANY_AREAS: (Method.DID, Inference.CLUSTER),
    Design.NO_COMPARISON: (Method.ITS, Inference.HAC),
}
"""What each design is evaluated by."""

_PLACEBOS = (Inference.ENUMERATE, Inference.BLOCK_CONFORMAL)
INFERENCES: dict[Method, tuple[Inference, ...]] = {
    Method.SDID: _PLACEBOS,
    Method.SC: _PLACEBOS,
    Method.ASCM: (Inference.ENUMERATE,),
    Method.DID: (*_PLACEBOS, Inference.PERMUTE, Inference.CLUSTER, Inference.WILD_BOOTSTRAP),
    Method.CS: (Inference.CLUSTER,),
    Method.BJS: (Inference.CLUSTER,),
    Method.ITS: (Inference.HAC,),
}
"""What each method's interval can be found by, its own first."""


def evaluate(
    panel: Panel, *, asked: Asked | None = None, rng: np.random.Generator | None = None
) -> Effect | DesignFound:
    """Return the effect, or the design with its refusal where nothing can be told.

    Parameters
    ----------
    panel
        Outcomes, and since when each unit is treated.
    asked
        What is asked for beside what follows from the design.
    rng
        Source of chance where assignments are too many to list; one with a fixed seed otherwise,
        so that the same panel gives the same answer.

    Raises
    ------
    UsageError
        If what is asked for does not go with the panel.
    """
    asked = asked or Asked()
    chance = rng or np.random.default_rng(0)
    found = design_of(panel, randomised=asked.randomised, limits=asked.limits)
    if found.refusal is not None and not _asked_all_the_same(found, asked):
        return found
    method, inference = _chosen(found, asked)
    effect = _by(panel, found, (method, inference), asked=asked, rng=chance)
    return replace(effect, caveats=(*effect.caveats, *_of_choice(found, method, inference)))


def _of_choice(found: DesignFound, method: Method, inference: Inference) -> list[Message]:
    """Return what is to be said where something else was asked for than the design would have."""
    said: list[Message] = []
    own = OWN.get(found.design)
    if own is not None and method is not own[0]:
        known = {
            "own": Message(code=f"method.{own[0].value}"),
            "chosen": Message(code=f"method.{method.value}"),
        }
        said.append(Message(code="caveat.another_method", parameters=known))
    if inference is Inference.PERMUTE and found.design is not Design.RANDOMISED:
        said.append(Message(code="caveat.as_if_by_lot"))
    return said


def _asked_all_the_same(found: DesignFound, asked: Asked) -> bool:
    """Whether a series that is short by our limits was asked for by name."""
    return found.refusal is Refusal.TOO_SHORT and asked.method is Method.ITS


def _chosen(found: DesignFound, asked: Asked) -> tuple[Method, Inference]:
    own = OWN.get(found.design, (Method.ITS, Inference.HAC))
    method = asked.method or own[0]
    allowed = INFERENCES[method]
    if asked.inference is None:
        return own if method is own[0] else (method, allowed[0])
    if asked.inference not in allowed:
        raise UsageError(
            Problem(
                code="inference_of_method",
                value=asked.inference.value,
                what=N_("{method} has no interval by {value}."),
                rule=N_("Its interval is found by: {allowed}."),
                way_out=N_("Ask for one of these, or leave it to the design."),
                parameters={"method": method.value, "allowed": ", ".join(allowed)},
            )
        )
    return method, asked.inference


def _by(
    panel: Panel,
    found: DesignFound,
    how: tuple[Method, Inference],
    *,
    asked: Asked,
    rng: np.random.Generator,
) -> Effect:
    method, inference = how
    clustered = inference in (Inference.CLUSTER, Inference.WILD_BOOTSTRAP)
    if method in (Method.CS, Method.BJS):
        return by_cohorts(panel, found, method, asked=asked)
    if method is Method.ITS:
        return by_series(panel, found, asked=asked)
    if inference is Inference.BLOCK_CONFORMAL:
        return by_conformal(panel, found, method, asked=asked)
    if method is Method.DID and (clustered or inference is Inference.PERMUTE):
        by = by_clusters if clustered else by_lot
        return by(panel, found, asked=asked, rng=rng)
    if method is Method.DID and found.design is not Design.FEW_TREATED:
        return by_reassignment(panel, found, asked=asked, rng=rng)
    return by_placebos(panel, found, method, asked=asked, rng=rng)
