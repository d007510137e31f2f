"""The page of an audit: self-contained, escaped, the same bytes, every cell complete."""

from __future__ import annotations

import re
from datetime import date

import pytest

from evenground.language import language
from evenground.tests.audits import check, sample_audit, sample_wording
from evenground.workspace.auditing.report_html import audit_html, further
from evenground.workspace.auditing.telling import told_audit

WORDING = sample_wording()


def page(audit=None, **more) -> str:
    told = told_audit(audit or sample_audit(), language("en"), wording=WORDING, **more)
    return audit_html(told, day=date(2024, 6, 1), seed=7, datasets={})


def test_it_asks_for_nothing_and_runs_nothing():
    text = page()
    assert "<script" not in text
    assert not re.search(r"""(?:src|href)=["'](?!#)""", text)
    assert "url(http" not in text


def test_the_same_audit_gives_the_same_bytes():
    assert page() == page()


def test_every_cell_of_measure_by_purpose_is_there():
    table = page().split('<table class="measures">')[1].split("</table>")[0]
    rows = table.split("<tr>")[2:]
    assert len(rows) == 17
    assert all(row.count("<td>") == 4 for row in rows)
    (recent,) = [row for row in rows if "last 30 days" in row]
    for part in ("71\xa0%", "not met", "at least 90\xa0%", "Directive 2008/50/EC"):
        assert part in recent


def test_outcomes_are_words_and_no_colour():
    text = page()
    style = text.split("<style>")[1].split("</style>")[0]
    assert not re.search(r"\.(met|failed|open)\b[^{]*\{[^}]*(color|background)", style)
    for words in ("not met", "not required", ">met<", ">open<"):
        assert words in text


def test_what_a_file_holds_is_escaped():
    text = page(sample_audit(title="<b>air</b>.csv"))
    assert "<b>air" not in text
    assert "&lt;b&gt;air" in text


@pytest.mark.parametrize(
    "changes",
    [
        {"figures": ()},
        {"problems": (), "sources": ()},
        {"checks": {}},
        {"checks": {"nulls": check("nulls", 0)}},
        {"period": None},
        {"datasheet_given": True},
    ],
)
def test_parts_that_are_not_there_leave_no_hole(changes):
    text = page(sample_audit(**changes))
    assert "None" not in text
    assert "{{" not in text


def test_it_can_be_said_of_one_purpose():
    text = page(purposes=["decide"])
    assert "To base a decision on" in text
    assert "To run the system" not in text


def test_further_figures_are_single_values():
    detail = {
        "gaps": 11,
        "share_lost": 0.25,
        "by_hour": [1, 2],
        "by_area": {"a": 1},
        "from": "x",
        "yes": True,
    }
    assert dict(further(detail)) == {"gaps": "11", "share_lost": "0.25", "from": "x"}
