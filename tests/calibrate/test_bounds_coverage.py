"""How often bounds that were widened by margins of error hold the truth, and how wide they get."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.methods.ecological_margins import AreaCounts, duncan_davis_with_margins
from evenground.methods.margins_of_error import counts_with_margins

pytestmark = pytest.mark.calibrate
N_TOWNS = 200
CONFIDENCE = 0.95
ALLOWED = 1 - CONFIDENCE + 2 * (CONFIDENCE * (1 - CONFIDENCE) / N_TOWNS) ** 0.5
SLACK = 1e-9


def town(rng, n_areas, kind):
    """Return people, those in the group, those with the property and those that are both."""
    people = np.rint(rng.lognormal(7.5, 0.6, n_areas))
    if kind == "half and half":  # nothing is known in any area, and nobody of the group has it
        group = np.rint(people / 2)
        return people, group, people - group, np.zeros(n_areas)
    in_group = rng.choice([0.02, 0.98], n_areas) if kind == "parted" else rng.beta(1, 3, n_areas)
    group, with_it = np.rint(people * in_group), np.rint(people * rng.beta(2, 2, n_areas))
    least, most = np.maximum(0, group + with_it - people), np.minimum(group, with_it)
    part = 0.0 if kind == "at the least" else rng.random(n_areas)
    return people, group, with_it, np.rint(least + part * (most - least))


def surveyed(rng, counts, noise):
    """Return counts as a survey would publish them, with errors like those of census tracts."""
    error = noise * np.sqrt(30 * counts) + 3
    return counts_with_margins(np.maximum(rng.normal(counts, error), 0), error * 1.645)


def holds(bounds, truth):
    return bool(bounds.low[0] - SLACK <= truth <= bounds.high[0] + SLACK)


def missed(seed, n_areas, kind, noise):
    """Return, for one town: share of areas missed; overall, gap and as published missed; width."""
    rng = np.random.default_rng(seed)
    people, group, with_it, both = town(rng, n_areas, kind)
    found = duncan_davis_with_margins(
        AreaCounts(
            with_it=surveyed(rng, with_it, noise),
            without=surveyed(rng, people - with_it, noise),
            in_group=surveyed(rng, group, noise),
        ),
        confidence=CONFIDENCE,
    )
    lived = group > 0
    shares = both[lived] / group[lived]
    low, high = found.by_area.low[lived] - SLACK, found.by_area.high[lived] + SLACK
    truth, gap = (
        both.sum() / group.sum(),
        both.sum() / group.sum() - (with_it - both).sum() / (people - group).sum(),
    )
    return (
        1 - float(((low <= shares) & (shares <= high)).mean()),
        not holds(found.overall, truth),
        not holds(found.gap, gap),
        not holds(found.as_published.overall, truth),
        float(found.overall.width[0]),
        float(found.as_published.overall.width[0]),
    )


@pytest.mark.parametrize("noise", [0.5, 1.5])
@pytest.mark.parametrize("kind", ["at the least", "anywhere", "parted", "half and half"])
@pytest.mark.parametrize("n_areas", [1, 10, 150])
def test_noisy_counts(n_areas, kind, noise, tables):
    towns = [missed(1_000 * k + n_areas, n_areas, kind, noise) for k in range(N_TOWNS)]
    area, overall, gap, published, width, narrow = np.nanmean(np.array(towns, float), axis=0)
    tables.add(
        "Bounds from counts with errors: how often the truth is missed, and how wide they are",
        areas=n_areas, truth=kind, noise=noise, area=area, overall=overall, gap=gap,
        as_published=published, width=width, width_published=narrow,
    )  # fmt: skip
    assert area <= ALLOWED
    assert overall <= ALLOWED
    assert gap <= ALLOWED
