"""An invented city, from its files to its dossier: what was found once is found again."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evenground.dossier.encoding import encode
from evenground.dossier.json import from_json
from evenground.tests.scenarios import uncounted
from evenground.tests.towns import at, counted, grid, northward, saltmarsh, spread, write

GOLDEN = Path(__file__).with_name("invented_city.json")
RENEW = "EVENGROUND_RENEW_GOLDEN"
DIGITS = 6
"""What platforms agree on to the last digit; arithmetic may differ beyond."""
CITY = """\
format = 1
name = "Saltmarsh"
language = "en"
currency = "EUR"
crs = "EPSG:25832"
time_zone = "Europe/Berlin"
level = "quarter"

[levels.quarter]
name = "quarter"
plural = "quarters"

[settings]
telling_ratio = 1.8

[[groups]]
key = "poverty"
name = "Poverty"
kind = "classes"
indicator = "poverty"
classes = 3
labels = ["low-poverty quarters", "middle quarters", "high-poverty quarters"]
compare = ["high-poverty quarters", "low-poverty quarters"]

[[groups]]
key = "age"
name = "Age"
kind = "counts"
members = ["young", "old"]
names = {young = "children", old = "older people"}

[[baselines]]
key = "people"
name = "residents"
kind = "people"
unit = "residents"
lead = true
reason = "Everybody throws things away"
chosen_by = "the council"
chosen_on = 2025-11-05

[[baselines]]
key = "need"
name = "households without a car"
kind = "need"
group = "no_car"
unit = "households"
"""
INITIATIVE = """\
format = 1
title = "Sensor bins"
stage = "proposed"
domain = "waste"
offered_by = "Binco"
offered_on = 2025-12-01
unit = "bin"
unit_plural = "bins"
counts = "units"

[[problems]]
by = "residents"
words = "The bins by the harbour overflow every Sunday."
source = "letter"

[decision]
body = "Technical Committee"
date = 2026-06-10
open = ["where", "how many"]

[[options]]
key = "as_today"
name = "As today"
kind = "as_today"
cost = {2026 = 120000}
price_year = 2026

[[options]]
key = "all"
name = "All bins"
kind = "full"
cost = {2026 = 400000, 2027 = 90000}
price_year = 2026
n_sites = 60

[made_by]
name = "A. Vogt"
role = "planner"
interest = "none"
payer = "the city"
"""
WITHHELD = "The caretaker told me which flat it is."
OPEN = "I cannot reach the lid."


def town():
    """Return the town: two dates, two options, small counts, places on boundaries."""
    areas = grid(5, 5)
    base = saltmarsh(across=5, up=5)
    few = [3, 2, 41, 38, *([60] * 21)]
    others = [row for row in base.rows["population"] if row["group"] != "young"]
    sites = [
        *spread([1] * 25, areas, seed=1, observed=date(2024, 6, 1)),
        *spread([2] * 12 + [1] * 13, areas, seed=2, observed=date(2025, 6, 1)),
        *spread(northward(areas, 4, 1), areas, seed=3, option="all", units=2.0),
        *({"geometry": at(2.0, row + 0.5), "option": "all"} for row in range(3)),
        {"geometry": at(5.6, 2.5), "option": "all"},
        {"name": "somewhere near the harbour", "option": "all"},
    ]
    accounts = [
        {"text": OPEN, "role": "resident", "consent": "public", "about": "reach"},
        {"text": WITHHELD, "role": "resident", "consent": "internal", "about": "reach"},
        {"text": "Forget it.", "role": "resident", "consent": "withdrawn", "about": "reach"},
    ]
    return base.having(
        population=[*others, *counted(areas, "young", few, margin=20.0)],
        sites=sites,
        uncounted_groups=uncounted().rows["uncounted_groups"],
        initiative_accounts=accounts,
        objections=[{"words": "Count the visitors too.", "by": "Quay traders", "against": "reach"}],
    )


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Write the town as a clerk would; return its two folders."""
    city, initiative = write(town(), tmp_path_factory.mktemp("town"))
    (city / "city.toml").write_text(CITY, encoding="utf-8")
    (initiative / "initiative.toml").write_text(INITIATIVE, encoding="utf-8")
    return city, initiative


def run(folders, out: Path, *, seed: str = "0", audience: str = "public") -> tuple[bytes, bytes]:
    """Appraise in a process of its own, from a folder of its own; return page and data."""
    city, initiative = folders
    out.mkdir(parents=True)
    command = [
        str(Path(sys.executable).with_name("evenground")), "appraise", str(initiative),
        "--city", str(city), "--out", "here", "--as-of", "2026-03-01", "--audience", audience,
    ]  # fmt: skip
    env = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        command, cwd=out, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return (out / "here/dossier.html").read_bytes(), (out / "here/dossier.json").read_bytes()


@pytest.fixture(scope="module")
def public(folders, tmp_path_factory):
    """Appraise for the public, once."""
    return run(folders, tmp_path_factory.mktemp("public") / "a", seed="1")


def rounded(node: Any) -> Any:
    """Round every number to so many digits."""
    if isinstance(node, dict):
        return {key: rounded(value) for key, value in node.items()}
    if isinstance(node, list):
        return [rounded(value) for value in node]
    if isinstance(node, float) and math.isfinite(node):
        short = float(f"{node:.{DIGITS}g}")
        return int(short) if short.is_integer() else short
    return node


def findings(data: bytes) -> Any:
    """Return what a dossier found and said; drawings apart, and what names versions and hashes."""
    sections = []
    for section in from_json(data.decode()).sections:
        plain: Any = rounded(encode(section))
        for told in (plain["headline"], *plain["findings"]):
            del told["finding"]["figures"], told["finding"]["tables"]  # told once is enough
            for figure in told["figures"]:
                del figure["spec"]
            for source in told["finding"]["sources"]:
                del source["sha256"]
        sections.append(plain)
    screen = encode(from_json(data.decode()).first_screen)
    return {"sections": sections, "first_screen": rounded(screen)}


def test_the_findings_are_those_found_before(public):
    text = json.dumps(findings(public[1]), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get(RENEW) == "1":
        GOLDEN.write_text(text, encoding="utf-8")
    expected = json.loads(GOLDEN.read_text(encoding="utf-8"))
    found = json.loads(text)
    for part in ("sections", "first_screen"):
        assert list(differences(expected[part], found[part], part)) == []


def differences(expected: Any, found: Any, path: str):
    """Yield where two trees differ, each place with what was and what is."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted({*expected, *found}):
            yield from differences(expected.get(key), found.get(key), f"{path}.{key}")
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{path}[{place}]")
    elif isinstance(expected, int | float) and isinstance(found, int | float):
        if not math.isclose(expected, found, rel_tol=10**-DIGITS * 2):
            yield path, expected, found
    elif expected != found:
        yield path, expected, found


def test_other_hashes_another_folder_another_name_the_same_bytes(folders, public, tmp_path):
    """Neither the order of sets, nor where things lie, nor where one stands, is in a dossier."""
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    copies = tuple(shutil.copytree(one, moved / f"another {one.name}") for one in folders)
    assert run(copies, tmp_path / "b", seed="4711") == public


def test_no_path_of_this_machine_is_in_a_dossier(folders, public):
    for content in public:
        text = content.decode()
        assert str(folders[0].parent) not in text
        assert str(Path.home()) + "/" not in text
        assert sys.prefix not in text


def test_the_order_of_rows_does_not_matter(folders, public, tmp_path):
    """People, indicators and sites may come in any order; hashes of files are all that differs."""
    turned = town()
    turned = turned.having(**{name: rows[::-1] for name, rows in turned.rows.items()})
    city, initiative = write(turned, tmp_path / "turned")
    (city / "city.toml").write_text(CITY, encoding="utf-8")
    (initiative / "initiative.toml").write_text(INITIATIVE, encoding="utf-8")
    found = findings(run((city, initiative), tmp_path / "c")[1])
    expected = findings(public[1])
    for section in (*found["sections"], *expected["sections"]):
        for told in (section["headline"], *section["findings"]):
            told["finding"]["accounts"].sort(key=str)
    assert list(differences(expected["sections"], found["sections"], "sections")) == []


def test_editions_hold_what_their_readers_may_know(folders, public, tmp_path):
    internal = run(folders, tmp_path / "d", audience="internal")
    open_page, open_data = (content.decode() for content in public)
    kept_page, kept_data = (content.decode() for content in internal)
    assert "Public edition" in open_page
    assert "Internal edition" in kept_page
    for text in (open_page, open_data, kept_page, kept_data):
        assert OPEN in text
        assert "Forget it." not in text
    for text in (kept_page, kept_data):
        assert WITHHELD in text
    for text in (open_page, open_data):
        assert WITHHELD not in text
    for_all, for_us = from_json(open_data), from_json(kept_data)
    assert for_all.seal != for_us.seal
    assert len(for_all.first_screen.left_out) >= 2
    assert for_us.first_screen.left_out != for_all.first_screen.left_out
    assert not any(
        "fewer than" in text or "counts" in text for text in for_us.first_screen.left_out
    )
    suppressed = "Small counts of people are replaced"
    assert any(suppressed in caveat for caveat in caveats(for_all))
    assert not any(suppressed in caveat for caveat in caveats(for_us))


def caveats(dossier):
    """Return every caveat of a dossier."""
    return [
        caveat
        for section in dossier.sections
        for told in (section.headline, *section.findings)
        for caveat in told.caveats
    ]


def test_a_difference_is_seen():
    assert list(differences({"a": [1, 2]}, {"a": [1, 2.0000001]}, "")) == []
    assert list(differences({"a": [1, 2]}, {"a": [1, 2.1]}, "")) == [(".a[1]", 2, 2.1)]
    assert list(differences({"a": "x"}, {"a": "y"}, "")) == [(".a", "x", "y")]
    assert list(differences({"a": [1]}, {"a": [1, 2]}, ""))
    assert list(differences({"a": 1}, {"b": 1}, ""))
