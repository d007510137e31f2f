from __future__ import annotations

import hashlib
import time

import numpy as np
import pytest
import shapely
from evenground_demo import make_demo
from evenground_demo.city_folder import csv_tables
from evenground_demo.tables.spending import spending_rows
from evenground_demo.world import make_world


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(demo, tmp_path):
    start = time.process_time()
    again = make_demo(tmp_path / "again")
    assert time.process_time() - start < 10.0
    assert contents(again.root) == contents(demo.root)


def test_making_it_again_in_the_same_folder_changes_nothing(tmp_path):
    first = contents(make_demo(tmp_path).root)
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    second = contents(make_demo(tmp_path).root)
    assert second.pop("mine.txt")
    assert first == second


def test_another_seed_gives_another_city_with_the_same_files(demo, tmp_path):
    other = contents(make_demo(tmp_path, seed=7).root)
    here = contents(demo.root)
    assert other.keys() == here.keys()
    assert other["city/areas.gpkg"] != here["city/areas.gpkg"]
    assert other["city/city.toml"] == here["city/city.toml"]


def test_a_table_does_not_depend_on_the_tables_made_before_it(world):
    alone = spending_rows(make_world())
    csv_tables(world)
    assert spending_rows(world) == alone


@pytest.mark.parametrize("seed", range(1, 7))
def test_every_seed_gives_a_sound_map(seed):
    world = make_world(seed)
    for edition in (world.editions.old, world.editions.new):
        assert shapely.coverage_is_valid(np.array([area.shape for area in edition]))
        assert len({area.code for area in edition}) == len(edition) == 120
        assert {area.shape.geom_type for area in edition} == {"Polygon"}
    assert 202_000 < world.people.total.sum() < 204_500


def test_everything_says_that_it_is_invented(demo):
    for path in (*demo.root.rglob("*.toml"), *demo.root.rglob("*.md")):
        assert "invented" in path.read_text(encoding="utf-8"), path.name
