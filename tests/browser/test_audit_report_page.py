"""The page of an audit in a real browser: sound for everybody, at every width."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from evenground.language import language
from evenground.tests.audits import sample_audit, sample_wording
from evenground.workspace.auditing.report_html import audit_html
from evenground.workspace.auditing.telling import told_audit

pytestmark = pytest.mark.browser
OPEN_ALL = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"
WIDTH_OF_ALL = "() => document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def audit_file(tmp_path_factory) -> Path:
    wording = sample_wording()
    told = told_audit(sample_audit(), language("en"), wording=wording)
    path = tmp_path_factory.mktemp("audit") / "audit.html"
    page = audit_html(told, day=date(2024, 6, 1), seed=7, datasets={})
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_barrier_is_found_in_an_audit(opened, audit_file, width, scheme):
    page = opened(audit_file, width=width, scheme=scheme).page
    page.evaluate(OPEN_ALL)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [1280, 800, 560, 360, 320])
def test_an_audit_never_scrolls_sideways(opened, audit_file, width):
    page = opened(audit_file, width=width).page
    page.evaluate(OPEN_ALL)
    assert page.evaluate(WIDTH_OF_ALL) <= width


def test_an_audit_asks_for_nothing(opened, audit_file):
    seen = opened(audit_file)
    seen.page.wait_for_load_state("networkidle")
    assert seen.requests == [audit_file.as_uri()]
    assert seen.complaints == []
