"""Lexicographic siting: the worst-off group first, then the next, as far down as there are groups.

Source: Ogryczak (1997), On the lexicographic minimax approach to location problems, European Journal
of Operational Research 100, 566-585.
"""

from __future__ import annotations

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.problem import SitingProblem


def lexicographic(problem: SitingProblem, *, effort: Effort | None = None) -> Siting:
    """Return the sites whose group means, sorted from the worst, are least in lexicographic order.

    Returns
    -------
    Siting
        ``levels`` are the group means from the worst to the best, ``bounds`` what each level could
        be at best given those above it; the objective and bound are those of the first level.

    Raises
    ------
    UsageError
        If the problem makes no sense, there are no groups, or a group is empty.
    """
    raise NotImplementedError
