"""Wordings of Data that no town's dossier has to say, since tests of its own say them.

What a single check counts, why it could not be made, how a measure was worked out: there are
hundreds, and a town for each would be slow. ``test_audit_wording`` audits small tables instead,
says all of it, and holds what is left against the sources.
"""

from __future__ import annotations

HEADS = (
    "aspect", "because", "cadence", "can_carry", "change", "check", "conversion", "count", "creep",
    "criterion", "date", "definition", "fault", "found", "guess", "measure", "method", "named",
    "note", "purpose", "rate", "reason", "reference", "told", "unit", "unless", "watches_people",
    "weekday", "why",
)  # fmt: skip
"""Of codes, up to the first full stop."""

FLAGGED = (
    "axis.day_median", "column.day", "column.day_high", "column.day_low", "column.day_median",
    "column.flagged_by", "figure.flagged_days.alternative", "figure.flagged_days.one",
    "figure.flagged_days.sensor", "legend.flagged_days",
)  # fmt: skip
"""Of the picture of flagged days, which an audit draws where the flagged rows are wanted."""

NOT_YET = (
    "caveat.few_in_data", "caveat.weights_help_only", "column.identifying",
    "definition.area_bounds", "definition.data_defect", "definition.fairness_conflicts",
    "definition.rate_differences", "definition.representation",
    "definition.t_closeness", "definition.weights.trimmed",
    "label.covered_if_all_worked", "label.covered_working",
    "label.data_defect_correlation", "label.effective_size", "label.fairness_conflicts",
    "label.given_away", "label.k_anonymity", "label.l_diversity",
    "label.partial_conditional", "label.partial_unconditional",
    "label.r_indicator", "label.reporting_ratio", "label.representation_ratio",
    "label.share_difference", "label.share_in_data", "label.share_in_population",
    "label.suppression_need", "label.t_closeness", "label.variation",
    "reason.fairness_conflicts.alike",
    "reason.l_diversity.no_sensitive",
    "reason.predictions.no_outcome",
    "reason.predictions.no_prediction",
    "reason.watched.no_components",
)  # fmt: skip
"""Words of measures that stand alone and that nothing says yet; once something does, this ends."""


def is_apart(code: str) -> bool:
    """Tell whether tests of its own say a code."""
    return code.split(".", 1)[0] in HEADS or code in FLAGGED or code in NOT_YET
