"""``evenground site`` on the OR-Library's p-median instances, and on a real city.

Source: Beasley (1985), A note on solving large p-median problems, European Journal of Operational
Research 21, 270-273. The first line of a file is nodes, edges and p; of repeated edges the last
counts; distances are shortest paths.
"""

from __future__ import annotations

import json

import geopandas
import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path
from typer.testing import CliRunner

from evenground.cli import build

pytestmark = pytest.mark.real
OPTIMA = {1: 5819, 2: 4093, 3: 4250, 4: 3034, 5: 1355, 6: 7824, 7: 5631, 8: 4445}
KINDS = ("library", "recreation_centre", "post_office")


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Return what the command prints as data, run in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        asked = [*map(str, words), "--json"]
        result = CliRunner().invoke(build(), asked, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    return run


@pytest.mark.parametrize("number", OPTIMA)
def test_published_optima_are_found_and_proven(number, told, real_data, tmp_path):
    file = real_data("published") / "or_library_pmed" / f"pmed{number}.txt"
    words = file.read_text(encoding="utf-8").split()
    n, _, p = map(int, words[:3])
    lengths = np.zeros((n, n))
    for a, b, length in np.array(words[3:], dtype=float).reshape(-1, 3):
        lengths[int(a) - 1, int(b) - 1] = lengths[int(b) - 1, int(a) - 1] = length
    costs = shortest_path(csr_array(lengths), directed=False)
    row, column = np.indices((n, n)).reshape(2, -1)
    pairs = {"from": row + 1, "to": column + 1, "cost": costs.ravel()}
    pd.DataFrame(pairs).to_parquet(tmp_path / "costs.parquet")
    names = np.arange(1, n + 1)
    pd.DataFrame({"id": names, "weight": 1}).to_csv(tmp_path / "demand.csv", index=False)
    pd.DataFrame({"id": names}).to_csv(tmp_path / "candidates.csv", index=False)
    found = told(
        "site", "--demand", "demand.csv", "--candidates", "candidates.csv", "--costs",
        "costs.parquet", "--units", p, "--objective", "p-median",
    )  # fmt: skip
    assert found["objective"] == OPTIMA[number]
    assert found["bound"] == found["objective"]
    assert (found["status"], found["gap"], len(found["sites"])) == ("optimal", 0, p)


@pytest.fixture
def libraries(real_data, tmp_path):
    """Write places that may hold a library: those of today, recreation centres, post offices."""
    points = geopandas.read_file(
        real_data("washington_dc") / "services" / "service_points_2016.geojson"
    )
    points = points[points["kind"].isin(KINDS)].reset_index(drop=True)
    points["id"] = [f"{kind} {at}" for at, kind in enumerate(points["kind"])]
    points["today"] = np.where(points["kind"] == "library", "yes", "no")
    points[["id", "today", "geometry"]].to_file(tmp_path / "candidates.geojson")
    return points


@pytest.mark.parametrize("objective", ["p-median", "maximin", "max-coverage"])
def test_libraries_of_washington(objective, told, real_data, libraries):
    areas = real_data("washington_dc") / "areas" / "block_groups_2010.parquet"
    n_today = int((libraries["kind"] == "library").sum())
    asked = (
        "site", "--demand", areas, "--candidates", "candidates.geojson", "--id", "geoid",
        "--site-id", "id", "--weight", "pop2010", "--crs", "EPSG:26985", "--units", n_today,
        "--groups", "pop2010_black_alone,pop2010_hispanic,pop2010_white_alone", "--objective",
        objective, "--radius", 1000, "--work-limit", 20_000,
    )  # fmt: skip
    found = told(*asked)
    assert found["everybody"]["people"] == 601_723
    assert len(found["today"]["sites"]) == n_today
    assert len(found["sites"]) == n_today
    better = max if found["more_is_better"] else min
    assert better(found["objective"], found["today"]["objective"]) == found["objective"]
    if found["status"] == "gap":
        assert better(found["objective"], found["bound"]) == found["bound"]
    else:
        assert found["bound"] == found["objective"]
    one = found["everybody"]
    assert one["gaining"] + one["losing"] + one["same"] == pytest.approx(one["people"])
    assert sum(loser["weight"] for loser in found["losers"]) == pytest.approx(one["losing"])
    assert list(found["groups"]) == [
        "pop2010_black_alone", "pop2010_hispanic", "pop2010_white_alone",
    ]  # fmt: skip
