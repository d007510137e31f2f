"""Wordings of Promise that no town's dossier has to say, since cases of its own say them.

A promise can be incomplete in many ways and judged in many more; a town for each would be slow.
Topics keep small cases under ``findings/``, and ``test_promise_wording`` holds every wording to
what these say.
"""

from __future__ import annotations

NOT_YET: tuple[str, ...] = (
    "caveat.another_method", "caveat.as_if_by_lot", "caveat.few_treated_clusters",
    "caveat.forbidden_comparisons", "caveat.level_not_attainable", "caveat.lone_cohorts",
    "design.few_treated", "design.few_treated_short", "design.many_areas", "design.no_comparison",
    "design.randomised", "design.staggered", "inference.block-conformal", "inference.cluster",
    "inference.drawn", "inference.enumerate", "inference.hac", "inference.permute",
    "inference.permute_drawn", "inference.wild-bootstrap", "method.ascm", "method.bjs", "method.cs",
    "method.did", "method.its", "method.sc", "method.sdid", "method.two_way_fixed_effects",
    "refusal.no_time_before", "refusal.nobody_treated", "refusal.only_where_treated",
    "refusal.too_short",
)  # fmt: skip
"""Words that nothing says yet; once something does, this ends."""
BY_EVERY_TOWN = ("headline.none", "ask.promises", "ask.promises.unlocks")
"""What is said where nobody has written down a promise: any town says it."""


def is_apart(code: str) -> bool:
    """Tell whether tests of its own say a code."""
    return code not in BY_EVERY_TOWN
