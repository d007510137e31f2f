"""Faults of columns are counted by their definitions, with the rows behind them."""

from __future__ import annotations

import random

import ibis
import pyarrow as pa
import pytest

from evenground.language import language
from evenground.questions.data.measures.checks import FLAG_COLUMNS, Status
from evenground.questions.data.measures.columns.facts import ROW, Facts, FileColumns
from evenground.questions.data.measures.columns.guess_roles import guess_roles
from evenground.questions.data.measures.columns.plan import COLUMN_CHECKS, asked, column_checks
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.questions.data.measures.roles import Roles
from evenground.questions.data.wording.columns import COLUMNS
from evenground.stores.audited import open_audited


def chances(seed):
    return random.Random(seed)  # noqa: S311 - nothing here is a secret


NAMES_USED_INSIDE = ("n", "value", "period", "position", "code", "row", "column", "zero", "w0")


def looked(table, roles, *, files=(), area_codes=None, has_row=True):
    plan = profile(table)
    profiles = columns_of(plan, [one.to_pyarrow() for one in plan.tables])
    facts = Facts(
        profiles=profiles, roles=roles or guess_roles(profiles).roles, files=files,
        area_codes=area_codes or {}, has_row=has_row,
    )  # fmt: skip
    found = {name: one.to_pyarrow() for name, one in asked(table, facts).items()}
    return {check.name: check for check in column_checks(facts, found)}


def checked(columns, roles=None, **known):
    n = len(next(iter(columns.values())))
    return looked(ibis.memtable(pa.table({**columns, ROW: list(range(n))})), roles, **known)


def rows_of(check):
    return check.flags["row"].to_pylist()


def test_identifiers_that_are_missing_or_repeated():
    columns = {"id": ["a", "b", None, "a", " ", "a", "c"], "v": ["1", "2", "3", "1", "5", "6", "7"]}
    found = checked(columns, Roles(row_id="id"))
    missing, repeated = found["missing_ids"], found["repeated_ids"]
    assert (missing.count, rows_of(missing)) == (2, [2, 4])
    assert (repeated.count, rows_of(repeated)) == (2, [3, 5])
    assert repeated.detail["same_in_every_column"] == 1
    assert repeated.detail["counting_missing_ids_as_one"] == 3
    assert repeated.flags.column_names == list(FLAG_COLUMNS)


def test_identifiers_are_compared_within_one_snapshot():
    columns = {"id": ["a", "b", "a", "b", "b"], "snapshot": ["1", "1", "2", "2", "2"]}
    assert checked(columns, Roles(row_id="id"))["repeated_ids"].count == 1


def test_repeated_rows_and_rows_without_anything():
    columns = {"a": ["x", "x", None, "x", " ", None], "b": [1, 1, None, 2, None, None]}
    check = checked(columns, Roles())["repeated_rows"]
    assert (check.count, rows_of(check)) == (1, [1])
    assert check.detail["empty_rows"] == 3


def test_missing_values_are_alike_in_repeated_rows():
    columns = {"a": ["x", "x", "y"], "b": [None, None, 1]}
    assert checked(columns, Roles())["repeated_rows"].count == 1


def test_leading_zeros():
    codes = ["00123", "12345", "4567", "99999", "00001", "123", "88888"]
    check = checked({"code": codes}, Roles())["lost_leading_zeros"]
    assert (check.count, rows_of(check)) == (2, [2, 5])
    assert checked({"n": ["1", "22", "333"]}, Roles())["lost_leading_zeros"].count == 0


def test_codes_of_areas():
    editions = {"2020": frozenset({"01", "02"}), "2010": frozenset({"77", "78"})}
    columns = {"area": ["01", "2", "77", "77", "x"], "n": [1, 2, 3, 4, 5]}
    found = checked(columns, Roles(area="area"), area_codes=editions)
    assert found["lost_leading_zeros"].count == 1
    old = found["old_area_codes"]
    assert (old.count, old.detail["other_edition"]) == (3, "2010")
    assert old.detail["crosswalk"] == "areal_interpolation"
    unknown = checked(columns, Roles(area="area"))["old_area_codes"]
    assert unknown.status is Status.NOT_ESTABLISHED


def test_cells_astray():
    n = 20
    columns = {
        "plain": [*["1"] * n, "x", "N/A"],
        "comma": [*["1,5"] * n, "2", "3"],
        "amount_usd": [*["$1,200.50"] * n, "1,234,567.00", "5"],
        "words": [*["CafÃ© Nord"] * 2, *["Café"] * n],
        "nothing": [None] * (n + 2),
    }
    found = checked(columns, Roles())
    assert (found["mixed_types"].count, rows_of(found["mixed_types"])) == (1, [n])
    assert found["mixed_types"].detail["signs_for_no_value"] == {"plain": 1}
    assert found["decimal_commas"].detail["columns"] == {"comma": n}
    assert found["money_as_text"].count == n + 1
    assert rows_of(found["encoding"]) == [0, 1]
    assert found["empty_columns"].detail["columns"] == ["nothing"]


def test_shares_that_pile_up_at_their_ends():
    chance = chances(5)
    free = [round(chance.uniform(20, 80), 1) for _ in range(40)]
    check = checked({"adoption_pct": [*free, *[100.0] * 9, *[0.0] * 2]}, Roles())["capped_shares"]
    assert check.detail["piles"] == {"adoption_pct": {"100": 9}}
    assert (check.count, len(rows_of(check))) == (9, 9)


def test_percentages_among_counts():
    columns = {"n_trips": [*["12"] * 20, "45%"], "count": [*[3.0] * 20, 0.5]}
    check = checked(columns, Roles())["percentages_in_counts"]
    assert check.detail["columns"] == {"n_trips": 1, "count": 1}


def test_totals_that_do_not_add_up():
    parts = [(i, 2 * i) for i in range(1, 31)]
    totals = [a + b + (i == 4) for i, (a, b) in enumerate(parts)]
    columns = {
        "casual": [a for a, _ in parts],
        "registered": [b for _, b in parts],
        "total": totals,
    }
    check = checked(columns, Roles())["totals_off"]
    assert (check.count, rows_of(check)) == (1, [4])


def test_a_row_of_totals_that_is_off():
    columns = {"area": [*"abcdefgh", "Total"], "people": [1, 2, 3, 4, 5, 6, 7, 8, 40]}
    check = checked(columns, Roles(area="area"))["totals_off"]
    assert check.count == 1
    assert check.detail["total_row"] == {"people": {"total": 40, "others": 36}}


def test_denominators_too_small():
    columns = {"tract": [f"t{i}" for i in range(30)], "population": [*[5, 0], *range(100, 128)]}
    check = checked(columns, Roles(area="tract"))["small_denominators"]
    assert (check.count, rows_of(check)) == (2, [0, 1])


def bins(before, after, n=40):
    years = {"2013": before, "2015": before, "2021": after, "2025": after}
    rows = [(year, codes[i % len(codes)]) for year, codes in years.items() for i in range(n)]
    return {
        "snapshot": [row[0] for row in rows],
        "TYPE": [row[1] for row in rows],
        "k": list(range(4 * n)),
    }


def test_codes_that_are_replaced_change_their_meaning():
    check = checked(bins(["TEMP", "REMOVE"], ["VS", "BB"]), Roles())["meaning_changes"]
    assert check.detail["columns"] == ["TYPE"]
    assert check.detail["changes"][0]["from_period"] == "2021"
    assert checked(bins(["A", "B"], ["A", "B"]), Roles())["meaning_changes"].count == 0
    each = bins(["A"], ["B"])
    each["TYPE"] = [f"{year}-x" for year in each["snapshot"]]
    assert checked(each, Roles())["meaning_changes"].count == 0


def test_numbers_that_take_another_scale():
    chance = chances(11)
    lengths = [round(chance.uniform(1, 3), 3) for _ in range(40)]
    columns = {
        "snapshot": [year for year in ("2020", "2021", "2022") for _ in range(40)],
        "length": [*lengths, *lengths[::-1], *(1000 * one for one in lengths)],
    }
    check = checked(columns, Roles())["meaning_changes"]
    assert check.detail["changes"][0]["factor"] == pytest.approx(1000, rel=0.01)


def test_categories_that_come_and_go():
    check = checked(bins(["A", "B", "C"], ["A", "B", "D"]), Roles())["category_changes"]
    told = {(one["category"], one["what"], one["period"]) for one in check.detail["changes"]}
    assert told == {("C", "gone", "2015"), ("D", "new", "2021")}


def test_columns_that_differ_between_files_and_periods():
    files = (
        FileColumns(name="1.csv", columns={"a": "string", "b": "string"}),
        FileColumns(name="2.csv", columns={"a": "int64", "c": "string"}),
    )
    columns = {"a": ["1", "2"], "b": ["x", None], "c": [None, "y"], "__file": ["1.csv", "2.csv"]}
    check = checked(columns, Roles(), files=files)["schema_changes"]
    told = {(one["column"], one["what"]) for one in check.detail["changes"]}
    assert told == {("a", "type"), ("b", "removed"), ("c", "added")}
    periods = {"snapshot": [*["1"] * 9, *["2"] * 9], "new": [*[None] * 9, *["v"] * 9]}
    assert checked(periods, Roles())["schema_changes"].detail["changes"][0]["column"] == "new"


def test_columns_may_have_any_name():
    texts, numbers = ["00123", "12345", "77", "99999", "00001"], [1, 2, 2, 4, 5]
    for names in (NAMES_USED_INSIDE[:5], NAMES_USED_INSIDE[4:]):
        columns = {**dict.fromkeys(names[::2], texts), **dict.fromkeys(names[1::2], numbers)}
        found = checked(columns, Roles(row_id=names[0], area=names[0]))
        assert found["missing_ids"].count == 0


def dirty(n=60):
    chance = chances(2)
    return {
        "id": [str(i % 55) if i % 20 else None for i in range(n)],
        "code": [f"{chance.randrange(99_999):05}" if i % 9 else "77" for i in range(n)],
        "price": [chance.choice(["1,5", "2,25", "x", "3"]) for _ in range(n)],
        "kind": ["A" if i < n / 2 else "B" for i in range(n)],
        "snapshot": ["1" if i < n / 2 else "2" for i in range(n)],
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_rows_and_columns_changes_no_count(seed):
    columns, roles = dirty(), Roles(row_id="id")
    order = chances(seed).sample(range(60), 60)
    names = chances(seed).sample(list(columns), len(columns))
    moved = {name: [columns[name][i] for i in order] for name in names}
    counts, again = (
        {name: check.count for name, check in checked(given, roles).items()}
        for given in (columns, moved)
    )
    assert counts == again


def test_parts_in_several_files_change_no_count(tmp_path):
    columns, roles = dirty(), Roles(row_id="id")
    lines = [
        ",".join(f'"{cell or ""}"' for cell in row) for row in zip(*columns.values(), strict=True)
    ]
    head = ",".join(columns)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one/all.csv").write_text("\n".join([head, *lines]))
    for name, part in (("1.csv", lines[:23]), ("2.csv", lines[23:])):
        (tmp_path / "two" / name).write_text("\n".join([head, *part]))
    counts = []
    for folder in ("one", "two"):
        with open_audited(tmp_path / folder) as opened:
            files = tuple(FileColumns(name=f.name, columns=f.columns) for f in opened.files)
            found = looked(opened.table, roles, files=files)
        by_period = {"schema_changes", "category_changes", "meaning_changes"}
        counts.append({n: c.count for n, c in found.items() if n not in by_period})
    assert counts[0] == counts[1]


def test_tables_without_positions_are_counted_all_the_same():
    columns = dirty()
    table = ibis.memtable(pa.table(columns))
    bare = looked(table, Roles(row_id="id"), has_row=False)
    full = checked(columns, Roles(row_id="id"))
    assert {n: c.count for n, c in bare.items()} == {n: c.count for n, c in full.items()}


@pytest.mark.parametrize(
    "columns",
    [
        {"a": pa.array([], pa.string())},
        {"a": ["x"]},
        {"a": [None, None]},
        {"a": pa.array([None, None], pa.string()), "b": pa.array([None, 1.0])},
        {"a": [[1], [2]]},
        {f"c{i}": ["1", "x"] for i in range(200)},
    ],
)
def test_odd_tables_are_looked_at_without_failing(columns):
    found = checked(columns, Roles())
    assert len(found) == len(COLUMN_CHECKS)


def test_everything_found_or_not_can_be_said():
    english = language("en")
    for columns in (dirty(), {"a": ["x"]}):
        for check in checked(columns, Roles(row_id="id")).values():
            assert COLUMNS[f"check.{check.name}"]
            assert english.say(COLUMNS[check.definition.code], check.definition.parameters)
            if check.reason:
                assert english.say(COLUMNS[check.reason.code], check.reason.parameters)


def real(real_data, city, path):
    with open_audited(real_data(city) / path) as opened:
        return looked(opened.table, None)


@pytest.mark.real
def test_known_defects_of_crime(real_data):
    found = real(real_data, "washington_dc", "outcomes/crime_incidents_2006_2012.parquet")
    assert found["missing_ids"].count == 148
    assert found["repeated_ids"].count == 96
    assert found["repeated_ids"].detail["counting_missing_ids_as_one"] == 243
    new = {one["category"]: one["period"] for one in found["category_changes"].detail["changes"]}
    assert any(name.startswith("SEX") and year == "2009" for name, year in new.items())


@pytest.mark.real
def test_known_defects_of_service_requests(real_data):
    path = "outcomes/service_requests_311_last30d_snapshots.parquet"
    found = real(real_data, "washington_dc", path)
    assert found["repeated_ids"].count + found["missing_ids"].count == 371
    assert found["repeated_rows"].count == 0


@pytest.mark.real
def test_known_defects_of_key_figures_and_adoption(real_data):
    found = real(real_data, "washington_dc", "performance/agency_kpis_2008_2013.csv")
    assert found["mixed_types"].detail["columns"] == {"YE_Rating_%": 3579}
    assert found["percentages_in_counts"].detail["unit_columns"].keys() == {"Data_Type_Formula"}
    assert found["repeated_rows"].detail["empty_rows"] == 2385
    found = real(real_data, "washington_dc", "technology/broadband_adoption_tract_panel.csv")
    assert found["capped_shares"].detail["piles"] == {"wireline_adoption_pct": {"0": 12, "100": 47}}


BINS = "litter_barrels_snapshots_2013_2025.parquet"
PROJECTS = "investments/capital_projects_2010_2015.geojson"


@pytest.mark.real
@pytest.mark.parametrize(
    ("city", "path", "column", "periods"),
    [
        ("cambridge_ma", BINS, "TYPE", ["2021-01-05"]),
        ("washington_dc", PROJECTS, "AGENCY", ["2012", "2014"]),
    ],
)
def test_columns_whose_meaning_changes(real_data, city, path, column, periods):
    check = real(real_data, city, path)["meaning_changes"]
    assert check.detail["columns"] == [column]
    assert [one["from_period"] for one in check.detail["changes"]] == periods
