"""What changes from file to file and from period to period."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import ibis
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenground.language import language
from evenground.questions.data.measures.changes.absences import absences
from evenground.questions.data.measures.changes.asked import CATEGORIES, FORMS, PERIODS, asked
from evenground.questions.data.measures.changes.checks import checks
from evenground.questions.data.measures.changes.periods import (
    Period,
    Step,
    file_period,
    period_column,
)
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.measures.columns.profile import columns_of, profile
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.wording.changes import CHANGES

PLAIN = Roles()


def profiles_of(table):
    plan = profile(table)
    return columns_of(plan, [one.to_pyarrow() for one in plan.tables])


def found_in(columns, roles=PLAIN, files=None):
    table = ibis.memtable(pa.table(columns))
    files = files or {"one.csv": dict.fromkeys(columns, "string")}
    profiles = profiles_of(table)
    lazy = asked(table, profiles, roles, files=files)
    found = {name: one.to_pyarrow() for name, one in lazy.items()}
    return {one.name: one for one in checks(found, profiles, roles, files=files)}


def stacked(**parts):
    """Return columns of an edition each: ``y2011=(["a"] * 30, [1] * 30)``."""
    years = [name[1:] for name, one in parts.items() for _ in one[0]]
    columns = zip(*parts.values(), strict=True)
    named = {f"c{at}": [v for part in held for v in part] for at, held in enumerate(columns)}
    return {"year": years, **named}


def test_a_list_of_codes_that_is_replaced():
    check = found_in(
        stacked(y2011=(["TEMP"] * 25 + [None] * 5,), y2012=(["BB"] * 20 + ["MC"] * 10,))
    )["meaning_changes"]
    assert (check.status, check.count, check.detail["columns"]) == (Status.FOUND, 1, ["c0"])
    told = check.detail["changes"][0]
    assert (told["kind"], told["before"], told["after"]) == ("replaced", "2011", "2012")
    assert (told["was"], told["now"], told["shared"]) == (["TEMP"], ["BB", "MC"], 0.0)


def test_codes_become_names():
    was = [f"{letter}{number}0" for letter in "ABCDEFGHIJ" for number in range(1, 9)] * 3
    now = [f"Office number {number} of the city" for number in range(240)]
    found = found_in(stacked(y2011=(was,), y2012=(now,)))
    told = found["meaning_changes"].detail["changes"]
    assert [(one["kind"], one["was"], one["now"]) for one in told] == [("form", "code", "words")]


def test_codes_become_longer():
    was, now = ([f"E{number:0{width}d}" for number in range(300)] for width in (4, 7))
    told = found_in(stacked(y2011=(was,), y2012=(now,)))["meaning_changes"].detail["changes"]
    assert [(one["kind"], one["was"], one["now"]) for one in told] == [("length", 5, 8)]


@pytest.mark.parametrize("factor", [1000, 0.1, 1.609])
def test_numbers_on_another_scale(factor):
    values = np.random.default_rng(7).gamma(2, 30, 200)
    found = found_in(stacked(y2011=(values,), y2012=(values[::-1] * factor,)))["meaning_changes"]
    far = factor != 1.609
    assert found.count == far
    if far:
        assert found.detail["changes"][0]["times"] == pytest.approx(factor)


def test_seasons_are_no_change_of_scale():
    rng = np.random.default_rng(3)
    months = [f"{2012 + at // 12}-{at % 12 + 1:02d}" for at in range(36)]
    level = [400 if at % 12 in (9, 10) else 5 for at in range(36)]
    columns = {
        "period": [month for month in months for _ in range(30)],
        "leaves": np.concatenate([rng.gamma(9, one / 9, 30) for one in level]),
    }
    assert found_in(columns)["meaning_changes"].count == 0
    columns["leaves"][20 * 30 :] *= 1000
    assert found_in(columns)["meaning_changes"].detail["changes"][0]["after"] == "2013-09"


def test_names_of_editions_are_no_codes():
    was, now = ["2011-grants"] * 30, ["2012-grants"] * 30
    found = found_in(stacked(y2011=(was,), y2012=(now,)))
    assert found["meaning_changes"].count == found["category_changes"].count == 0


def test_lists_of_each_period_are_no_change():
    """Values that no two periods share, four times over, are no list that was replaced."""
    parts = {f"y{2011 + at}": (["abcdefgh"[at]] * 30,) for at in range(4)}
    assert found_in(stacked(**parts))["meaning_changes"].count == 0


def test_categories_that_come_and_go():
    found = found_in(
        stacked(
            y2008=(["THEFT"] * 90 + ["ARSON"] * 10,),
            y2009=(["THEFT"] * 80 + ["SEX ABUSE"] * 20,),
            y2010=(["THEFT"] * 79 + ["SEX ABUSE"] * 20 + ["RARE"],),
        )
    )["category_changes"]
    told = [(one["category"], one["kind"], one["rows"]) for one in found.detail["changes"]]
    assert told == [("SEX ABUSE", "new", 40), ("ARSON", "vanished", 10)]
    assert found.detail["changes"][0]["from"] == "2009"
    assert found.detail["changes"][1]["until"] == "2008"
    assert found.detail["rare_categories"] == 1


def test_a_column_of_counts_is_a_category():
    zeros, some = [0] * 40, [1, 2] * 20
    columns = stacked(y2008=(zeros, some), y2009=(some, some), y2010=(some, some))
    found = found_in(columns, Roles(form=Form.COUNTS))["category_changes"]
    assert [(one["column"], one["from"]) for one in found.detail["changes"]] == [("c0", "2009")]
    assert found_in(columns)["category_changes"].count == 0


def test_columns_that_are_empty_in_a_period():
    found = found_in(stacked(y2011=([""] * 20,), y2012=(["a"] * 20,), y2013=(["a"] * 20,)))
    check = found["schema_changes"]
    assert check.detail["empty"] == [{"column": "c0", "from": "2011", "to": "2011", "rows": 20}]
    assert check.definition.code == "definition.schema_changes.periods"


FILES = {
    "a/2019-01.csv": {"id": "string", "Value": "int64", "old": "string"},
    "a/2019-02.csv": {"id": "string", "value": "int64", "old": "string"},
    "a/2019-03.csv": {"id": "int64", "value": "int64", "new": "string"},
}


def test_columns_of_files():
    check = found_in({"id": ["1"]}, files=FILES)["schema_changes"]
    assert check.detail["columns"] == ["Value", "id", "new", "old", "value"]
    first, second = check.detail["changes"]
    assert first["renamed"] == [["Value", "value"]]
    assert first["added"] == first["removed"] == []
    assert (second["added"], second["removed"]) == (["new"], ["old"])
    assert second["retyped"] == [{"column": "id", "was": "string", "now": "int64"}]


def test_one_file_alone_tells_nothing():
    found = found_in({"name": ["a", "b"]})
    assert list(found) == ["schema_changes"]
    assert found["schema_changes"].status is Status.NOT_ESTABLISHED
    assert found["schema_changes"].reason.code == "reason.one_file"


def test_files_without_dates_have_no_order():
    files = {"ward1.csv": {}, "ward2.csv": {}}
    found = found_in({"name": ["a", "b"]}, files=files)
    assert found["schema_changes"].status is Status.NONE
    assert found["meaning_changes"].reason.code == "reason.files_without_dates"
    assert found["category_changes"].status is Status.NOT_ESTABLISHED


def test_files_with_dates_are_periods():
    files = {"t/2019-10.csv": {}, "t/2019-02.csv": {}}
    columns = {
        "kind": ["a"] * 40 + ["b"] * 40,
        "__file": ["t/2019-02.csv"] * 40 + ["t/2019-10.csv"] * 40,
    }
    told = found_in(columns, files=files)["meaning_changes"].detail["changes"]
    assert [(one["before"], one["after"]) for one in told] == [("t/2019-02.csv", "t/2019-10.csv")]
    assert file_period(["2019a.csv", "2019b.csv"]) is None


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [
        ({"install_year": ["2001", "2002"], "YEAR": [2010, 2011]}, "YEAR"),
        ({"year": [2010, 2011], "snapshot": ["2010-01-05", "2011-01-05"]}, "snapshot"),
        ({"acs_end_year": ["2013", "2014"]}, "acs_end_year"),
        ({"quarter": ["2013 Q1", "2013 Q2"]}, "quarter"),
        ({"year": ["2013", "2013"]}, None),
        ({"season": ["1", "2"], "yr": [0, 1], "month": [1, 12]}, None),
        ({"BIKELANE_YEAR": [2001, 2002], "YearAdded": [2001, 2002]}, None),
    ],
)
def test_which_column_tells_the_period(columns, wanted):
    period = period_column(profiles_of(ibis.memtable(pa.table(columns))), PLAIN)
    assert (period.column if period else None) == wanted


def test_times_are_cut_into_months_or_years():
    days = [f"{2006 + at // 400}-{at // 34 % 12 + 1:02d}-{at % 28 + 1:02d}" for at in range(2600)]
    table = ibis.memtable(pa.table({"report_date": days}))
    profiles = profiles_of(table)
    roles = Roles(form=Form.EVENTS, time="report_date")
    period = period_column(profiles, roles)
    assert period == Period(column="report_date", reading=period.reading, step=Step.YEAR)
    found = asked(table, profiles, roles)[PERIODS].to_pyarrow().to_pylist()
    assert sorted(row["period"] for row in found) == list(range(2006, 2013))
    assert period_column(profiles, Roles(form=Form.PLACES, time="report_date")) is None


def test_times_that_were_read_already():
    start = datetime(2011, 1, 1, tzinfo=UTC)
    times = [start + timedelta(days=at) for at in range(4000)]
    table = ibis.memtable(pa.table({"at": pa.array(times, pa.timestamp("us"))}))
    profiles, roles = profiles_of(table), Roles(form=Form.EVENTS, time="at")
    read = table.mutate(at=table["at"].cast("timestamp").epoch_seconds() * 1_000_000)
    raw, known = (
        asked(one, profiles, roles, read=names)[PERIODS].to_pyarrow().sort_by("period")
        for one, names in ((table, ()), (read, ("at",)))
    )
    assert raw["period"].to_pylist() == known["period"].to_pylist() == list(range(2011, 2022))
    assert raw["n_rows"].to_pylist() == known["n_rows"].to_pylist()


def test_one_period_written_in_two_ways():
    columns = {"year": ["2011"] * 20 + ["2011.0"] * 20 + ["2012"] * 40, "kind": ["a"] * 80}
    check = found_in(columns)["category_changes"]
    assert check.detail["periods"] == ["2011", "2012"]


KINDS = st.lists(
    st.tuples(
        st.sampled_from(["2011", "2012", "2013"]),
        st.sampled_from(["A1", "B2", "Main office", "", "7"]),
        st.sampled_from([0.0, 1.0, 12.5, 4000.0]),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=12)
@given(KINDS, st.randoms(use_true_random=False))
def test_order_and_files_do_not_matter(rows, random):
    """Rows and columns in any order, rows spread over files at will: the same is found."""
    rows = rows * 8
    columns = {
        "year": [row[0] for row in rows],
        "kind": [row[1] for row in rows],
        "value": [row[2] for row in rows],
    }
    order = list(range(len(rows)))
    random.shuffle(order)
    names = list(columns)
    random.shuffle(names)
    mixed = {name: [columns[name][at] for at in order] for name in names}
    mixed["__file"] = [f"part-{random.randrange(3)}.csv" for _ in order]
    one, other = found_in(columns), found_in(mixed)
    assert one == other


def test_absences():
    there, among = np.array([0, 0, 5, 0, 5, 0]), np.array([10, 0, 10, 10, 10, 40])
    assert [tuple(one) for one in absences(there, among)] == [
        (0, 0, 5.0), (3, 3, 5.0), (5, 5, 20.0),
    ]  # fmt: skip
    assert [one.first for one in absences(there, among, edges=True)] == [0, 5]
    assert list(absences(np.zeros(6), among)) == []


def test_few_rows_come_back():
    rng = np.random.default_rng(1)
    n = 20_000
    columns = {
        "year": rng.integers(2000, 2020, n).astype(str),
        "kind": rng.choice(["a", "b", "c"], n),
        "name": [f"Street {one}" for one in rng.integers(0, 9000, n)],
    }
    table = ibis.memtable(pa.table(columns))
    lazy = asked(table, profiles_of(table), PLAIN)
    assert lazy[CATEGORIES].to_pyarrow().num_rows == 60
    assert lazy[FORMS].to_pyarrow().num_rows <= 20 * 5


def checks_to_say():
    yield from found_in({"id": ["1"]}, files=FILES).values()
    yield from found_in(stacked(y2011=(["a"],), y2012=(["a"],))).values()
    yield from found_in({"name": ["a"]}).values()
    yield from found_in({"name": ["a"]}, files={"a.csv": {}, "b.csv": {}}).values()


def test_each_change_can_be_said():
    english = language("en")
    told = list(checks_to_say())
    assert {f"check.{one.name}" for one in told} == {c for c in CHANGES if c.startswith("check.")}
    messages = [m for one in told for m in (one.definition, one.reason) if m is not None]
    assert {one.code for one in messages} == {c for c in CHANGES if not c.startswith("check.")}
    for message in messages:
        said = english.say(CHANGES[message.code], message.parameters)
        assert said[0].isupper()
        assert said.endswith(".")
        assert "{" not in said
