"""Codes, levels, nesting, totals, repeats: tables that speak of areas, put right or set aside."""

from evenground.workspace.opening import open_city


def reasons(city, table):
    (report,) = [r for r in city.reports if r.table == table]
    return dict(report.set_aside)


def coded(city):
    return [p.code for p in city.problems]


def total(city):
    rows = city.tables["population"].to_pylist()
    return sum(row["count"] for row in rows if row["group"] == "total")


def with_rows(folder, *rows):
    folder.write_rows("population.csv", [*folder.rows("population.csv"), *rows])
    return open_city(folder.path)


def test_rows_of_another_level_are_not_counted_twice(city_folder):
    before = total(open_city(city_folder.path))
    areas = {f"0{d}": sum(1001 + 37 * n for n in range(30) if n // 10 == d - 1) for d in (1, 2, 3)}
    rows = [[code, "total", str(count), "5", "2024"] for code, count in areas.items()]
    city = with_rows(city_folder, *rows)
    assert total(city) == before
    assert reasons(city, "population") == {"Areas of another level (district).": 3}
    assert "parent_sum_differs" not in coded(city)


def test_a_parent_that_is_not_the_sum_of_its_areas_is_said(city_folder):
    city = with_rows(city_folder, ["02", "total", "90000", "5", "2024"])
    (problem,) = [p for p in city.problems if p.code == "parent_sum_differs"]
    assert (problem.value, problem.place.row) == ("02", 92)


def test_a_sum_of_all_areas_is_a_total_whatever_its_code(city_folder):
    city = open_city(city_folder.path)
    all_people = int(total(city))
    rows = [["0180", "total", str(all_people), "", "2024"]]
    assert reasons(with_rows(city_folder, *rows), "population") == {
        "A total, not an area: 0180.": 1
    }


def test_a_total_by_its_word(city_folder):
    city = with_rows(city_folder, ["Hela kommunen", "total", "5", "", "2024"])
    assert list(reasons(city, "population")) == ["A total, not an area: Hela kommunen."]
    assert "area_unknown" not in coded(city)


def test_the_level_with_most_areas_is_taken_where_none_is_named(city_folder):
    city_folder.replace("city.toml", 'level = "area"\nedition', "edition")
    city = open_city(city_folder.path)
    assert city.city.level == "area"
    assert "level_chosen" in coded(city)


def test_results_at_the_upper_level(city_folder):
    city_folder.replace("city.toml", 'level = "area"\nedition', 'level = "district"\nedition')
    city = open_city(city_folder.path)
    assert city.tables["areas"]["area_id"].to_pylist() == ["01", "02", "03"]
    assert city.tables["population"].num_rows == 0


def test_areas_that_go_round_in_a_circle(city_folder):
    for number, parent in ((3, "01002"), (4, "01001")):
        feature = city_folder.feature(number)
        feature["properties"]["parent_id"] = parent
        city_folder.put_feature(number, feature)
    assert coded(open_city(city_folder.path)).count("own_parent") == 2


def test_one_repeated_row_of_a_wide_table_counts_once(city_folder):
    rows = city_folder.rows("indicators.csv")
    city_folder.write_rows("indicators.csv", [*rows, rows[1]])
    city = open_city(city_folder.path)
    assert coded(city).count("repeated_row") == 1
    assert sum(reasons(city, "indicators").values()) == 1
    assert city.tables["indicators"].num_rows == 60


def test_codes_of_other_tables_are_repaired_too(city_folder):
    city_folder.put("accounts.csv", 2, "area_id", "1001")
    city = open_city(city_folder.path)
    assert city.tables["accounts"]["area_id"].to_pylist() == ["01001", "02005"]
    assert "codes_repaired" in coded(city)


def test_points_find_their_areas(city_folder):
    rows = [["point_id", "count", "x", "y"]]
    for number in range(30):
        x, y = city_folder.corner(number)
        rows.append([f"p{number}", "10", str(x + 10), str(y + 10)])
    rows.append(["far", "10", "674000", "6590000"])
    city_folder.write_rows("points.csv", rows)
    text = city_folder.text("city.toml")
    city_folder.write(
        "city.toml", text + '\n[tables.points]\nfile = "points.csv"\ncrs = "EPSG:3006"\n'
    )
    city = open_city(city_folder.path)
    points = city.tables["points"].to_pylist()
    assert len(points) == 30
    assert [point["area_id"] for point in points] == city.tables["areas"]["area_id"].to_pylist()
    (report,) = [r for r in city.reports if r.table == "points"]
    assert (report.rows_read, report.rows_used) == (31, 30)


def test_many_clashing_rows_are_one_misunderstanding(city_folder):
    rows = city_folder.rows("population.csv")
    more = [[*row[:2], str(int(row[2]) + 7), *row[3:]] for row in rows[1:]]
    city_folder.write_rows("population.csv", [*rows, *more])
    city = open_city(city_folder.path)
    (problem,) = [p for p in city.problems if p.code == "many_contradicting_rows"]
    assert problem.n_rows == 90
    assert "contradicting_row" not in coded(city)
    assert total(city) == sum(int(row[2]) for row in rows[1:] if row[1] == "total")


def test_a_code_that_names_several_things_is_no_key_and_no_row_is_lost(city_folder):
    for row in (3, 5, 7):
        city_folder.put("services.csv", row, "service_id", "S0")
    city = open_city(city_folder.path)
    (problem,) = [p for p in city.problems if p.code == "code_is_no_key"]
    assert (problem.n_rows, problem.value) == (3, "S0")
    assert city.tables["services"].num_rows == 12


def test_areas_that_lost_their_zeros_themselves(city_folder):
    for number in range(30):
        feature = city_folder.feature(number + 3)
        code = feature["properties"]["area_id"]
        feature["properties"]["area_id"] = str(int(code) + (90_000 if code > "03" else 0))
        city_folder.put_feature(number + 3, feature)
    city = open_city(city_folder.path)
    (problem,) = [p for p in city.problems if p.code == "zeros_lost_in_areas"]
    assert (problem.value, problem.place.row) == ("4 / 5", 5)


def test_a_file_of_the_whole_country_is_no_heap_of_mistakes(city_folder):
    rows = [[f"{n:05d}", "total", str(n % 977 + 3), "", "2024"] for n in range(20_000, 20_400)]
    before = total(open_city(city_folder.path))
    city = with_rows(city_folder, *rows)
    assert total(city) == before
    assert not {"area_unknown", "boundary_set_differs"} & set(coded(city))
    (report,) = [r for r in city.reports if r.table == "population"]
    assert "areas beyond the city, such as 20000 (rows: 400)" in " ".join(report.noticed)
    assert sum(report.set_aside[0][1:]) == 400
