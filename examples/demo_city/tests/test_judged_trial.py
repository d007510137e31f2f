"""The trial is judged from its folder: as sealed; without a seal only if somebody asks for it."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.errors import UsageError

DAY = ("--as-of", "2026-04-15")


def run(*words):
    asked = [str(word) for word in ("evaluate", *words)]
    result = CliRunner().invoke(build(), asked, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def judged(demo):
    """Return what is found of the trial, by the start of its code."""
    folder = demo.root / "rounds_by_need"
    found = json.loads(run("--initiative", folder, *DAY, "--json"))
    return {one["code"].split(".")[0]: one for one in found["findings"]}


@pytest.fixture
def trial_without_seal(demo, tmp_path):
    shutil.copytree(demo.city, tmp_path / "city")
    folder = tmp_path / "rounds_by_need"
    shutil.copytree(demo.root / "rounds_by_need", folder)
    for seal in folder.glob("seals*.jsonl"):
        seal.unlink()
    return folder


def test_the_interval_holds_what_was_planted(judged, planted):
    gain = judged["came"]["estimates"]["gain"]
    true = -planted["initiatives"]["rounds_by_need"]["planted_effect_of_being_drawn"]
    assert gain["low"] <= true <= gain["high"]
    assert gain["low"] > 0
    assert gain["unit"] == "full bins per area and month"


def test_groups_add_up_to_the_whole(demo, judged):
    """The whole is the mean of thirds, each by how many areas it has."""
    rollout = pd.read_csv(demo.root / "rounds_by_need" / "rollout.csv")
    share = rollout.stratum.value_counts(normalize=True)
    estimates = judged["came"]["estimates"]
    total = sum(share[name] * estimates[f"group_gain:{name}"]["value"] for name in share.index)
    assert len(share) == 3
    assert total == pytest.approx(estimates["gain"]["value"], abs=1e-10)


def test_the_rule_and_the_seal_speak_with_it(judged):
    assert judged["rule"]["verdict"] == "cannot_tell"
    assert any("as much data could tell" in one for one in judged["rule"]["would_change"])
    assert judged["seal"]["verdict"] == "sealed_and_amended"
    assert judged["kept"]["verdict"] == "not_kept"


def test_in_words_it_begins_with_what_follows(demo):
    told = run("--initiative", demo.root / "rounds_by_need", *DAY)
    assert "does not yet say what should follow" in told.splitlines()[0]
    assert max(map(len, told.splitlines()[1:])) <= 88


def test_without_a_seal_it_is_refused_unless_asked_for(trial_without_seal):
    with pytest.raises(UsageError) as caught:
        run("--initiative", trial_without_seal, *DAY)
    assert caught.value.problems[0].code == "not_sealed"
    told = run("--initiative", trial_without_seal, *DAY, "--unsealed")
    assert "nothing was sealed" in " ".join(told.split())


def test_a_promise_changed_since_is_not_judged_and_the_way_out_is_named(demo, tmp_path):
    shutil.copytree(demo.city, tmp_path / "city")
    folder = tmp_path / "rounds_by_need"
    shutil.copytree(demo.root / "rounds_by_need", folder)
    promises = folder / "promises.csv"
    promises.write_text(
        promises.read_text(encoding="utf-8").replace(",0.5,", ",0.4,"), encoding="utf-8"
    )
    with pytest.raises(UsageError) as caught:
        run("--initiative", folder, *DAY)
    (problem,) = caught.value.problems
    assert problem.code == "seal_does_not_hold"
    assert "sealed" in problem.parameters["reason"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--initiative", "folder", "--unit", "area"), "panel_and_initiative"),
        ((), "panel_not_named"),
        (("panel.csv", "--unit", "area"), "panel_not_named"),
    ],
)
def test_a_panel_or_an_initiative(words, code):
    with pytest.raises(UsageError) as caught:
        run(*words)
    assert caught.value.problems[0].code == code
