"""The p-center: sites from which nobody is farther than need be.

Source: Hakimi (1964), Operations Research 12, 450-459; solved over the distinct costs as in Minieka
(1970), The m-center problem, SIAM Review 12, 138-139.
"""

from __future__ import annotations

from evenground.methods.siting.answer import Effort, Siting
from evenground.methods.siting.problem import SitingProblem


def p_center(problem: SitingProblem, *, effort: Effort | None = None) -> Siting:
    """Return the sites with the least ``max_i min_j c_ij`` over points where people live.

    Returns
    -------
    Siting
        The objective is the cost of those worst off.

    Raises
    ------
    UsageError
        If the problem makes no sense.
    """
    raise NotImplementedError
