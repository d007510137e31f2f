"""Which known conversion explains that days differ, if any does better than a shift or nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.data.measures.network.conversions import Conversion
from evenground.questions.data.measures.network.features import Scale, day_features
from evenground.questions.data.measures.network.steps import distances

SEAMLESS = 4.0
"""A conversion explains a difference if, once it is undone, what is left is at most so many times
the usual size, or"""
NEARLY_ALL = 40.0
"""so small a part of what it was."""
BETTER_BY = 6.0
"""By how much its squared size, with the penalties below, must be less than without."""
OTHER_WORTH = 4.0
"""A shift, a gain or any other change must be better by so much less."""
GAIN_WORTH = 9.0
"""The same for a gain where values are no counts of what people do, which holidays multiply."""
HALF_OF_ITSELF = 0.5
LATTICE_WORTH = 20.0
"""What it is worth, in squared sizes, that the smallest step of the values changed by the very
factor of the conversion."""
MOST_GAIN, N_GAINS = 1e7, 161
_ROOT_OF_TWO_PI = 2.5066


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Some days of a sensor, and others that they are set beside.

    Attributes
    ----------
    profile
        Low, median and high of the days in question, shape (3, 1, n_days).
    network
        What the network says of their features, shape (1, 3, n_days); zeros without one.
    reference
        Mean features of the days beside them, less what the network says, shape (3,).
    level
        Median of the days beside them.
    spread
        Scales and inverse correlations of such differences in the series.
    scale
        How features are scaled.
    later
        Whether the days in question are those in the new unit.
    activity
        Whether values are counts of what people do.
    lattice
        Smallest step of their values over that of the days beside; ``nan`` where there is none.
    """

    profile: Vector
    network: Vector
    reference: Vector
    level: float
    spread: tuple[Vector, Vector]
    scale: Scale
    later: bool = True
    activity: bool = False
    lattice: float = np.nan

    def differences(self, known: tuple[Conversion, ...]) -> Vector:
        """Return mean features less those beside, as they are and with each conversion undone.

        Shape (1 + n_known, 3, 1); the first entry is the difference as it is.
        """
        ways = [self.profile[:, 0]]
        for one in known:
            ways.append(one.undone(ways[0]) if self.later else one.applied(ways[0]))
        n = len(ways)
        scale = Scale(np.repeat(self.scale.logarithmic, n), np.repeat(self.scale.floor, n, axis=1))
        features = day_features(np.stack(ways, axis=1), scale) - self.network
        return (mean_features(features) - self.reference)[..., None]

    def sizes(self, differences: Vector) -> Vector:
        """Return the sizes of differences (n, 3, 1), shape (n,); infinite without a level."""
        known = np.isfinite(differences[:, 0, 0])
        return np.where(known, distances(differences, self.spread)[:, 0], np.inf)

    def rivals(
        self, difference: Vector, sizes: Vector, factors: Vector
    ) -> tuple[float, float, float]:
        """Return what it costs to call a difference a shift, a gain, or any other change.

        Parameters
        ----------
        difference, shape (3, 1)
            The difference as it is.
        sizes, factors, shape (n,)
            What is left of it once all is divided by each of some factors, and these.

        Returns
        -------
        tuple
            A shift moves the level alone, a gain multiplies all by a factor that is nobody's unit,
            as holidays do to traffic; any other change moves level and reaches as it likes. The
            cost is twice the surprise of having moved so far, told as finely as such differences
            are in this series, plus the squared size that is left. A level is taken to move by the
            order of what values range over in a day, a reach or a gain by half of itself (Cauchy
            distributions).
        """
        scales, inverse = self.spread
        correlation = np.linalg.inv(inverse)[1:, 1:]
        reaches = (scales[1:], np.linalg.inv(correlation).astype(np.float64))
        left = float(distances(difference[1:], reaches)[0])
        low, median, high = (_middle(part) for part in self.profile)
        told = scales[0] * (abs(self.level) if self.scale.logarithmic[0] else 1.0)
        level = _surprise(median - self.level, max(high - low, told), told)
        moved = zip(difference[1:, 0], scales[1:], strict=True)
        others = sum(_surprise(far, HALF_OF_ITSELF, finely) for far, finely in moved)
        at = int(np.argmin(sizes))
        finely = scales[0] if self.scale.logarithmic[0] else float(np.nanmin(scales[1:], initial=1))
        gain = float(sizes[at]) ** 2 + _surprise(np.log(factors[at]), HALF_OF_ITSELF, finely)
        return left**2 + level, gain, others + level


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A conversion that explains a difference.

    Attributes
    ----------
    conversion
        The conversion.
    alike
        Names of all conversions that explain it nearly as well, that one first.
    unexplained, left
        Size of the difference if nothing is undone, and once the conversion is, in usual sizes.
    gain
        How much better that is than a shift or nothing, in squared sizes less penalties.
    """

    conversion: Conversion
    alike: tuple[str, ...]
    unexplained: float
    left: float
    gain: float


def explained(contrast: Contrast, known: tuple[Conversion, ...]) -> Explained | None:
    """Return the conversion of ``known`` that explains a difference, ``None`` if none does."""
    bare = contrast.differences(())
    nothing = float(contrast.sizes(bare)[0])
    least = 2 * np.log(len(known)) + BETTER_BY
    least -= LATTICE_WORTH if np.isfinite(contrast.lattice) else 0.0
    if not np.isfinite(nothing) or nothing**2 < least:
        return None
    sizes = contrast.sizes(contrast.differences(known))[1:]
    worth = sizes**2 + 2 * np.log(len(known))
    if np.isfinite(contrast.lattice):
        factors = np.array([conversion.factor for conversion in known])
        stepped = contrast.lattice if contrast.later else 1 / contrast.lattice
        worth -= LATTICE_WORTH * np.isclose(factors, stepped, rtol=1e-4)
    at = int(np.argmin(worth))
    if not sizes[at] <= max(SEAMLESS, nothing / NEARLY_ALL) or worth[at] + BETTER_BY > nothing**2:
        return None
    rival = min(nothing**2, _rival(contrast, bare[0]))
    if not worth[at] + BETTER_BY <= rival:
        return None
    order = np.argsort(worth, kind="stable")
    return Explained(
        conversion=known[at],
        alike=tuple(known[i].name for i in order if worth[i] <= worth[at] + SEAMLESS),
        unexplained=nothing,
        left=float(sizes[at]),
        gain=float(rival - worth[at]),
    )


def _rival(contrast: Contrast, bare: Vector) -> float:
    """Return what a shift, a gain or any other change costs, whichever is least."""
    known = bare[np.isfinite(bare)]
    furthest = min(2 * float(np.abs(known).max(initial=0.0)), np.log(MOST_GAIN))
    factors = np.exp(np.linspace(-furthest, furthest, N_GAINS))
    gains = tuple(Conversion(name="gain", factor=float(factor)) for factor in factors)
    left = contrast.sizes(contrast.differences(gains))
    shift, gain, change = contrast.rivals(bare, left, np.concatenate([[1.0], factors]))
    gain += OTHER_WORTH if contrast.activity else GAIN_WORTH
    return min(shift + OTHER_WORTH, gain, change + OTHER_WORTH)


def mean_features(features: Vector) -> Vector:
    """Return means along the last axis, ``nan`` where less than half is known."""
    found = np.isfinite(features)
    n = found.sum(axis=-1)
    mean = np.where(found, features, 0.0).sum(axis=-1) / np.maximum(n, 1)
    return np.where((2 * n >= features.shape[-1]) & (n > 0), mean, np.nan)


def _surprise(moved: float, usual: float, told: float) -> float:
    """Return twice the surprise of a move, 0 where it is unknown or cannot be told."""
    if not (np.isfinite(moved) and usual > 0 and told > 0):
        return 0.0
    density = usual / (np.pi * (usual**2 + moved**2))
    return max(-2 * float(np.log(density * told * _ROOT_OF_TWO_PI)), 0.0)


def _middle(values: Vector) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else 0.0
