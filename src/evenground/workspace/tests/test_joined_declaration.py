from __future__ import annotations

from evenground.declaration import Declaration, Written
from evenground.errors import Place, Severity
from evenground.workspace.joined_declaration import joined


def _declared(file, values, **places):
    written = Written(file=file, places={(): Place(file=file), **places.get("places", {})})
    return Declaration(values, written=written)


def test_each_fills_what_the_other_leaves_empty():
    first = _declared("city.toml", {"name": "Aker", "crs": "", "settings": {"a": 1}})
    second = _declared("city.xlsx", {"crs": "EPSG:3006", "settings": {"b": "2"}, "format": "1"})
    both = joined(first, second)
    assert both.values == {"name": "Aker", "crs": "EPSG:3006", "settings": {"a": 1, "b": "2"}}
    assert both.problems == []


def test_the_first_holds_and_the_other_is_noted():
    first = _declared("city.toml", {"name": "Aker"})
    both = joined(first, _declared("city.xlsx", {"name": "Oker"}))
    assert both.text("name") == "Aker"
    (problem,) = both.problems
    assert problem.code == "said_twice"
    assert problem.severity is Severity.NOTE
    assert problem.fields["other"] == "Oker"
    assert problem.fields["workbook"] == "city.xlsx"
    assert "Oker" in problem.what.format(**problem.fields)


def test_the_same_said_twice_is_no_contradiction():
    first = _declared("a", {"list": ["x", "y"], "yes": True, "n": 3})
    assert joined(first, _declared("b", {"list": "x; y", "yes": "yes", "n": "3"})).problems == []


def test_options_are_joined_by_key_and_keep_their_places():
    at = {("options", 0): Place(file="i.xlsx", sheet="options", row=3),
          ("options", 1): Place(file="i.xlsx", sheet="options", row=4),
          ("options", 1, "cost", "2026"): Place(file="i.xlsx", sheet="costs", row=9)}  # fmt: skip
    first = _declared("i.toml", {"options": [{"key": "a", "name": "A"}]})
    second = _declared(
        "i.xlsx",
        {"options": [{"key": "a", "terms": "none"}, {"key": "b", "cost": {"2026": "5"}}]},
        places=at,
    )
    both = joined(first, second)
    assert both.values["options"] == [
        {"key": "a", "name": "A", "terms": "none"},
        {"key": "b", "cost": {"2026": "5"}},
    ]
    assert both.written.place(("options", 1)).row == 4
    assert both.written.place(("options", 1, "cost", "2026")).row == 9


def test_where_data_lie_is_said_by_the_first_alone():
    first = _declared("city.toml", {"tables": {"areas": {"file": "a.gpkg"}}})
    second = _declared("city.xlsx", {"tables": {"areas": {"file": "city.xlsx"}}, "data": "x"})
    assert joined(first, second).values == first.values
