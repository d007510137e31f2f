"""Impedance functions: how much a place counts that costs something to get to.

Each is a small value that is called with costs, shape (n,), and returns weights of the same shape,
1 for what is at hand down to 0. ``reach`` is the cost beyond which the weight is 0. Costs and
parameters are in the same unit: minutes, metres. Which function and which parameter describe
people's behaviour is a question for data; none of the defaults is more than a convention.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from evenground.language import N_
from evenground.methods.validation import Vector, wrong


class Decay(Protocol):
    """An impedance function."""

    @property
    def reach(self) -> float:
        """The cost beyond which the weight is 0; infinite if there is none."""
        ...

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return weights, 0-1, for costs of 0 or more."""
        ...


@dataclass(frozen=True, slots=True)
class Binary:
    """1 up to ``threshold``, 0 beyond it.

    Source: Wachs and Kumagai (1973), Socio-Economic Planning Sciences 7, 437-456 (cumulative
    opportunities); the catchment of Luo and Wang (2003), Environment and Planning B 30, 865-884.
    """

    threshold: float

    def __post_init__(self) -> None:
        _positive("threshold", self.threshold)

    @property
    def reach(self) -> float:
        """The cost beyond which the weight is 0."""
        return self.threshold

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return 1 for costs up to the threshold, 0 for others."""
        return (np.asarray(cost, np.float64) <= self.threshold).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Bands:
    """Stepped travel zones: the weight of the first band whose outer end the cost does not exceed.

    ``ends`` rise and ``weights`` do not. The defaults are the zones of 10, 20 and 30 minutes with
    the weights of slow decay in the source; (1, 0.42, 0.09) are those of quick decay.

    Source: Luo and Qi (2009), Health & Place 15, 1100-1107.
    """

    ends: tuple[float, ...] = (10.0, 20.0, 30.0)
    weights: tuple[float, ...] = (1.0, 0.68, 0.22)

    def __post_init__(self) -> None:
        ends, weights = np.asarray(self.ends, float), np.asarray(self.weights, float)
        fits = ends.ndim == 1 and ends.size > 0 and ends.shape == weights.shape
        if not (
            fits
            and ends[0] > 0
            and ends[-1] < np.inf
            and (np.diff(ends) > 0).all()
            and (np.diff(weights) <= 0).all()
            and weights[-1] >= 0
            and weights[0] <= 1
        ):
            raise wrong(
                "decay_bands",
                N_("bands end at {ends} with weights {weights}; ends rise, weights fall from 1"),
                ends=self.ends,
                weights=self.weights,
            )

    @property
    def reach(self) -> float:
        """The cost beyond which the weight is 0."""
        return float(self.ends[-1])

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return the weight of the band that each cost falls into; an end belongs to its band."""
        band = np.searchsorted(self.ends, np.asarray(cost, np.float64), side="left")
        return np.array([*self.weights, 0.0])[band]


@dataclass(frozen=True, slots=True)
class Gaussian:
    """``exp(-cost² / (2 sigma²))``: about 0.61 at ``sigma``, 0.14 at twice that.

    Source: Ingram (1971), Regional Studies 5, 101-107; compared with others by Kwan (1998),
    Geographical Analysis 30, 191-216, where ``beta = 2 sigma²``.
    """

    sigma: float

    def __post_init__(self) -> None:
        _positive("sigma", self.sigma)

    @property
    def reach(self) -> float:
        """No end."""
        return np.inf

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return ``exp(-cost² / (2 sigma²))``."""
        return np.exp(-0.5 * (np.asarray(cost, np.float64) / self.sigma) ** 2)


@dataclass(frozen=True, slots=True)
class GaussianCatchment:
    """A Gaussian that ends at ``threshold``: 1 at hand, 0 from the threshold on, no step between.

    ``(exp(-½ (cost/threshold)²) - exp(-½)) / (1 - exp(-½))``.
    Source: Dai (2010), Health & Place 16, 1038-1052.
    """

    threshold: float

    def __post_init__(self) -> None:
        _positive("threshold", self.threshold)

    @property
    def reach(self) -> float:
        """The cost beyond which the weight is 0."""
        return self.threshold

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return the weight, 0 from the threshold on."""
        far = np.minimum(np.asarray(cost, np.float64) / self.threshold, 1.0)
        least = np.exp(-0.5)
        return (np.exp(-0.5 * far**2) - least) / (1 - least)


@dataclass(frozen=True, slots=True)
class Exponential:
    """``exp(-rate cost)``; ``rate`` is 1 over the cost at which the weight is 0.37.

    Source: Wilson (1971), Environment and Planning 3, 1-32.
    """

    rate: float

    def __post_init__(self) -> None:
        _positive("rate", self.rate)

    @property
    def reach(self) -> float:
        """No end."""
        return np.inf

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return ``exp(-rate cost)``."""
        return np.exp(-self.rate * np.asarray(cost, np.float64))


@dataclass(frozen=True, slots=True)
class InversePower:
    """``(cost / least)^-exponent``, and 1 for all that costs no more than ``least``.

    Without a least cost, the weight of what is next door would be infinite. With ``least`` 1, this
    is the ``cost^-exponent`` of the source.
    Source: Hansen (1959), Journal of the American Institute of Planners 25, 73-76.
    """

    exponent: float = 2.0
    least: float = 1.0

    def __post_init__(self) -> None:
        _positive("exponent", self.exponent)
        _positive("least", self.least)

    @property
    def reach(self) -> float:
        """No end."""
        return np.inf

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return ``(max(cost, least) / least)^-exponent``."""
        return np.maximum(np.asarray(cost, np.float64) / self.least, 1.0) ** -self.exponent


@dataclass(frozen=True, slots=True)
class Linear:
    """``1 - cost / threshold``, and 0 beyond the threshold.

    Source: Ingram (1971), Regional Studies 5, 101-107.
    """

    threshold: float

    def __post_init__(self) -> None:
        _positive("threshold", self.threshold)

    @property
    def reach(self) -> float:
        """The cost beyond which the weight is 0."""
        return self.threshold

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return ``max(0, 1 - cost / threshold)``."""
        return np.maximum(1.0 - np.asarray(cost, np.float64) / self.threshold, 0.0)


@dataclass(frozen=True, slots=True)
class LogLogistic:
    """``1 / (1 + (cost / median)^shape)``: a plateau at hand, ½ at ``median``, then a long tail.

    The same as ``1 / (1 + exp(a + b ln cost))`` with ``shape = b`` and ``median = exp(-a / b)``.
    Source: Geurs and Ritsema van Eck (2001), Accessibility measures: review and applications, RIVM
    report 408505 006, who use a = -6.899 and b = 2.326 for minutes to work.
    """

    median: float
    shape: float

    def __post_init__(self) -> None:
        _positive("median", self.median)
        _positive("shape", self.shape)

    @property
    def reach(self) -> float:
        """No end."""
        return np.inf

    def __call__(self, cost: ArrayLike) -> Vector:
        """Return ``1 / (1 + (cost / median)^shape)``."""
        return 1.0 / (1.0 + (np.asarray(cost, np.float64) / self.median) ** self.shape)


def _positive(name: str, value: float) -> None:
    if not 0 < value < np.inf:
        raise wrong(
            "decay_parameter",
            N_("{name} is {value}, expected a number above 0"),
            name=name,
            value=value,
        )
