"""Every page of the documentation holds what it says."""

from __future__ import annotations


def test_a_reader_gets_through(page, reader):
    done = reader.work_through(page)
    assert done > 0 or not page.runs


def test_links_within_the_repository_lead_somewhere(page):
    assert page.dead_links() == []
