"""The variance of the effect in a parallel pilot, by formula: for comparison with own history.

Source: McKenzie (2012), Journal of Development Economics 99, 210-221, section 2: follow-up means
alone, differences in differences, and ANCOVA, with several periods before and after. It assumes
that any two periods of an area are equally alike; histories are rarely so.
"""

from __future__ import annotations

from evenground.language import N_
from evenground.methods.validation import wrong


def mckenzie_variances(
    *, variance: float, alike: float, n_each: int, n_before: int, n_after: int
) -> dict[str, float]:
    """Return the variance of the effect by design, in the outcome's unit squared.

    Parameters
    ----------
    variance
        Of an area's outcome in one period, among areas, above 0.
    alike
        Correlation of any two periods of an area, 0-1.
    n_each
        Areas treated, and as many not.
    n_before, n_after
        Periods of baseline and of the pilot; with no baseline only ``parallel`` is returned.

    Returns
    -------
    dict
        ``parallel``, ``difference_in_differences``, ``ancova``.

    Raises
    ------
    UsageError
        If a number is out of range.
    """
    sound = variance > 0 and 0 <= alike <= 1 and n_each > 0 and n_before >= 0 and n_after > 0
    if not sound:
        raise wrong("variance", N_("{variance} and {alike}"), variance=variance, alike=alike)
    after = (1 + (n_after - 1) * alike) / n_after
    scale = 2 * variance / n_each
    found = {"parallel": scale * after}
    if n_before:
        before = (1 + (n_before - 1) * alike) / n_before
        found["difference_in_differences"] = scale * (after + before - 2 * alike)
        found["ancova"] = scale * (after - alike**2 / before)
    return found
