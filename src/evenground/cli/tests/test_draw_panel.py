from __future__ import annotations

import csv
import hashlib
import json
from functools import partial

import numpy as np
import pytest

from evenground.errors import FormatError, InvalidInputError, NotFoundError, UsageError, WriteError
from evenground.questions.voice.measures.sortition.fair_panel import fair_panel
from evenground.questions.voice.measures.sortition.public_draw import drawn_number
from evenground.workspace import panel_drawing

ASKED = ("draw-panel", "--people", "people.csv", "--quotas", "quotas.csv", "--size", 12)
AGES, SEXES = ("16-29", "30-59", "60+"), ("f", "m")
QUOTAS = {("age", "16-29"): (3, 4), ("age", "30-59"): (5, 6), ("age", "60+"): (3, 4),
          ("sex", "f"): (6, 6), ("sex", "m"): (6, 6)}  # fmt: skip


def written(folder, *, n=80, quotas=None, header="feature,value,min,max", extra=(), order=1):
    rng = np.random.default_rng(1)
    ages, sexes = rng.choice(AGES, n, p=[0.15, 0.45, 0.4]), rng.choice(SEXES, n, p=[0.6, 0.4])
    rows = [f"P{at:03d},{ages[at]},{sexes[at]},H{at // 2}" for at in range(n)]
    (folder / "people.csv").write_text(
        "\n".join(["id,age,sex,home", *rows[::order], *extra]) + "\n"
    )
    lines = [f"{f},{v},{low},{high}" for (f, v), (low, high) in (quotas or QUOTAS).items()]
    (folder / "quotas.csv").write_text("\n".join([header, *lines]) + "\n")


def people(folder):
    with (folder / "people.csv").open() as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_keys_that_programs_rely_on(folder, told):
    written(folder)
    found = told(*ASKED)
    assert {"probabilities", "lottery", "certificate"} <= set(found)
    assert {"optimal", "gap"} <= set(found["certificate"])
    assert found["certificate"]["optimal"] is True
    assert found["certificate"]["gap"] <= 1e-9
    assert sum(one["weight"] for one in found["lottery"]) == pytest.approx(1, abs=1e-12)
    pool, chances = people(folder), dict.fromkeys(people(folder), 0.0)
    for one in found["lottery"]:
        assert len(set(one["panel"])) == 12
        for (feature, value), (low, high) in QUOTAS.items():
            assert low <= sum(pool[who][feature] == value for who in one["panel"]) <= high
        for who in one["panel"]:
            chances[who] += one["weight"]
    assert found["probabilities"] == pytest.approx(chances, abs=1e-12)
    alike = {}
    for who, row in pool.items():
        alike.setdefault((row["age"], row["sex"]), []).append(found["probabilities"][who])
    assert max(np.ptp(values) for values in alike.values()) < 1e-9
    assert found["inputs"][0]["sha256"]


@pytest.mark.parametrize("objective", ["maximin", "nash"])
def test_other_objectives(folder, told, objective):
    written(folder)
    leximin, found = told(*ASKED), told(*ASKED, "--objective", objective)
    assert found["objective"] == objective
    assert found["certificate"]["optimal"]
    least = min(leximin["probabilities"].values())
    assert min(found["probabilities"].values()) <= least + 1e-9
    if objective == "maximin":
        assert min(found["probabilities"].values()) == pytest.approx(least, abs=1e-9)


def test_two_runs_and_rows_in_another_order(folder, told):
    written(folder)
    known = told(*ASKED)
    assert told(*ASKED)["lottery"] == known["lottery"]
    written(folder, order=-1)
    assert told(*ASKED)["probabilities"] == pytest.approx(known["probabilities"], abs=1e-9)


def test_in_words(folder, invoke):
    written(folder)
    text = " ".join(invoke(*ASKED).split())
    assert "A panel of 12 from 80 people" in text
    assert "It is proved that no lottery lifts the least chance" in text
    assert "age 16-29" in text
    assert "Nature 596" in text


def test_a_public_draw(folder, told, invoke):
    written(folder)
    (folder / "seed.txt").write_text("twenty letters and more\n")
    asked = (*ASKED, "--tickets", 100, "--seed-file", "seed.txt")
    before = told(*asked)["tickets"]
    assert before["commitment"] == hashlib.sha256(b"twenty letters and more").hexdigest()
    assert before["panel"] is None
    assert before["largest_deviation"] <= 1 / 100
    lines = "".join("\t".join(panel) + "\n" for panel in before["panels"])
    assert before["digest"] == hashlib.sha256(lines.encode()).hexdigest()
    after = told(*asked, "--public", "3 14 15 92 65")["tickets"]
    assert after["digest"] == before["digest"]
    assert after["drawn"] == drawn_number("twenty letters and more", "3 14 15 92 65", n_panels=100)
    assert after["panel"] == before["panels"][after["drawn"] - 1]
    assert not set(after["alternates"]) & set(after["panel"])
    text = " ".join(invoke(*asked, "--public", "3 14 15 92 65").split())
    assert "Drawn from the seed and the public text" in text
    assert "twenty letters and more" not in text


def test_households(folder, told):
    written(folder)
    found = told(*ASKED, "--household", "home", "--tickets", 50)
    pool = people(folder)
    for panel in (*(one["panel"] for one in found["lottery"]), *found["tickets"]["panels"]):
        assert len({pool[who]["home"] for who in panel}) == 12
    assert found["certificate"]["optimal"]


def test_replacements_keep_the_quotas(folder, told):
    written(folder)
    panel = told(*ASKED)["lottery"][0]["panel"]
    (folder / "panel.csv").write_text("\n".join(["id", *panel]) + "\n")
    gone = panel[:2]
    found = told(*ASKED, "--panel", "panel.csv", "--dropped", gone[0], "--dropped", gone[1])
    pool = people(folder)
    assert not set(found["probabilities"]) & set(panel)
    for one in found["lottery"]:
        whole = [*panel[2:], *one["panel"]]
        for (feature, value), (low, high) in QUOTAS.items():
            assert low <= sum(pool[who][feature] == value for who in whole) <= high


def test_files_of_other_programs_are_read(folder, told):
    written(folder)
    known = told(*ASKED)
    written(folder, header="category,name,min,max")
    text = (folder / "people.csv").read_text().replace("id,age", "nationbuilder_id,age", 1)
    (folder / "people.csv").write_text(text)
    found = told(*ASKED, "--id", "nationbuilder_id")
    assert found["probabilities"] == known["probabilities"]


def test_the_list_is_written_once(folder, told):
    written(folder)
    found = told(*ASKED, "--tickets", 20, "--write", "list.csv")
    with (folder / "list.csv").open() as file:
        rows = list(csv.reader(file))[1:]
    assert [row[1:] for row in rows] == found["tickets"]["panels"]
    with pytest.raises(WriteError):
        told(*ASKED, "--tickets", 20, "--write", "list.csv")
    lottery = told(*ASKED, "--write", "lottery.csv")["lottery"]
    with (folder / "lottery.csv").open() as file:
        rows = list(csv.reader(file))[1:]
    assert [float(row[1]) for row in rows] == [one["weight"] for one in lottery]


def test_quotas_that_no_panel_meets_name_the_smallest_change(folder, invoke):
    young = sum(row["age"] == "16-29" for row in people_of(folder).values())
    assert young < 12
    quotas = {**QUOTAS, ("age", "16-29"): (young + 1, 12), ("age", "30-59"): (0, 12),
              ("age", "60+"): (0, 12)}  # fmt: skip
    quotas[("sex", "f")] = quotas[("sex", "m")] = (0, 12)
    written(folder, quotas=quotas)
    with pytest.raises(InvalidInputError) as error:
        invoke(*ASKED)
    (problem,) = error.value.problems
    assert problem.code == "quotas_infeasible"
    assert problem.parameters["total"] == 1
    assert f"age 16-29 min {young + 1} → {young}" in problem.parameters["ways"]
    assert json.dumps(problem.parameters["repairs"])


def with_work(monkeypatch, units):
    monkeypatch.setattr(panel_drawing, "fair_panel", partial(fair_panel, n_units=units))


def test_a_search_that_is_stopped_says_so(folder, told, invoke, monkeypatch):
    written(folder)
    with_work(monkeypatch, 60)
    found = told(*ASKED)
    assert found["certificate"]["finished"] is False
    assert found["certificate"]["optimal"] is False
    assert found["certificate"]["gap"] > 0
    assert found["certificate"]["panels_valid"] is True
    printed = " ".join(invoke(*ASKED).split())
    assert "The search was stopped at its limit of work" in printed
    assert "It is not proved that this is the fairest lottery" in printed
    with_work(monkeypatch, 0)
    with pytest.raises(InvalidInputError, match="panel_unsettled"):
        invoke(*ASKED)


def people_of(folder):
    written(folder)
    return people(folder)


@pytest.mark.parametrize(
    ("extra", "code", "value"),
    [
        ("P000,60+,f,H1", "person_twice", "P000"),
        (",60+,f,H1", "person_unnamed", ""),
        ("X1,60-,f,H1", "feature_value_unknown", "60-"),
        ("X1,,f,H1", "feature_missing", ""),
    ],
)
def test_people_that_cannot_be_read(folder, invoke, extra, code, value):
    written(folder, extra=[extra])
    with pytest.raises(InvalidInputError) as error:
        invoke(*ASKED)
    (problem,) = error.value.problems
    assert (problem.code, problem.value) == (code, value)
    assert problem.place.row == 82
    assert problem.place.file == "people.csv"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("sex,f,3,9", "quota_twice"),
        ("sex,x,9,3", "quota_crossed"),
        ("sex,x,,3", "quota_incomplete"),
        ("sex,x,-1,3", "below_lowest"),
        ("sex,x,1.5,3", "not_a_whole_number"),
    ],
)
def test_quotas_that_cannot_be_read(folder, invoke, line, code):
    written(folder)
    with (folder / "quotas.csv").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(InvalidInputError) as error:
        invoke(*ASKED)
    assert code in [problem.code for problem in error.value.problems]
    assert error.value.problems[0].place.row == 7


def test_wrong_use(folder, invoke):
    written(folder)
    with pytest.raises(NotFoundError):
        invoke("draw-panel", "--people", "peple.csv", "--quotas", "quotas.csv", "--size", 3)
    with pytest.raises(NotFoundError):
        invoke(*ASKED, "--seed-file", "none.txt")
    with pytest.raises(NotFoundError, match="file_is_folder"):
        invoke(*ASKED, "--seed-file", ".")
    (folder / "seed.txt").write_text("too short")
    with pytest.raises(UsageError, match="seed_short"):
        invoke(*ASKED, "--tickets", 10, "--seed-file", "seed.txt")
    (folder / "seed.txt").write_bytes(b"\xff\xfe" * 20)
    with pytest.raises(FormatError, match="seed_no_text"):
        invoke(*ASKED, "--tickets", 10, "--seed-file", "seed.txt")
    with pytest.raises(UsageError, match="objective_unknown"):
        invoke(*ASKED, "--objective", "mean")
    with pytest.raises(UsageError, match="option_needs_another"):
        invoke(*ASKED, "--public", "1 2 3")
    with pytest.raises(InvalidInputError, match="pool_too_small"):
        invoke(*ASKED[:-1], 90)
    (folder / "panel.csv").write_text("id\nP001\nP002\n")
    with pytest.raises(InvalidInputError, match="person_not_known"):
        invoke(*ASKED, "--panel", "panel.csv", "--dropped", "P003")
