"""Pabulib's own checker beside ours: what it refuses is refused here, on broken and real files."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from evenground.connectors.pabulib.checks.listing import pabulib_problems
from evenground.connectors.pabulib.reading import read_pabulib
from evenground.errors import Severity

pytestmark = pytest.mark.oracle
BROKEN = (
    Path(__file__).parents[2] / "src/evenground/connectors/tests/pabulib/test_pabulib_checks.py"
)


def found_in(text):
    problems = pabulib_problems(read_pabulib(text.encode()))
    return {
        level: {problem.code for problem in problems if problem.severity is severity}
        for level, severity in (("errors", Severity.ERROR), ("warnings", Severity.WARNING))
    }


def test_each_broken_file_is_refused_by_both(peer):
    table = runpy.run_path(str(BROKEN))
    rows = [row for row in table["BROKEN"] if row[7] is not None]
    texts = [table["changed"](*row[:4]) for row in rows]
    theirs = peer("pabulib_checker.py", texts=texts)["found"]
    for row, text, checker in zip(rows, texts, theirs, strict=True):
        ours = found_in(text)
        stopped = "processing error" in checker["errors"]
        assert stopped or row[7] in {*checker["errors"], *checker["warnings"]}, (row, checker)
        if checker["errors"] and not stopped:  # one that stopped has judged nothing
            assert ours["errors"], (row, checker)
        if row[7] in checker["warnings"]:
            assert row[3] in ours["warnings"] | ours["errors"], (row, checker)


def test_files_in_order_are_in_order_for_both(peer):
    table = runpy.run_path(str(BROKEN))
    texts = [table[name] for name in ("APPROVAL", "CUMULATIVE", "CHOOSE", "ORDINAL")]
    for text, checker in zip(texts, peer("pabulib_checker.py", texts=texts)["found"], strict=True):
        assert checker == {"errors": [], "warnings": []}
        assert found_in(text) == {"errors": set(), "warnings": set()}


def test_real_files_are_refused_by_both_or_by_none(peer, real_data):
    files = sorted(real_data("pabulib").glob("*.pb"))
    texts = [file.read_text(encoding="utf-8-sig") for file in files]
    theirs = peer("pabulib_checker.py", texts=texts)["found"]
    for file, text, checker in zip(files, texts, theirs, strict=True):
        ours = found_in(text)
        assert bool(ours["errors"]) == bool(checker["errors"]), (file.name, ours, checker)
        assert len(ours["warnings"]) >= len(checker["warnings"]), (file.name, ours, checker)
