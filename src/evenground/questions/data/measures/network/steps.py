"""Steps: days from which on a series is another than before, by more than it ever is by nature.

Of all windows in which the difference passes the threshold, the narrowest is taken, as it holds one
step alone (Baranowski, Chen and Fryzlewicz 2019, Journal of the Royal Statistical Society B 81,
649-672); the search goes on between the steps that are found.
"""

from __future__ import annotations

import numpy as np

from evenground.methods.validation import Flags, Vector
from evenground.questions.data.measures.network.windows import robust_scale, window_differences

WIDTHS = (1, 2, 4, 7, 14)
"""Days on either side of a step that are compared: from a week on, whole weeks."""
LEAST_WINDOWS = 6
"""A series must be this many times as long as the days on one side."""
STEP_Z = 7.0
"""How many times its usual size a difference must be. On clean series of nine kinds (40 years of
each) the largest was 6.3."""
LEVEL_Z = 2.5
RARER = 1.5
"""A step must be so many times what one in forty differences reaches, in series that jump often by
nature."""
LEFT_OUT = 6
"""So many of the largest steps do not count towards that."""
LEAST_LEFT = 30
_SHRINK = 0.1
_CLIP = 3.0


def step_sizes(features: Vector) -> Vector:
    """Return how many times its usual size each difference is.

    Parameters
    ----------
    features, shape (n_sensors, n_features, n_days)
        Figures of each day; ``nan`` where there is none.

    Returns
    -------
    array, shape (n_sensors, n_widths, n_days)
        Mahalanobis distance of the differences of all features from 0, where scales and
        correlations are those of the same series; 0 where nothing is known, or where the level
        itself differs by less than two and a half times what it usually does.
    """
    n_sensors, _, n_days = features.shape
    sizes = np.zeros((n_sensors, len(WIDTHS), n_days))
    for i, width in enumerate(WIDTHS):
        if n_days >= LEAST_WINDOWS * width:
            differences = window_differences(features, width, width)
            spread = spread_of(differences)
            level = np.nan_to_num(np.abs(differences[:, 0]) / spread[0][:, [0]])
            sizes[:, i] = np.where(level >= LEVEL_Z, distances(differences, spread), 0.0)
    return sizes


def spread_of(differences: Vector) -> tuple[Vector, Vector]:
    """Return scales (..., n_features) and inverse correlations of differences (..., n_features, n).

    Scales are robust; correlations are of differences clipped at three scales, and drawn a tenth
    towards none.
    """
    scales = robust_scale(differences)
    scales = np.where(scales > 0, scales, np.nan)
    z = np.nan_to_num(np.clip(differences / scales[..., None], -_CLIP, _CLIP))
    cross = z @ np.swapaxes(z, -1, -2)
    length = np.sqrt(np.einsum("...aa->...a", cross))
    length = np.where(length > 0, length, 1.0)
    correlation = (1 - _SHRINK) * cross / length[..., :, None] / length[..., None, :]
    diagonal = np.arange(correlation.shape[-1])
    correlation[..., diagonal, diagonal] = 1.0
    return scales, np.linalg.inv(correlation).astype(np.float64)


def distances(differences: Vector, spread: tuple[Vector, Vector]) -> Vector:
    """Return Mahalanobis distances of differences (..., n_features, n) from 0, shape (..., n)."""
    scales, inverse = spread
    z = np.nan_to_num(differences / scales[..., None])
    return np.sqrt(np.maximum(np.einsum("...ad,...ab,...bd->...d", z, inverse, z), 0.0))


def steps_of(features: Vector, sizes: Vector, *, threshold: float = STEP_Z) -> tuple[int, ...]:
    """Return the steps of one series: positions of the first days after them, in order.

    Parameters
    ----------
    features, shape (n_features, n_days)
        Figures of each day.
    sizes, shape (n_widths, n_days)
        The sensor's entry of ``step_sizes``.
    threshold
        How large a step must be: first beside the whole series, then beside what lies between the
        steps next to it, as a series may vary more in another unit.
    """
    found = _largest(sizes, np.full(len(WIDTHS), threshold))
    if not found:
        return ()
    raised = np.maximum(threshold, RARER * _often_reached(sizes, found))
    return _lasting(features, sorted(_largest(sizes, raised)), threshold)


def _largest(sizes: Vector, thresholds: Vector) -> dict[int, float]:
    """Return positions and sizes of steps above each width's threshold, narrow windows first."""
    found: dict[int, float] = {}
    for i, width in enumerate(WIDTHS):
        free = sizes[i].copy()
        for at in found:
            free[max(at - width + 1, 0) : at + width] = 0.0
        while free.size and free.max() >= thresholds[i]:
            at = int(free.argmax())
            found[at] = float(free[at])
            free[max(at - width + 1, 0) : at + width] = 0.0
    return found


def _often_reached(sizes: Vector, found: dict[int, float]) -> Vector:
    """Return the size that one in forty differences reaches, apart from the largest steps.

    Shape (n_widths,); 0 where too little is left to tell.
    """
    largest = sorted(found, key=lambda at: -found[at])[:LEFT_OUT]
    out = np.zeros(len(WIDTHS))
    for i, width in enumerate(WIDTHS):
        left = sizes[i].copy()
        for at in largest:
            left[max(at - width + 1, 0) : at + width] = 0.0
        left = left[left > 0]
        if left.size >= LEAST_LEFT:
            out[i] = np.quantile(left, 1 - 1 / 40)
    return out


def _lasting(features: Vector, found: list[int], threshold: float) -> tuple[int, ...]:
    """Return the steps that are large beside their own surroundings, the smallest dropped first."""
    sizes = [_local_size(features, found, k) for k in range(len(found))]
    while sizes and min(sizes) < threshold:
        k = int(np.argmin(sizes))
        del found[k], sizes[k]
        for near in range(max(k - 1, 0), min(k + 1, len(found))):
            sizes[near] = _local_size(features, found, near)
    return tuple(found)


def _local_size(features: Vector, found: list[int], k: int) -> float:
    """Return the size of a step beside what lies before and after it, up to the steps there."""
    begin = found[k - 1] if k else 0
    end = found[k + 1] if k + 1 < len(found) else features.shape[-1]
    before, after = features[:, begin : found[k]], features[:, found[k] : end]
    both = features[:, begin:end]
    largest = 0.0
    for width in WIDTHS:
        if width > min(before.shape[-1], after.shape[-1]):
            break
        usual = np.concatenate(
            [window_differences(side, width, width) for side in (before, after)], axis=-1
        )
        if np.isfinite(usual[0]).sum() < LEAST_WINDOWS * width:
            break
        difference = window_differences(both, width, width)[:, [found[k] - begin]]
        largest = max(largest, float(distances(difference, spread_of(usual))[0]))
    return largest


def has_steps(sizes: Vector, *, threshold: float = STEP_Z) -> Flags:
    """Say which sensors have any step, shape (n_sensors,)."""
    return np.asarray((sizes >= threshold).any(axis=(1, 2)))
