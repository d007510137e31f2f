"""``evenground diff`` and ``evenground migrate`` as people run them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evenground.dossier.tests.sample import sample_dossier


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).with_name("evenground"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def pair(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("pair")
    one = sample_dossier()
    headline = replace(one.sections[3].headline, sentence="It would reach everybody.")
    sections = (*one.sections[:3], replace(one.sections[3], headline=headline), *one.sections[4:])
    other = replace(one, sections=sections, inputs=one.inputs[:1], datasets={})
    for name, dossier in (("a", one), ("b", other)):
        (folder / name).mkdir()
        (folder / name / "dossier.json").write_text(dossier.json(), encoding="utf-8")
    return folder / "a", folder / "b" / "dossier.json"


def test_differences_are_told(pair):
    done = run("diff", *pair)
    assert done.returncode == 0, done.stderr
    answers, place, before, after = done.stdout.splitlines()[:4]
    assert (answers, place) == ("Answers", "  reach / sentence")
    assert before.startswith("    - The 200 bins would serve the most deprived third of areas")
    assert after == "    + It would reach everybody."
    assert "What was read\n  inputs / population, population_2025.csv\n" in done.stdout
    assert "    + (not there)\n" in done.stdout
    assert "1 more difference in tables, figures and their data" in done.stdout


def test_no_difference_is_said(pair):
    done = run("diff", pair[0], pair[0])
    assert done.stdout.startswith("The two dossiers are the same: ")


def test_differences_for_programs(pair):
    told = json.loads(run("diff", *pair, "--json").stdout)
    assert len(set(told["seals"])) == 2
    assert [one["part"] for one in told["differences"]] == ["answer", "input", "detail"]
    assert told["differences"][0]["place"] == ["sections", "reach", "headline", "sentence"]


def test_a_missing_dossier_has_its_own_exit_code(tmp_path):
    done = run("diff", tmp_path, tmp_path, "--json")
    assert done.returncode == 3
    assert json.loads(done.stderr)["problems"][0]["code"] == "dossier_missing"


def test_what_is_newest_is_left_as_it_is(pair, tmp_path):
    city = tmp_path / "city.toml"
    city.write_bytes(b"# ours\r\nformat = 1\r\n")
    done = run("migrate", pair[0], tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        f"{pair[0] / 'dossier.json'}: format 1 already",
        f"{city}: format 1 already",
    ]
    assert city.read_bytes() == b"# ours\r\nformat = 1\r\n"
    assert list(tmp_path.iterdir()) == [city]


def test_a_newer_format_is_refused_and_nothing_is_written(tmp_path):
    (tmp_path / "city.toml").write_text("format = 2\n", encoding="utf-8")
    done = run("migrate", tmp_path, "--json")
    assert done.returncode == 7
    assert json.loads(done.stderr)["error"] == "VersionError"
    assert [file.name for file in tmp_path.iterdir()] == ["city.toml"]
