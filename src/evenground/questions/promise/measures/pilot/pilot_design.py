"""A pilot's design: how many areas, for how long, in what order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.language import N_
from evenground.methods.validation import Whole, wrong

DESIGNS = ("parallel", "difference_in_differences", "ancova", "stepped_wedge")
_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotDesign:
    """One way of running a pilot.

    Attributes
    ----------
    design
        One of ``DESIGNS``: half of the areas treated, and outcomes compared as they are, less their
        baseline, or adjusted for it; or all areas treated step by step.
    n_areas
        Areas that take part, treated or not.
    n_periods
        Periods from the first treated period to the end; in a stepped wedge, from the first
        period in which nobody is treated yet.
    n_baseline
        Periods before that are used.
    n_steps
        Of a stepped wedge; 0 in other designs.
    """

    design: str
    n_areas: int
    n_periods: int
    n_baseline: int = 0
    n_steps: int = 0

    @property
    def n_times(self) -> int:
        """Periods of data that it takes."""
        return self.n_baseline + self.n_periods

    @property
    def n_labels(self) -> int:
        """What lots deal: treated or not, or a step."""
        return self.n_steps if self.design == "stepped_wedge" else _PAIR

    @property
    def starts(self) -> Whole:
        """Column of the pilot's data in which each label begins, shape (n_labels,)."""
        if self.design == "stepped_wedge":
            parts = np.arange(1, self.n_steps + 1) / (self.n_steps + 1)
            return self.n_baseline + np.round(self.n_periods * parts).astype(np.int64)
        return np.array([self.n_times, self.n_baseline], dtype=np.int64)

    @property
    def n_under_way(self) -> int:
        """Periods from the first that is treated anywhere to the end."""
        return self.n_times - int(self.starts.min())

    @property
    def n_treated(self) -> int:
        """Areas that are treated at some time."""
        return self.n_areas if self.design == "stepped_wedge" else self.n_areas // 2

    @property
    def treated_periods(self) -> int:
        """Periods under treatment, added up over areas."""
        dealt = np.bincount(np.arange(self.n_areas) % self.n_labels, minlength=self.n_labels)
        return int(dealt @ (self.n_times - self.starts))

    def cost(self, *, per_area: float = 0.0, per_period: float = 1.0) -> float:
        """Return what it costs: so much for an area treated, so much for each period of it.

        With the defaults, periods under treatment.
        """
        return self.n_treated * per_area + self.treated_periods * per_period


def pilot_design(
    design: str, *, n_areas: int, n_periods: int, n_baseline: int = 0, n_steps: int = 4
) -> PilotDesign:
    """Return a checked design; steps of a wedge are cut to what areas and periods allow.

    Parameters
    ----------
    design
        One of ``DESIGNS``.
    n_areas, n_periods, n_baseline, n_steps
        As in ``PilotDesign``; steps count in a stepped wedge only.

    Raises
    ------
    UsageError
        If the design is unknown, has fewer than two areas or no period, or lacks the baseline or
        the two steps that it needs.
    """
    if design not in DESIGNS:
        raise wrong(
            "design_unknown",
            N_("{found} is no design; there are {known}"),
            found=design,
            known=", ".join(DESIGNS),
        )
    wedge = design == "stepped_wedge"
    steps = min(n_steps, n_areas, n_periods - 1) if wedge else 0
    needs = design in {"difference_in_differences", "ancova"}
    if n_areas < _PAIR or n_periods < 1 or n_baseline < needs or (wedge and steps < _PAIR):
        raise wrong(
            "design_small",
            N_("{n_areas} areas, {n_periods} periods and a baseline of {n_baseline} make no pilot"),
            n_areas=n_areas,
            n_periods=n_periods,
            n_baseline=n_baseline,
        )
    return PilotDesign(
        design=design,
        n_areas=n_areas,
        n_periods=n_periods,
        n_baseline=n_baseline,
        n_steps=steps,
    )
