from datetime import date

import pytest

from evenground.declaration import Declaration, Written, dotted
from evenground.errors import Place, nearest_name


def declared(values, places=None):
    return Declaration(values, written=Written(file="city.toml", places=places or {}))


def codes(one):
    return [problem.code for problem in one.problems]


def test_each_type_reads_what_people_write():
    one = declared(
        {
            "text": " a ", "year": 2024, "whole": 3.0, "number": "1 200,5", "yes": "ja",
            "no": False, "day": "2025-04-03", "words": "a; b ;", "numbers": [1, "2,5"],
            "map": "a = x; b = y",
        }
    )  # fmt: skip
    assert one.text("text") == "a"
    assert one.text("year") == "2024"
    assert one.whole("whole") == 3
    assert one.number("number") == 1200.5
    assert one.flag("yes")
    assert not one.flag("no", default=True)
    assert one.day("day") == date(2025, 4, 3)
    assert one.texts("words") == ("a", "b")
    assert one.numbers("numbers") == (1, 2.5)
    assert one.mapping("map") == {"a": "x", "b": "y"}
    assert one.problems == []


def test_what_is_not_there_gives_the_default():
    one = declared({"blank": "  "})
    assert one.text("blank", "x") == "x"
    assert one.whole("gone") is None
    assert one.day("gone") is None
    assert one.flag("gone", default=True)
    assert one.texts("gone") == ()
    assert one.tables("gone") == []
    assert one.problems == []


@pytest.mark.parametrize(
    ("read", "value", "code"),
    [
        ("text", ["a"], "not_a_text"), ("whole", 2.5, "not_a_whole_number"),
        ("number", "much", "not_a_number"), ("number", True, "not_a_number"),
        ("number", "120,000", "not_a_number"), ("number", "1.234.567", "not_a_number"),
        ("number", float("inf"), "not_a_number"), ("flag", "perhaps", "not_a_yes_or_no"),
        ("day", "in spring", "not_a_day"), ("texts", {"a": 1}, "not_a_list"),
        ("numbers", ["a"], "not_a_list"), ("mapping", 5, "not_a_table"),
        ("tables", [5], "not_a_table"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_listed_with_its_place_and_a_way_out(read, value, code):
    one = declared({"key": value}, {("key",): Place(file="city.toml", row=7)})
    getattr(one, read)("key")
    assert codes(one) == [code]
    problem = one.problems[0]
    assert (problem.place.row, problem.place.column) == (7, "key")
    assert "Write" in problem.way_out.format(**problem.fields)


def test_a_choice_forgives_capitals_and_names_the_nearest():
    one = declared({"stage": "Proposed", "other": "propsed"})
    assert one.choice("stage", ("idea", "proposed")) == "proposed"
    assert one.choice("other", ("idea", "proposed"), "idea") == "idea"
    assert one.problems[0].nearest == "proposed"


def test_unknown_keys_are_those_that_nobody_asked_for():
    one = declared({"name": "A", "nmae": "B", "format": 1})
    one.text("name")
    one.finish(["format"])
    (problem,) = one.problems
    assert (problem.code, problem.value, problem.nearest) == ("unknown_key", "nmae", "name")


def test_places_of_inner_keys_fall_back_to_what_is_around_them():
    places = {("groups", 0): Place(file="city.toml", row=4), ("groups", 0, "key"): Place(row=5)}
    written = Written(file="city.toml", places=places)
    assert written.place(("groups", 0, "key")).row == 5
    assert written.place(("groups", 0, "names", "x")).row == 4
    assert written.place(("other",)).row is None
    assert dotted(("groups", 0, "names")) == "groups[1].names"


def test_the_nearest_name_is_near_or_none():
    assert nearest_name("Populaton", ["population", "areas"]) == "population"
    assert nearest_name("zzz", ["population"]) == ""
    assert nearest_name("a", []) == ""
