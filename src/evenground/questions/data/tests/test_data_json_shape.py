"""The shape that programs rely on, and what must not change it."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from evenground.language import language
from evenground.questions.data.purposes.model import MEASURES, PURPOSES
from evenground.tests.scenarios_of_data import air_sheet, faulty, readings, village
from evenground.workspace.auditing.results import audit_data
from evenground.workspace.auditing.running import audit

TODAY = date(2026, 3, 1)
TOP = {
    "name", "rows", "columns", "period", "form", "roles", "guessed", "datasheet", "files",
    "measures", "checks", "verdicts",
}  # fmt: skip
BY_ORDER = ("order_inversions",)
"""Checks that are about the order of rows."""
BY_FILE = ("schema_changes", "category_changes", "meaning_changes")
"""Checks that hold one file against another where there are several, else one period."""


@pytest.fixture(scope="module")
def city():
    return village().opened()[1]


def plain(table, city, sheet=None, **terms):
    """Return an audit as plain values, without the names of its files."""
    terms = {"title": "air", **terms}
    found = audit(table, sheet or air_sheet(), city=city, today=TODAY, **terms).as_data()
    del found["files"]
    return found


def without(found, names):
    checks = {name: one for name, one in found["checks"].items() if name not in names}
    return {**found, "checks": checks}


def test_the_shape_is_kept(city):
    found = audit(faulty().rows, air_sheet(), city=city, today=TODAY).as_data()
    assert set(found) >= TOP
    assert found["rows"] == faulty().rows.num_rows
    assert found["columns"] == 5
    assert found["period"] == ["2026-02-01", "2026-02-08"]
    assert found["form"] == "stream"
    assert list(found["measures"]) == list(MEASURES)
    for measure in found["measures"].values():
        assert {"value", "low", "high", "unit", "status", "kind", "reason", "method"} <= set(
            measure
        )
        assert measure["status"] in {"established", "not_established"}
        assert (measure["reason"] is not None) >= (measure["status"] == "not_established")
    for check in found["checks"].values():
        assert {"count", "status", "unit", "definition", "reason"} <= set(check)
        assert check["status"] in {"found", "none", "not_established"}
        assert (check["count"] is None) == (check["status"] == "not_established")
        assert (check["reason"] is not None) == (check["status"] == "not_established")
    assert list(found["verdicts"]) == list(PURPOSES)
    for verdict in found["verdicts"].values():
        assert verdict["verdict"] in {"yes", "no", "cannot_tell"}
        assert {"from_data_alone", "because", "would_change", "requirements"} <= set(verdict)
        assert verdict["because"]


def test_it_is_json_and_the_same_each_time(city):
    one, other = (
        json.dumps(audit(faulty().rows, air_sheet(), city=city, today=TODAY).as_data())
        for _ in range(2)
    )
    assert one == other
    assert "NaN" not in one
    assert "Infinity" not in one


def test_in_words_it_has_the_same_shape(city):
    found = audit(faulty().rows, air_sheet(), city=city, today=TODAY)
    codes, words = found.as_data(), audit_data(found, language("en"))
    assert set(words) == {*codes, "problems"}
    for name, check in words["checks"].items():
        assert isinstance(check["definition"], str), name
        assert check["count"] == codes["checks"][name]["count"]
    for name, measure in words["measures"].items():
        assert measure["value"] == codes["measures"][name]["value"]
    asked = audit_data(found, language("en"), purposes=("decide",))
    assert list(asked["verdicts"]) == ["decide"]


def test_order_of_columns_changes_nothing(city):
    table = faulty().rows
    other = table.select(list(reversed(table.column_names)))
    assert plain(table, city) == plain(other, city)


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_rows_changes_nothing_but_what_is_said_of_order(city, seed):
    table = faulty().rows
    shuffled = table.take(np.random.default_rng(seed).permutation(table.num_rows))
    one, other = plain(table, city), plain(shuffled, city)
    assert without(one, BY_ORDER) == without(other, BY_ORDER)
    assert other["checks"]["order_inversions"]["count"] > one["checks"]["order_inversions"]["count"]


def test_which_sensor_comes_first_changes_nothing_at_all(city):
    table = faulty().rows
    blocks = [table.filter(pa.compute.equal(table["sensor"], f"S{n:02}")) for n in (2, 0, 3, 1)]
    assert (
        plain(table, city)["checks"].keys()
        == plain(pa.concat_tables(blocks), city)["checks"].keys()
    )
    straight = readings(days=4)
    blocks = [
        straight.filter(pa.compute.equal(straight["sensor"], f"S{n:02}")) for n in (2, 0, 3, 1)
    ]
    assert plain(straight, city) == plain(pa.concat_tables(blocks), city)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_one_file_or_several_are_the_same_rows(city, tmp_path, kind):
    table = faulty().rows
    whole, folder = tmp_path / f"whole.{kind}", tmp_path / "parts"
    folder.mkdir()
    write = pa.csv.write_csv if kind == "csv" else pa.parquet.write_table
    write(table, whole)
    for number, start in enumerate(range(0, table.num_rows, 300)):
        write(table.slice(start, 300), folder / f"part-{number}.{kind}")
    one, several = (without(plain(path, city), BY_FILE) for path in (whole, folder))
    compared = {"checks", "measures", "verdicts", "rows", "columns", "period", "roles"}
    assert {name: one[name] for name in compared} == {name: several[name] for name in compared}


def test_a_file_and_its_rows_in_memory_are_the_same(city, tmp_path):
    table = faulty().rows
    path = tmp_path / "air.parquet"
    pa.parquet.write_table(table, path)
    frame = table.to_pandas()
    from_file, in_memory, from_pandas = (plain(one, city) for one in (path, table, frame))
    assert from_file == in_memory
    assert from_pandas["checks"] == in_memory["checks"]


def test_flagged_rows_are_handed_out_only_where_they_are_wanted(city):
    quiet, asked = (
        audit(faulty().rows, air_sheet(), city=city, today=TODAY, flags=flags)
        for flags in (False, True)
    )
    counts = {name: check.count for name, check in asked.checks.items()}
    assert counts == {name: check.count for name, check in quiet.checks.items()}
    flags = asked.flags().to_pylist()
    found = {one["check"] for one in flags}
    assert {"sentinels", "duplicates", "nulls"} <= found
    of_sentinels = [one for one in flags if one["check"] == "sentinels"]
    assert len(of_sentinels) == counts["sentinels"] == 2
    rows = faulty().rows.to_pylist()
    assert all(rows[one["row"]]["no2"] == -999.0 for one in of_sentinels)
