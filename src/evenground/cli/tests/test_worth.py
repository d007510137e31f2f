from __future__ import annotations

import json
import sys

import pytest

from evenground.cli import main

BINS = """
title = "Compacting bins"
currency = "USD"

[settings]
discount_schedule = "us_rules_consumption"
median_income = 60000

[[options]]
key = "as_today"
name = "As today"
cost = {2026 = 40, 2027 = 40}
price_year = 2026

[[options]]
key = "bins"
name = "40 compacting bins"
kind = "full"
price_year = 2026
cost_of_leaving = 8

[[cost_lines]]
option = "bins"
year = 2026
kind = "purchase"
amount = 160
low = 150
high = 190

[[cost_lines]]
option = "bins"
year = 2027
kind = "subscription"
amount = 24

[[exit_terms]]
option = "bins"
about = "notice"
words = "Three months"

[effect]
words = "Fewer collections a week"
unit = "collections a week"
value = 30
low = 12
high = 48
promised = 80

[[benefit_values]]
group = "Area Four"
amount = 1.5
income = 40000

[[benefit_values]]
group = "West Cambridge"
amount = 1.5
income = 120000
"""


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the program, and return its exit code and what it printed."""

    def command(*words):
        monkeypatch.setattr(sys, "argv", ["evenground", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return command


@pytest.fixture
def file(tmp_path):
    """Write a file and return its path."""

    def write(text=BINS, name="bins.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def data(run, file):
    """Run the command on a text, and return its JSON."""

    def asked(text=BINS, *more):
        code, out, err = run("worth", file(text), "--json", *more)
        assert (code, err) == (0, "")
        return json.loads(out)

    return asked


def test_by_hand(data):
    """160 + 24 + 8 at 3 %, raised to 1.1 and 3 times, less 40 in each year."""
    found = data()
    today, bins = found["options"]
    assert today["total"]["value"] == 80
    assert bins["total"] == {"value": 192, "low": 182, "high": 222}
    late = 1 / 1.03
    present = 160 + 32 * late
    assert bins["present_value"]["value"] == pytest.approx(present)
    assert bins["not_given"] == ["maintenance", "staff"]
    assert bins["leaving"]["cost"] == 8
    assert found["raised"]["from"] == "published"
    (worth,) = found["worth"]
    cost = [up * present - 40 - 40 * late for up in (1.1, 3)]
    assert [*worth["cost_beyond_today"].values()] == pytest.approx(cost)
    unit = 3 * (1 + late)
    assert worth["benefit_per_unit"] == pytest.approx(unit)
    assert worth["break_even_effect"]["lower"] == pytest.approx(cost[0] / unit)
    alike = worth["results"][0]
    assert alike["benefit"]["low"] == pytest.approx(12 * unit)
    assert alike["higher_cost"]["net_benefit"]["value"] == pytest.approx(30 * unit - cost[1])
    assert [one["elasticity"] for one in worth["results"]] == [0, 0.8, 1.3, 2]


def test_keys_are_stable(data):
    found = data()
    assert set(found) == {
        "command", "versions", "title", "currency", "inputs", "settings", "discount", "raised",
        "options", "worth", "sentences", "would_change", "caveats", "asks", "noticed", "literature",
    }  # fmt: skip
    assert set(found["options"][0]) == {
        "key", "name", "kind", "total", "present_value", "a_year", "first_year", "by_year",
        "by_kind",
        "subscription_share", "not_given", "n_without_amount",
        "years_without_amount", "years_as_total",
        "years_that_differ", "price_years", "terms", "terms_not_given", "complete", "leaving",
    }  # fmt: skip
    assert set(found["worth"][0]) == {
        "promise_id", "option", "first_year", "n_years", "cost_beyond_today", "benefit_per_unit",
        "break_even_effect", "results", "groups", "break_even_elasticity", "cost_per_unit",
        "nothing_taken_off",
    }  # fmt: skip
    assert found["inputs"][0]["file"] == "bins.toml"
    assert len(found["inputs"][0]["sha256"]) == 64


def test_people_read_lines_of_a_terminal(run, file):
    code, out, err = run("worth", file())
    assert (code, err) == (0, "")
    assert "40 compacting bins, 2026–2027" in out
    assert "maintenance                   not given" in out
    assert "elasticity 1.3" in out
    assert "To ask:" in out
    assert max(len(line) for line in out.splitlines()) <= 80


def test_before_anything_came_there_is_the_break_even(data):
    text = BINS.replace("value = 30\nlow = 12\nhigh = 48\n", "")
    found = data(text)
    assert found["worth"][0]["results"] == []
    assert "from an effect of" in found["sentences"][1]
    assert found["would_change"] == ["An effect of 80.0 was promised (collections a week)."]


def test_without_a_value_a_unit_has_its_cost(data):
    found = data(BINS.split("[[benefit_values]]", maxsplit=1)[0])
    unit = found["worth"][0]["cost_per_unit"]
    assert set(unit) == {"reason", "lower_cost", "higher_cost"}
    assert unit["lower_cost"]["value"] < unit["higher_cost"]["value"]
    for at in ("lower_cost", "higher_cost"):
        assert unit[at]["low"] < unit[at]["value"] < unit[at]["high"]


def test_own_past_costs_raise_the_plan(data):
    past = "".join(
        f'\n[[past_promises]]\ninitiative_id = "P{at}"\npromise_id = "1"\n'
        f"promised_cost = 100\ncost = {100 + 10 * at}\n"
        for at in range(11)
    )
    found = data(BINS + past)
    assert found["raised"]["from"] == "own_past"
    assert (found["raised"]["lower"], found["raised"]["higher"]) == (1.5, 1.8)


def test_costs_alone(data):
    found = data('[[options]]\nkey = "bins"\ncost = {2026 = 5}\n')
    assert found["title"] == "bins"
    assert found["worth"] == []
    assert found["options"][0]["total"]["value"] == 5


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        (('kind = "purchase"', 'kind = "buying"'), "not_a_choice", "cost_lines[1].kind"),
        (("amount = 24", 'amount = "much"'), "not_a_number", "cost_lines[2].amount"),
        (('option = "bins"\nabout', 'option = "bin"\nabout'), "worth_unknown_option",
         "exit_terms[1].option"),
        (('words = "Three months"', ""), "worth_key_missing", "exit_terms[1].words"),
        (("low = 12", "low = 42"), "effect_interval_crossed", "effect.value"),
        (("low = 12\n", ""), "effect_without_interval", "effect"),
        (("income = 40000", "income = -1"), "worth_out_of_range", "benefit_values[1].income"),
        (('group = "Area Four"', 'promise_id = "B9"'), "worth_unknown_promise",
         "benefit_values[1].promise_id"),
        (("median_income = 60000", "median_income = -3"), "setting_out_of_range",
         "settings.median_income"),
        (("median_income", "median_incom"), "unknown_setting", "settings.median_incom"),
        (("us_rules_consumption", "us_rules"), "not_a_choice", "settings.discount_schedule"),
        (("{2026 = 40, 2027 = 40}", "{20260 = 40}"), "worth_out_of_range", "options[1].cost.20260"),
        (('key = "bins"\n', ""), "worth_key_missing", "options[2].key"),
        (("year = 2027", "year = 20.5"), "not_a_whole_number", "cost_lines[2].year"),
    ],
)  # fmt: skip
def test_errors_name_the_row_and_the_key(run, file, change, code, column):
    assert change[0] in BINS
    status, out, err = run("worth", file(BINS.replace(*change, 1)), "--json")
    assert status == 5
    assert out == ""
    problems = json.loads(err)["problems"]
    found = [one for one in problems if one["code"] == code]
    assert [one["column"] for one in found] == [column]
    assert found[0]["file"] == "bins.toml"
    assert found[0]["row"]
    assert found[0]["what"]
    assert found[0]["way_out"]


def test_every_mistake_is_listed_at_once(run, file):
    text = BINS.replace("amount = 24", 'amount = "much"').replace("year = 2027", "year = 3000")
    _, _, err = run("worth", file(text), "--json")
    assert len(json.loads(err)["problems"]) == 2


def test_a_key_that_nobody_knows_is_told_and_harms_nothing(data):
    found = data(BINS.replace('unit = "coll', 'units = "x"\nunit = "coll', 1))
    assert any("units" in one for one in found["noticed"])


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [("title =", 4, "toml_error"), ('title = "x"', 5, "worth_nothing_given")],
)
def test_what_cannot_be_used_is_said(run, file, text, status, code):
    found, _, err = run("worth", file(text), "--json")
    assert found == status
    assert json.loads(err)["problems"][0]["code"] == code


def test_no_such_file_and_no_such_kind(run, file, tmp_path):
    file()
    status, _, err = run("worth", tmp_path / "bin.toml", "--json")
    assert status == 3
    assert json.loads(err)["problems"][0]["nearest"].endswith("bins.toml")
    (tmp_path / "costs.csv").write_text("a\n1\n", encoding="utf-8")
    status, _, err = run("worth", tmp_path / "costs.csv", "--json")
    assert (status, json.loads(err)["problems"][0]["code"]) == (2, "worth_not_a_file")


def test_an_effect_stands_whole_and_in_one_place(run, file):
    for more, code in (
        (("--effect", "1"), "effect_without_interval"),
        (("--effect", "1", "--low", "0", "--high", "2"), "effect_in_file"),
    ):
        status, _, err = run("worth", file(), *more, "--json")
        assert (status, json.loads(err)["problems"][0]["code"]) == (2, code)


INITIATIVE = """
format = 1
title = "Bins"
stage = "proposed"

[[options]]
key = "as_today"
cost = {2026 = 10}
price_year = 2026

[[options]]
key = "bins"
name = "All bins"
kind = "full"
cost = {2026 = 90}
price_year = 2026
"""


@pytest.fixture
def initiative(tmp_path):
    folder = tmp_path / "initiative"
    folder.mkdir()
    (folder / "initiative.toml").write_text(INITIATIVE, encoding="utf-8")
    rows = "promise_id,words,unit,change\nB1,Fewer full bins,bins,5\nB2,Cleaner,streets,1\n"
    (folder / "promises.csv").write_text(rows, encoding="utf-8")
    values = "promise_id,amount,first_year,last_year\nB1,20,2026,2026\n"
    (folder / "benefit_values.csv").write_text(values, encoding="utf-8")
    return folder


def test_an_initiative(run, initiative):
    code, out, err = run("worth", initiative, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert [one["key"] for one in found["options"]] == ["as_today", "bins"]
    (worth,) = found["worth"]
    assert worth["break_even_effect"] == {
        "lower": pytest.approx((1.1 * 90 - 10) / 20), "higher": pytest.approx((3 * 90 - 10) / 20),
    }  # fmt: skip
    assert {one["file"] for one in found["inputs"]} == {"promises.csv", "benefit_values.csv"}


def test_an_effect_of_an_initiative(run, initiative):
    effect = ("--effect", "6", "--low", "5", "--high", "7", "--json")
    status, _, err = run("worth", initiative, *effect)
    assert (status, json.loads(err)["problems"][0]["code"]) == (3, "no_such_promise")
    code, out, _ = run("worth", initiative, *effect, "--promise", "B1", "--level", "0.9")
    assert code == 0
    result = json.loads(out)["worth"][0]["results"][0]
    assert result["confidence"] == 0.9
    assert result["benefit"] == {"value": 120, "low": 100, "high": 140}
    crossed = ("--effect", "6", "--low", "7", "--high", "8", "--json")
    status, _, err = run("worth", initiative, *crossed, "--promise", "B1")
    assert (status, json.loads(err)["problems"][0]["code"]) == (2, "effect_interval_crossed")


def test_an_initiative_without_any_cost(run, tmp_path):
    (tmp_path / "initiative.toml").write_text(
        INITIATIVE.split("[[options]]", maxsplit=1)[0], encoding="utf-8"
    )
    status, _, err = run("worth", tmp_path, "--json")
    assert (status, json.loads(err)["problems"][0]["code"]) == (5, "worth_nothing_given")
