"""The page: what stands where, every word escaped, nothing fetched, the same bytes each time."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from evenground.dossier import Audience, Dossier, FirstScreen, html
from evenground.dossier.labels import LABELS, WORDS
from evenground.dossier.tests.sample import sample_dossier, with_text
from evenground.dossier.tests.town import town
from evenground.evidence import Account, Finding, Verdict
from evenground.initiative import Decision, Initiative, Maker, Stage
from evenground.language import Language

HOSTILE = "</p></style><script>alert(1)</script><svg onload=x><img src=x>\"'&{{ 7*7 }}{% raw %}"
MEGABYTE = 1_000_000


class Reader(HTMLParser):
    """Collects tags with attributes, and the text that a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.words.append(" ")
        if tag in ("style", "title", "desc"):
            self._inside.append(tag)

    def handle_endtag(self, tag):
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()
        self.words.append(" ")

    def handle_data(self, data):
        if not self._inside:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def named(self, *names: str) -> list[tuple[str, dict[str, str | None]]]:
        return [one for one in self.tags if one[0] in names]


@pytest.fixture(scope="module")
def read(page) -> Reader:
    return Reader(page)


def bare(**changes) -> Dossier:
    """Return a dossier that holds almost nothing."""
    parts = {
        "city": "Saltholm",
        "language": "en",
        "currency": "SEK",
        "initiative": Initiative(title="An idea", stage=Stage.IDEA),
        "today": date(2026, 1, 2),
        "audience": Audience.PUBLIC,
        "version": "0",
        "seed": 1,
        "first_screen": FirstScreen(),
        "sections": (),
        "inputs": (),
    }
    return Dossier(**{**parts, **changes})


def test_the_first_screen_keeps_its_order(read):
    expected = [
        "200 sensor bins", "Offered by Binsight AB, 2 March 2026.", "Made by", "Ada Lindqvist",
        "Role", "Interest", "runs the trial", "Paid by", "City of Saltholm", "Checked by",
        "City audit office", "This is not an approval.", "The decision", "Technical Committee",
        "10 June 2026", "where, how many and on what terms", "The council set aside",
        "Write to the committee", "until 20 May 2026", "The problem", "As the city states it",
        "overflow at weekends", "As residents state it", "harbour path", "Ways compared",
        "As today", "New collection rota", "Trial of 40", "All 200", "Whole-life cost",
        "2\u202f480\u202f000\u00a0SEK", "2026 to 2033", "at 2026 prices", "not given", "Sites",
        "Terms", "Who gains", "Who loses", "What can’t be undone", "Cost of leaving",
        "Seven answers", "Problem", "Not asked yet", "Reach", "The 200 bins would serve", "Data",
        "Cannot tell whether", "Before you decide", "Ask Binsight AB, by 1 May 2026",
        "The reply would show whether the new rota", "Not measured", "Who is not in the figures",
        "Commuters", "Disputed by", "You counted bins", "Choices that would turn an answer",
        "Measured against jobs", "Seal", "Evenground 0.1.0", "Public edition", "4 accounts",
    ]  # fmt: skip
    place = 0
    text = read.text
    for words in expected:
        found = text.find(" ".join(words.split()), place)
        assert found >= 0, f"{words!r} is missing after {text[max(0, place - 60) : place]!r}"
        place = found


def test_the_seal_stands_short_and_full(read, sample):
    assert f"Seal {sample.seal[:12]} " in read.text
    assert sample.seal in read.text


def test_one_prepared_by_its_seller_says_so_first():
    seller = Maker(name="V", role="sales", is_seller=True)
    page = Reader(
        bare(initiative=Initiative(title="An idea", stage=Stage.IDEA, made_by=seller)).html()
    )
    first = page.text.index("prepared by the seller")
    assert first < page.text.index("An idea", page.text.index("As of"))
    assert "prepared by the seller" not in Reader(bare().html()).text


def test_a_dossier_without_anything_says_what_is_missing():
    text = Reader(bare().html()).text
    for words in (
        "Nobody has stated a problem", "No ways were set out", "No open question came up",
        "nothing was named as open", "Nobody has put an objection on record",
        "No file was read", "Every threshold and weight is at its default",
        "Nothing had to be left out", "This is not an approval.", "nobody so far",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize(
    ("by", "missing"), [("city", "Residents have not"), ("residents", "The city has not")]
)
def test_a_problem_that_one_side_states_is_missing_on_the_other(sample, by, missing):
    stated = tuple(one for one in sample.initiative.problems if one.by == by)
    initiative = replace(sample.initiative, problems=stated)
    assert missing in Reader(bare(initiative=initiative).html()).text


def test_ways_not_considered_are_said_above_the_table(sample):
    screen = FirstScreen(no_other_way=("No way without new technology was considered.",))
    text = Reader(bare(initiative=sample.initiative, first_screen=screen).html()).text
    place = text.index("No way without new technology")
    assert text.index("Ways compared") < place < text.index("Whole-life cost")


def test_the_internal_edition_says_that_it_is_one():
    text = Reader(bare(audience=Audience.INTERNAL).html()).text
    assert "Internal edition" in text
    assert "must not be published" in text
    assert "Public edition" not in text


def test_a_decision_without_a_day_is_no_error():
    decision = Decision(body="Council", to_be_heard="write", heard_until=None)
    text = Reader(
        bare(initiative=Initiative(title="A", stage=Stage.IDEA, decision=decision)).html()
    ).text
    assert "When not given" in text


# findings


def test_findings_are_told_with_all_that_they_rest_on(read):
    for words in (
        "reaches the most deprived third less", "Trial of 40 bins and All 200 bins",
        "The most deprived third of areas would get fewest bins", "The figure’s numbers as a table",
        "estimated 95\u00a0%\u00a0confidence", "bins per 10,000 residents", "counted",
        "no\u00a0interval",
        "Areas are compared, not people", "Ratio of rates with an exact", "Blaker (2000)",
        "M18 and M33", "200 of 203 rows", "9c" * 32, "We carry our rubbish home.",
        "walk with the residents’ association", "may be published with role",
        "You counted bins, not rubbish.", "The sentence now says bins", "One bin in three",
        "Readings from June", "Ask Binsight AB", "Missing here: residents’ accounts",
        "2 rows: the place lies outside the city", "1 row: the row repeats another",
        "Decimal commas were read", "disclosure_threshold",
    ):  # fmt: skip
        assert " ".join(words.split()) in read.text, words


def test_a_finding_may_rest_on_accounts_alone(sample):
    account = Account(words="It hums at night.", role="tenant", how_gathered="call", consent="yes")
    finding = Finding(code="x", verdict=Verdict("told"), accounts=(account,))
    section = sample.sections[4]
    told = replace(section.headline, finding=finding, caveats=(), asks=(), would_change=())
    section = replace(section, headline=told)
    markup = bare(sections=(section,)).html()
    assert "It hums at night." in markup
    assert '<div class="evidence">' not in markup


def test_no_verdict_changes_how_the_page_looks(sample, page):
    """There is no colour, symbol or count over the answers: other codes, the same markup."""
    other = tuple(
        replace(
            one,
            headline=replace(
                one.headline, finding=replace(one.headline.finding, verdict=Verdict(code))
            ),
        )
        for one, code in zip(sample.sections, "abcdefg", strict=True)
    )
    changed = replace(sample, sections=other)
    assert changed.html().replace(changed.seal, "").replace(changed.seal[:12], "") == page.replace(
        sample.seal, ""
    ).replace(sample.seal[:12], "")


# markup


def test_headings_go_down_one_step_at_a_time(read):
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_tables_say_what_heads_what(read):
    assert len(read.named("caption")) == len(read.named("table")) > 5
    assert {attrs.get("scope") for _, attrs in read.named("th")} == {"col", "row"}
    scrolls = [attrs for _, attrs in read.tags if "scroll" in (attrs.get("class") or "").split()]
    assert len(scrolls) == len(read.named("table"))
    assert all(one["tabindex"] == "0" and one["aria-label"] for one in scrolls)


def test_ids_are_unique_and_links_lead_somewhere(read):
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = {attrs["href"] for tag, attrs in read.named("a")}
    keys = (section.key for section in sample_dossier().sections)
    assert links == {f"#{target}" for target in ("dossier", "answers", *keys)}
    assert {link[1:] for link in links} <= set(ids)


def test_nothing_is_fetched_or_run(page, read):
    assert read.named("script", "link", "iframe", "object", "embed", "img", "form", "base") == []
    for tag, attrs in read.tags:
        for name, value in attrs.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("href", "src", "xlink:href"):
                assert value is not None
                assert value.startswith("#"), value
    assert set(re.findall(r"url\(([^)]{0,5})", page)) <= {"#f1w-", "#f1n-", "#no-d"} | set(
        re.findall(r"url\((#f\d[wn]-)", page)
    )
    assert "@import" not in page
    assert "http" not in page.replace('http-equiv="Content-Security-Policy"', "")


def test_the_policy_forbids_everything_else(read):
    policy = next(a["content"] for _, a in read.named("meta") if "http-equiv" in a)
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_every_text_is_escaped(sample):
    markup = with_text(sample, HOSTILE).html()
    read = Reader(markup)
    assert read.named("script", "img") == []
    assert all("onload" not in attrs for _, attrs in read.tags)
    assert "49" not in re.findall(r"alert\(1\).{0,80}", markup)[0]
    assert markup.count("<svg") == len(read.named("svg")) == 9
    assert " ".join(HOSTILE.split()) in read.text


def test_every_text_is_escaped_in_a_notebook(sample):
    markup = with_text(sample, HOSTILE)._repr_html_()
    assert "<script" not in markup
    assert "<svg" not in markup


def test_a_notebook_shows_the_answers_and_leaks_no_style(sample):
    markup = sample._repr_html_()
    assert "<style" not in markup
    assert "class=" not in markup
    assert Reader(markup).text.count("Not asked yet") == 5
    assert sample.seal[:12] in markup


# words


def test_every_label_is_used_and_known(page):
    from importlib import resources

    folder = resources.files("evenground.dossier")
    used = "".join(
        one.read_text(encoding="utf-8") for one in (folder / "templates").iterdir()
    ) + "".join((folder / name).read_text(encoding="utf-8") for name in ("page.py", "cells.py"))
    families = ("stage.", "kind.", "edition_", "answers_", "problem_", "no_problem_")
    unused = [key for key in LABELS if f'"{key}"' not in used and not key.startswith(families)]
    assert unused == []
    for key in re.findall(r'\bt\("([a-z_.]+)"', used):
        assert key in LABELS or key.endswith(("_", ".")), key


def test_every_fixed_word_can_be_translated(sample, monkeypatch):
    def marked(text: str) -> str:
        return f"⟦{text}⟧"

    def strange(code: str, *, currency: str = "") -> Language:
        return Language(code=code, currency=currency, _gettext=marked,
                        _ngettext=lambda one, many, n: marked(one if n == 1 else many))  # fmt: skip

    monkeypatch.setattr(html, "language", strange)
    text = Reader(html.to_html(sample)).text
    fixed = [
        words
        for key, words in LABELS.items()
        if isinstance(words, str) and "{" not in words and not key.startswith("kind.")
    ]
    left = [one for one in [*fixed, *(word for pair in WORDS for word in pair)]
            if len(one) > 12 and re.search(rf"(?<!⟦){re.escape(one)}", text)]  # fmt: skip
    assert left == []


# size and sameness


def test_six_hundred_areas_on_four_maps_fit(sample):
    large = town(615, n_bins=900, detail=40.0)
    dossier = sample_dossier(large)
    reach = dossier.sections[3]
    maps = [told for told in reach.findings if told.finding.code in ("reach.where", "reach.need")]
    reach = replace(reach, findings=(*reach.findings, *maps))
    sections = (*dossier.sections[:3], reach, *dossier.sections[4:])
    page = replace(dossier, sections=sections).html()
    assert len(dossier.datasets["areas"]["features"]) >= 600
    assert page.count("<figure>") == 6
    assert len(page.encode()) <= 4 * MEGABYTE
    assert len(re.findall(r'<path id="o\d+"', page)) >= 600


def test_two_processes_write_the_same_page(page):
    program = (
        "import sys; from evenground.dossier.tests.sample import sample_dossier as s;"
        "s().html(); sys.stdout.buffer.write(s().html().encode())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode() == page
