"""Points to areas, beside geopandas' join, which counts points on boundaries more than once."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from evenground.methods.boundary_assignment import assign_points, units_by_area

pytestmark = pytest.mark.bench


def test_points_to_areas(benchmark, cpu_seconds, say):
    import geopandas as gpd

    side = 25
    areas = np.array(
        [shapely.box(x, y, x + 400, y + 400) for x in range(0, 400 * side, 400)
         for y in range(0, 400 * side, 400)]
    )  # fmt: skip
    rng = np.random.default_rng(1)
    xy = rng.uniform(0, 400 * side, (20_000, 2))
    xy[::50, 0] = np.round(xy[::50, 0] / 400) * 400  # one in fifty on a boundary
    points = shapely.points(xy)
    left = gpd.GeoDataFrame(geometry=points, crs=3857)
    right = gpd.GeoDataFrame(geometry=areas, crs=3857)
    found = benchmark(lambda: assign_points(points, areas))
    seconds = cpu_seconds(lambda: assign_points(points, areas), rounds=3)
    theirs = cpu_seconds(lambda: gpd.sjoin(left, right, predicate="intersects"), rounds=3)
    joined = len(gpd.sjoin(left, right, predicate="intersects"))
    say(
        f"20,000 points to {areas.size} areas: evenground {seconds * 1e3:.0f} ms, geopandas sjoin "
        f"{theirs * 1e3:.0f} ms; counted {units_by_area(found).sum():.0f} and {joined} times"
    )
    assert units_by_area(found).sum() == 20_000
    assert joined > 20_000


def test_rate_ratio_of_clustered_places(benchmark):
    """No peer is known for an exact interval with places of several units and uncertain people."""
    from evenground.methods.margins_of_error import counts_with_margins
    from evenground.questions.reach.measures.rate_ratio import rate_ratio

    rng = np.random.default_rng(2)
    units = rng.choice([1.0, 2, 3, 8], 300, p=[0.8, 0.12, 0.06, 0.02])
    inside = (rng.random(300) < 0.6).astype(float)
    people = counts_with_margins([200_000, 220_000], [3_000, 3_200])
    found = benchmark(lambda: rate_ratio(units, np.vstack([inside, 1 - inside]), baseline=people))
    assert found.method == "exact"
