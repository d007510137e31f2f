"""Transparency: can others understand the columns, and how they were made?"""

from __future__ import annotations

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.results import measured, message, unknown
from evenground.questions.data.purposes.measures.vouching import vouched_for
from evenground.questions.data.purposes.model import Basis, Known, Measured, MeasureKind


def transparency_and_interpretability(facts: Facts) -> Measured:
    """Return the share of columns whose meaning is written down; of measured ones, the unit too."""
    method = message("method.transparency")
    if facts.datasheet is None or not facts.columns:
        reason = message("reason.measure.no_datasheet")
        known = unknown("share", reason, basis=Basis.METADATA)
        return measured("transparency_and_interpretability", known, method)
    told = [name for name in facts.columns if _told(facts, name)]
    share = len(told) / len(facts.columns)
    known = Known(unit="share", value=share, low=share, high=share, basis=Basis.METADATA)
    parts: dict[str, float | None] = {"n": len(facts.columns), "explained": len(told)}
    return measured("transparency_and_interpretability", known, method, parts=parts)


def _told(facts: Facts, name: str) -> bool:
    column = facts.sheet.columns.get(name)
    if column is None or not column.meaning:
        return False
    return bool(column.unit) or name not in facts.roles.values


def methodological_transparency(facts: Facts) -> Measured:
    """Return whether somebody vouches that the making is described for others (1), or not (0).

    Where a column comes from a model, who made it and for what has to be said as well; until then
    it stays open, whoever vouches.
    """
    declared = vouched_for(facts, "methodological_transparency")
    known = declared.known
    unsaid = [
        one.name or one.column
        for one in facts.sheet.models
        if not (one.made_by and one.made_for and one.document)
    ]
    # a column of predictions with no model named at all is no better than a model left unsaid
    if facts.roles.prediction and not facts.sheet.models:
        unsaid = [facts.roles.prediction]
    if unsaid and known.established and known.high:
        known = Known(
            unit=known.unit, low=0.0, high=known.high, kind=MeasureKind.BOUND,
            basis=Basis.DECLARED,
            reason=message("reason.measure.models_unsaid", names=tuple(unsaid)),
            evidence=known.evidence,
        )  # fmt: skip
    return measured(
        "methodological_transparency", known, message("method.declared"),
        notes=declared.notes,
        parts={"models": len(facts.sheet.models), "models_unsaid": len(unsaid)},
    )  # fmt: skip
