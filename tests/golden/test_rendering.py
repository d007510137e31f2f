"""What the sample dossier's page says, line by line, as it was last looked at and found good.

A change that is meant is taken over with EVENGROUND_RENEW_GOLDEN=1, and read in the commit.
"""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path

from evenground.dossier.tests.sample import sample_dossier

GOLDEN = Path(__file__).parent / "sample_page.txt"
SAID = {"h1", "h2", "h3", "h4", "p", "dt", "dd", "li", "caption", "figcaption", "summary", "title"}
SAID |= {"desc", "footer", "th", "td"}


class Lines(HTMLParser):
    """Each piece of the page that says something, as ``tag: words``; without long tables' rows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._open: list[tuple[str, list[str]]] = []
        self._long = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "div":
            is_long = "long" in (dict(attrs).get("class") or "").split()
            self._long += bool(is_long or self._long)
        if tag in SAID:
            self._open.append((tag, []))

    def handle_endtag(self, tag):
        if tag == "div" and self._long:
            self._long -= 1
        if self._open and self._open[-1][0] == tag:
            words = " ".join("".join(self._open.pop()[1]).split())
            if words and not (self._long and tag in ("th", "td")):
                self.lines.append(f"{tag}: {words}")

    def handle_data(self, data):
        if self._open:
            self._open[-1][1].append(f"{data} ")


def test_the_page_says_what_it_said():
    dossier = sample_dossier()
    said = "\n".join(Lines(dossier.html()).lines) + "\n"
    lines = said.replace(dossier.seal, "(seal)").replace(dossier.seal[:12], "(short seal)")
    if os.environ.get("EVENGROUND_RENEW_GOLDEN") == "1":
        GOLDEN.write_text(lines, encoding="utf-8")
    assert lines == GOLDEN.read_text(encoding="utf-8")
