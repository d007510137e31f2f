from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.tests.appraisals import share_appraisals


@pytest.fixture(scope="module", autouse=True)
def appraised_once():
    with pytest.MonkeyPatch.context() as monkeypatch:
        share_appraisals(monkeypatch)
        yield


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run the command once, as people do; its words and the folder that it made."""
    folder = tmp_path_factory.mktemp("demo") / "made"
    result = CliRunner().invoke(build(), ["demo", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout, folder


def test_it_says_that_the_city_is_invented_and_where_it_lies(run):
    words, folder = run
    assert words.startswith("Quillhaven is an invented city.")
    assert str(folder) in words.splitlines()[0]


def test_every_page_that_it_names_is_there_and_whole(run):
    words, folder = run
    pages = re.findall(r"Open in a browser: (.+)", words)
    assert len(pages) == 4
    for page in pages:
        assert page.startswith(str(folder))
        assert Path(page).read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_answers_are_told_in_a_sentence_each(run):
    words, _ = run
    lines = words.splitlines()
    titles = [i for i, line in enumerate(lines) if line.startswith(("240 closed", "200 sensor"))]
    assert len(titles) == 2
    assert all(lines[i + 1].startswith("  Problem: ") for i in titles)
    assert all(lines[i + 2].startswith("  Voice: ") for i in titles)
    assert all(lines[i + 3].startswith("  Reach: ") for i in titles)


def test_everything_that_it_says_to_try_exists(run):
    words, folder = run
    tries = words.split("Try next:")[1]
    named = set(re.findall(rf"{re.escape(str(folder))}[^\s,]*", tries))
    assert len(named) >= 5
    for path in named:
        assert (folder / path[len(str(folder)) :].strip("/")).exists(), path


def test_json_holds_the_same_answers(run, tmp_path):
    words, _ = run
    result = CliRunner().invoke(build(), ["demo", str(tmp_path), "--json"], catch_exceptions=False)
    told = json.loads(result.stdout)
    sentences = [answer["sentence"] for one in told["dossiers"] for answer in one["answers"]]
    assert sentences
    assert all(sentence in words for sentence in sentences)
    verdicts = {
        one["initiative"][:3]: [answer["verdict"] for answer in one["answers"]]
        for one in told["dossiers"]
    }
    assert verdicts == {
        "240": ["need_alike", "asked_while_open", "alike", "cannot_tell", "can_be_checked"],
        "200": [
            "need_alike",
            "asked_when_part_was_made",
            "reaches_less",
            "does_not_carry",
            "cannot_be_checked",
        ],
        "Col": ["need_alike", "cannot_tell", "cannot_tell", "cannot_tell", "cannot_tell"],
        "40 ": ["cannot_tell", "cannot_tell", "cannot_tell", "cannot_tell", "cannot_tell"],
    }
