"""The reference pages are made from the code, and the one that is not keeps up with it."""

from __future__ import annotations

import importlib
import re
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from evenground.stores.entries import TableEntry
from evenground.workspace import declared_keys

DOCS = Path(__file__).parents[2] / "docs"
NO_KEYS = {"table", "written", "path"}


@pytest.fixture(scope="module")
def pages():
    sys.path.insert(0, str(DOCS))
    try:
        return importlib.import_module("reference_pages").pages()
    finally:
        sys.path.remove(str(DOCS))


def keys_in(text):
    return set(re.findall(r"^\| `([\w.]+)`", text, flags=re.MULTILINE))


def test_every_key_of_a_table_entry_is_on_its_page():
    page = (DOCS / "reference" / "table-entries.md").read_text(encoding="utf-8")
    assert keys_in(page) == {one.name for one in fields(TableEntry)} - NO_KEYS


@pytest.mark.parametrize(
    ("file", "schemas"),
    [
        ("city-toml", ("CITY", "LEVELS", "GROUPS", "BASELINES")),
        ("initiative-toml", ("INITIATIVE", "PROBLEMS", "OPTIONS", "COSTS")),
    ],
)
def test_every_key_that_may_be_declared_is_on_its_page(pages, file, schemas):
    expected = {name for one in schemas for name in getattr(declared_keys, one).names}
    assert keys_in(pages[file]) == expected


def test_every_page_of_the_reference_has_a_title(pages):
    assert [name for name, text in pages.items() if not text.startswith("# ")] == []


def test_sentences_of_every_question_that_is_asked_are_listed(pages):
    from evenground.questions import discover

    asked = [question for question in discover() if question.answer is not None]
    assert asked
    for question in asked:
        assert f"## {question.title}" in pages["wording"]
        told = [code for code, sentence in question.wording.items() if sentence]
        assert [code for code in told if f"| `{code}` |" not in pages["wording"]] == []


def test_all_that_the_package_offers_is_on_the_page_for_python():
    import evenground
    from evenground import dossier

    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    documented = re.findall(r"auto(?:function|class):: (\S+)", page)
    names = [f"evenground.{name}" for name in evenground.__all__]
    names += [f"evenground.dossier.{name}" for name in dossier.__all__ if name[:1].isupper()]
    given = {"evenground.dossier.FORMAT", "evenground.dossier.Dossier"}
    assert [name for name in names if name not in {*documented, *given}] == []


def test_every_work_cited_beside_a_measure_is_cited_in_the_code():
    page = (DOCS / "explanation" / "where-measures-come-from.md").read_text(encoding="utf-8")
    source = DOCS.parent / "src" / "evenground"
    code = " ".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))
    code = re.sub(r"\s+", " ", code)
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    cited = re.findall(r"([A-Z][\w-]+)(?:, [^()|;]*| and [^()|;]*)? \((\d{4})\)", " ".join(rows))
    assert len(cited) > 25
    unknown = [
        f"{author} {year}"
        for author, year in cited
        if not re.search(rf"{author}\b[^;]{{0,120}}{year}", code)
    ]
    assert unknown == []
