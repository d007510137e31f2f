"""Fields of a ``.pb`` file: what each one holds, whether it must be there, in which order.

Source: pabulib.org/format, as checked by Pabulib's own checker (github.com/pabulib/checker, 1.0.8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "whole", "number", "list"]
RULES = (
    "greedy",
    "greedy-no-skip",
    "greedy-threshold",
    "greedy-exclusive",
    "greedy-custom",
    "equalshares",
    "equalshares-comparison",
    "equalshares/add1",
    "equalshares/add1-comparison",
    "unknown",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PabulibField:
    """One field.

    Attributes
    ----------
    kind
        What its text is.
    needed
        Whether it must be there and filled.
    may_be_empty
        Whether a cell may be empty.
    allowed
        The only values; none for any.
    """

    kind: Kind = "text"
    needed: bool = False
    may_be_empty: bool = False
    allowed: tuple[str, ...] = ()


_TEXT = PabulibField()
_WHOLE = PabulibField(kind="whole")
_NUMBER = PabulibField(kind="number")
_LIST = PabulibField(kind="list")
_NEEDED = PabulibField(needed=True)
_FLAG = PabulibField(kind="whole", allowed=("1",))
_OPTIONAL = PabulibField(may_be_empty=True)

META: Mapping[str, PabulibField] = {
    "description": _NEEDED,
    "country": _NEEDED,
    "unit": _NEEDED,
    "district": _TEXT,
    "subunit": _TEXT,
    "instance": _NEEDED,
    "num_projects": PabulibField(kind="whole", needed=True),
    "num_votes": PabulibField(kind="whole", needed=True),
    "budget": PabulibField(kind="number", needed=True),
    "vote_type": _NEEDED,
    "rule": _NEEDED,
    "date_begin": _NEEDED,
    "date_end": _NEEDED,
    "min_length": _WHOLE,
    "max_length": _WHOLE,
    "min_sum_cost": _NUMBER,
    "max_sum_cost": _NUMBER,
    "min_points": _WHOLE,
    "max_points": _WHOLE,
    "min_sum_points": _WHOLE,
    "max_sum_points": _WHOLE,
    "default_score": _WHOLE,
    "min_project_cost": _WHOLE,
    "max_project_cost": _WHOLE,
    "min_project_score_threshold": _WHOLE,
    "neighborhoods": _LIST,
    "subdistricts": _LIST,
    "categories": _LIST,
    "edition": _TEXT,
    "language": _TEXT,
    "currency": _TEXT,
    "fully_funded": _FLAG,
    "experimental": _FLAG,
    "comment": _TEXT,
    "acknowledgments": _TEXT,
    "leftover_budget": _TEXT,
    "budget_per_category": _LIST,
    "budget_per_neighborhood": _LIST,
    "min_length_per_category": _WHOLE,
    "max_length_per_category": _WHOLE,
    "min_sum_cost_per_category": _LIST,
    "max_sum_cost_per_category": _LIST,
}
PROJECTS: Mapping[str, PabulibField] = {
    "project_id": _NEEDED,
    "cost": PabulibField(kind="number", needed=True),
    "votes": _WHOLE,
    "score": _WHOLE,
    "name": _TEXT,
    "category": PabulibField(kind="list", may_be_empty=True),
    "beneficiaries": PabulibField(kind="list", may_be_empty=True),
    "selected": PabulibField(kind="whole", allowed=("0", "1", "2", "3")),
    "neighborhood": _TEXT,
    "subunit": _TEXT,
    "district": _TEXT,
    "description": _TEXT,
    "proposer": _TEXT,
    "public_id": _TEXT,
    "latitude": PabulibField(kind="number", may_be_empty=True),
    "longitude": PabulibField(kind="number", may_be_empty=True),
}
VOTES: Mapping[str, PabulibField] = {
    "voter_id": _NEEDED,
    "vote": PabulibField(kind="list", needed=True),
    "points": _LIST,
    "age": _OPTIONAL,
    "sex": PabulibField(may_be_empty=True, allowed=("M", "F", "O")),
    "voting_method": PabulibField(allowed=("internet", "paper")),
    "district": _OPTIONAL,
    "neighborhood": _OPTIONAL,
    "education": _OPTIONAL,
    "topic_preference_transport": _WHOLE,
    "topic_preference_culture": _WHOLE,
    "topic_preference_nature": _WHOLE,
    "district_preference": _TEXT,
    "time_taken_seconds": _WHOLE,
    "format_easiness": _TEXT,
    "format_expressiveness": _TEXT,
    "format_rank": _TEXT,
}
RENAMED: Mapping[str, str] = {"target": "beneficiaries", "categories": "category"}
"""Columns of PROJECTS by an older name, with the one of today (April 2026)."""
NEEDLESS: Mapping[str, tuple[str, ...]] = {
    "approval": ("min_points", "max_points", "min_sum_points", "max_sum_points", "default_score"),
    "choose-1": ("min_points", "max_points", "min_sum_points", "max_sum_points", "default_score"),
}
"""META fields that say nothing with a vote type."""
