"""One question more touches one new folder and nothing else."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import evenground.questions
from evenground.dossier.encoding import encode
from evenground.questions import discover
from evenground.tests.dossiers import section_of
from evenground.tests.towns import saltmarsh, write
from evenground.workspace.appraising import Terms, appraise
from evenground.workspace.checking import check
from evenground.workspace.making import make_city

ROOT = Path(__file__).parents[2]
KEY = "shade"
INIT = '''
"""Shade: is there a tree where people wait?"""

from evenground.language import N_
from evenground.protocol import Question
{imports}

QUESTION = Question(
    key="shade",
    title=N_("Shade"),
    asks=N_("Is there a tree where people wait?"),
    order=8,
    needs=NEEDS,
    tables=(TREES,),
    settings=SETTINGS,
    prepare=prepare,
    answer=answer,
    wording=WORDING,
)
'''
TABLES = """
from evenground.language import N_
from evenground.protocol import Need
from evenground.schema import Column, Kind, Setting, TableSchema

TREES = TableSchema(
    name="trees",
    meaning=N_("Street trees: where, and how wide their crowns are"),
    key=("tree_id",),
    columns=(
        Column(name="tree_id", kind=Kind.TEXT, required=True, meaning=N_("Short code")),
        Column(name="area_id", kind=Kind.TEXT, refers_to="areas.area_id", meaning=N_("Area")),
        Column(name="crown_metres", kind=Kind.NUMBER, unit="m", low=0, high=60,
               meaning=N_("Width of the crown")),
    ),
)
SETTINGS = (
    Setting(key="shade_crown_metres", default=4.0, low=1, high=30, unit="m",
            meaning=N_("A crown at least this wide gives shade")),
)
NEEDS = (Need(table="trees", columns=("area_id", "crown_metres")),)


def prepare(tables, case):
    if "trees" not in tables:
        return {}
    trees = tables["trees"]
    wide = trees.filter(trees.crown_metres >= case.settings.number("shade_crown_metres"))
    return {"trees": wide.group_by("area_id").agg(n_trees=wide.count())}
"""
FINDINGS = """
from evenground.evidence import Ask, Estimate, Finding, Message, Verdict, sources_of
from evenground.protocol import Answer

NEEDS = ()


def answer(tables, case):
    if "trees" not in tables:
        ask = Ask(
            to=Message(code="to.city"),
            what=Message(code="ask.trees"),
            unlocks=Message(code="ask.trees.unlocks"),
        )
        finding = Finding(
            code="headline.no_trees", verdict=Verdict.CANNOT_TELL, asks=(ask,), claims=("M12",)
        )
        return Answer(headline=finding, unmet=case_needs())
    n = sum(tables["trees"]["n_trees"].to_pylist())
    finding = Finding(
        code="headline.trees",
        verdict=Verdict("shaded" if n else "bare"),
        parameters={"n": n},
        estimates=(Estimate.exact("trees", n, unit="trees"),),
        sources=sources_of(("trees",), case.sources),
        claims=("M12",),
    )
    return Answer(headline=finding)


def case_needs():
    from {package}.tables import NEEDS

    return NEEDS
"""
WORDING = """
from evenground.language import N_, NN_

WORDING = {
    "verdict.shaded": N_("some shade"),
    "verdict.bare": N_("no shade"),
    "headline.no_trees": N_("Cannot tell where there is shade: nobody has listed the trees."),
    "headline.trees": NN_("{n} tree gives shade.", "{n} trees give shade."),
    "ask.trees": N_("Which street trees are there, and how wide are their crowns?"),
    "ask.trees.unlocks": N_("where people wait in the sun"),
    "label.trees": N_("Trees wide enough"),
    "table.trees": N_("street trees"),
}
"""
CITY = """\
format = 1
name = "Saltmarsh"
language = "en"
currency = "EUR"
crs = "EPSG:25832"
time_zone = "Europe/Berlin"
level = "quarter"
{more}

[levels.quarter]
name = "quarter"
plural = "quarters"

[[groups]]
key = "poverty"
name = "Poverty"
kind = "classes"
indicator = "poverty"
labels = ["low-poverty areas", "middle areas", "high-poverty areas"]

[settings]
{settings}
"""
INITIATIVE = """\
format = 1
title = "Sensor bins"
stage = "running"
unit = "bin"
unit_plural = "bins"
counts = "row"
"""
TREE_ROWS = "tree_id,area_id,crown_metres\nt1,A0000,3\nt2,A0000,6.5\nt3,A0303,9\n"


def made(folder: Path, package: str) -> Path:
    """Write the question as a package; return its folder."""
    home = folder / package.rsplit(".", maxsplit=1)[-1]
    home.mkdir(parents=True)
    imports = "\n".join(
        [
            f"from {package}.findings import answer",
            f"from {package}.tables import NEEDS, SETTINGS, TREES, prepare",
            f"from {package}.wording import WORDING",
        ]
    )
    (home / "__init__.py").write_text(INIT.replace("{imports}", imports), encoding="utf-8")
    (home / "tables.py").write_text(TABLES, encoding="utf-8")
    (home / "findings.py").write_text(FINDINGS.replace("{package}", package), encoding="utf-8")
    (home / "wording.py").write_text(WORDING, encoding="utf-8")
    return home


@pytest.fixture
def eighth(tmp_path, monkeypatch):
    """Put one folder beside those of the other questions."""
    made(tmp_path / "beside", f"evenground.questions.{KEY}")
    path = [*evenground.questions.__path__, str(tmp_path / "beside")]
    monkeypatch.setattr(evenground.questions, "__path__", path)
    yield
    for name in [name for name in sys.modules if name.startswith(f"evenground.questions.{KEY}")]:
        del sys.modules[name]
    vars(evenground.questions).pop(KEY, None)


def folders(home: Path, *, more: str = "", settings: str = "", trees: str = TREE_ROWS):
    """Write the town with its trees; return the folders of the city and the initiative."""
    city, initiative = write(saltmarsh(), home)
    text = CITY.format(more=more, settings=settings)
    (city / "city.toml").write_text(text, encoding="utf-8")
    (initiative / "initiative.toml").write_text(INITIATIVE, encoding="utf-8")
    if trees:
        (city / "trees.csv").write_text(trees, encoding="utf-8")
    return city, initiative


def appraised(city: Path, initiative: Path):
    """Appraise on a fixed day."""
    from datetime import date

    return appraise(initiative, city, terms=Terms(today=date(2026, 3, 1)))


def test_it_is_asked_and_answered(eighth, tmp_path):
    dossier = appraised(*folders(tmp_path / "town"))
    section = section_of(dossier, KEY)
    assert dossier.sections[-1] is section
    assert section.asked
    assert section.headline.sentence == "2 trees give shade."
    assert section.headline.verdict == "some shade"
    assert section.headline.labels == {"trees": "Trees wide enough"}
    (source,) = section.headline.finding.sources
    assert (source.table, source.file, source.rows_used) == ("trees", "trees.csv", 3)
    assert "trees" in {report.table for report in dossier.inputs}
    page = dossier.html()
    assert "Is there a tree where people wait?" in page
    assert "2 trees give shade." in page
    assert json.loads(dossier.json())["sections"][-1]["key"] == KEY
    assert KEY in set(dossier.frame()["question"])


def test_it_says_what_it_lacks(eighth, tmp_path):
    # Alone, since the first screen holds five asks of all questions together.
    alone = 'questions = ["shade"]'
    dossier = appraised(*folders(tmp_path / "town", trees="", more=alone))
    section = section_of(dossier, KEY)
    assert section.missing == ("street trees",)
    asked = [ask.what for ask in dossier.first_screen.before_you_decide]
    assert "Which street trees are there, and how wide are their crowns?" in asked
    assert any(text.startswith("Shade: ") for text in dossier.first_screen.not_measured)


def test_its_settings_are_the_city_s_to_change(eighth, tmp_path):
    city, initiative = folders(tmp_path / "town", settings="shade_crown_metres = 2.5")
    assert not check(city).problems
    dossier = appraised(city, initiative)
    assert section_of(dossier, KEY).headline.sentence == "3 trees give shade."
    (change,) = [one for one in dossier.settings if one.key == "shade_crown_metres"]
    assert (change.default, change.value) == ("4.0", "2.5")
    assert change.meaning == "A crown at least this wide gives shade"


def test_its_names_are_known_to_check(eighth, tmp_path):
    city, _ = folders(
        tmp_path / "town",
        more='questions = ["shade", "shadow"]',
        settings="shade_crown_meters = 2",
        trees=TREE_ROWS + "t4,A9999,5\nt5,A0000,-1\nt5,A0000,2\n",
    )
    found = {(one.place.column or one.place.file, one.value): one for one in check(city).problems}
    assert found["questions", "shadow"].nearest == "shade"
    assert found["settings.shade_crown_meters", "shade_crown_meters"].nearest == (
        "shade_crown_metres"
    )
    of_trees = [one for one in found.values() if one.place.file == "trees.csv"]
    assert {one.place.row for one in of_trees} >= {5, 6}


def test_the_city_may_leave_it_out(eighth, tmp_path):
    city, initiative = folders(tmp_path / "town", more='questions = ["reach"]')
    dossier = appraised(city, initiative)
    section = section_of(dossier, KEY)
    assert not section.asked
    assert section.headline.verdict == "left out by the city"
    left_out = "The city chose not to ask: Problem, Voice, Data, Promise and Shade."
    assert left_out in dossier.first_screen.not_measured


def test_no_other_answer_changes(tmp_path, monkeypatch, request):
    city, initiative = folders(tmp_path / "town", trees="")
    before = appraised(city, initiative)
    request.getfixturevalue("eighth")
    after = appraised(city, initiative)
    assert [one.key for one in after.sections] == [*(one.key for one in before.sections), KEY]
    for section in before.sections:
        assert encode(section) == encode(section_of(after, section.key))


def test_a_new_city_has_room_for_it(eighth, tmp_path):
    from openpyxl import load_workbook

    from evenground.language import language

    make_city(tmp_path / "fresh", speaks=language("en"))
    text = (tmp_path / "fresh" / "city.toml").read_text(encoding="utf-8")
    assert "shade_crown_metres" in text
    book = load_workbook(tmp_path / "fresh" / "city.xlsx")
    assert "trees" in book.sheetnames
    headings = [cell.value for row in book["trees"].iter_rows() for cell in row if cell.value]
    assert {"tree_id", "area_id", "crown_metres"} <= set(headings)


def test_the_reference_tells_of_it(eighth, monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs")
    spec = importlib.util.spec_from_file_location("reference", ROOT / "docs/reference_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made_pages = module.pages()
    assert "Is there a tree where people wait?" in made_pages["questions"]
    assert "`shade_crown_metres`" in made_pages["settings"]
    assert "`crown_metres`" in made_pages["question-tables"]


def test_another_distribution_may_bring_it(tmp_path):
    """Installed beside Evenground, a question of somebody else's is asked by the program."""
    site = tmp_path / "site"
    made(site, "shade_question")
    info = site / "shade_question-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: shade-question\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        "[evenground.questions]\nshade = shade_question:QUESTION\n", encoding="utf-8"
    )
    city, initiative = folders(tmp_path / "town")
    command = [
        str(Path(sys.executable).with_name("evenground")), "appraise", str(initiative),
        "--city", str(city), "--out", str(tmp_path / "out"), "--as-of", "2026-03-01", "--json",
    ]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers = {one["question"]: one for one in json.loads(done.stdout)["answers"]}
    assert answers[KEY]["sentence"] == "2 trees give shade."
    assert (tmp_path / "out" / "dossier.html").is_file()


def test_two_questions_cannot_share_a_key(eighth, tmp_path, monkeypatch):
    made(tmp_path / "again", f"evenground.questions.{KEY}")
    shutil.move(tmp_path / "again" / KEY, tmp_path / "again" / "umbra")
    path = [*evenground.questions.__path__, str(tmp_path / "again")]
    monkeypatch.setattr(evenground.questions, "__path__", path)
    with pytest.raises(ValueError, match=KEY):
        discover()
    vars(evenground.questions).pop("umbra", None)
    sys.modules.pop("evenground.questions.umbra", None)
