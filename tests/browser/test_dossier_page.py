"""The dossier's page in a real browser: sound for everybody, at every width, asking for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from evenground.dossier import Dossier
from evenground.dossier.tests.sample import sample_dossier
from evenground.tests.scenarios import scenario
from evenground.tests.scenarios_over_time import public_money
from evenground.tests.towns import saltmarsh

pytestmark = pytest.mark.browser

OVERLAPS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll("figure svg")) {
    if (!svg.getClientRects().length) continue;
    const paper = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll("text")]
      .map(one => [one.textContent, one.getBoundingClientRect()]);
    boxes.forEach(([text, box], place) => {
      const outside = box.left < paper.left - 1 || box.right > paper.right + 1
        || box.top < paper.top - 1 || box.bottom > paper.bottom + 1;
      if (outside) found.push(`outside: ${text}`);
      for (const [other, another] of boxes.slice(place + 1)) {
        const across = Math.min(box.right, another.right) - Math.max(box.left, another.left);
        const down = Math.min(box.bottom, another.bottom) - Math.max(box.top, another.top);
        if (across > 1 && down > 3) found.push(`over one another: ${text} | ${other}`);
      }
    });
  }
  return found;
}"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("figure svg text")]
  .filter(one => one.getClientRects().length)
  .map(one => one.getBoundingClientRect().height))"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"


def computed() -> Dossier:
    """Return a dossier with every kind of figure, of a town with dates, points and money."""
    town = saltmarsh(sites=scenario("roll-out").rows["sites"])
    return town.having(spending=public_money(30, 8)).appraised()


@pytest.fixture(scope="session", params=[sample_dossier, computed], ids=["sample", "computed"])
def dossier_file(request, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("dossier") / "dossier.html"
    path.write_text(request.param().html(), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 800, 320])
def test_no_barrier_is_found(opened, dossier_file, width, scheme):
    page = opened(dossier_file, width=width, scheme=scheme).page
    page.evaluate(OPEN_ALL)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert len(results.response["passes"]) > 20


def test_a_barrier_would_be_found(opened, tmp_path):
    path = tmp_path / "bad.html"
    path.write_text(
        "<!doctype html><html><body><img src='data:,'><a href='#'></a>", encoding="utf-8"
    )
    assert Axe().run(opened(path).page).violations_count >= 3


def test_the_page_asks_for_nothing_and_has_no_complaint(opened, dossier_file):
    seen = opened(dossier_file)
    seen.page.evaluate(OPEN_ALL)
    seen.page.wait_for_load_state("networkidle")
    assert seen.requests == [dossier_file.as_uri()]
    assert seen.complaints == []


@pytest.mark.parametrize("width", [1280, 1000, 800, 560, 360, 320])
def test_the_page_never_scrolls_sideways(opened, dossier_file, width):
    page = opened(dossier_file, width=width).page
    page.evaluate(OPEN_ALL)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 800, 320])
def test_words_in_figures_do_not_collide(opened, dossier_file, width):
    assert opened(dossier_file, width=width).page.evaluate(OVERLAPS) == []


def test_words_that_collide_would_be_found(opened, tmp_path):
    path = tmp_path / "bad.html"
    placed = ((5, "here"), (9, "there"), (90, "out"))
    words = "".join(f'<text x="{x}" y="20">{word}</text>' for x, word in placed)
    figure = f'<figure><svg width="100" height="40">{words}</svg></figure>'
    path.write_text(f"<!doctype html><title>x</title>{figure}", encoding="utf-8")
    assert sorted(opened(path).page.evaluate(OVERLAPS)) == [
        "outside: out",
        "over one another: here | there",
    ]


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_words_in_figures_are_large_enough(opened, dossier_file, width):
    """A line of letters of 10 pixels is about 11 pixels high."""
    assert opened(dossier_file, width=width).page.evaluate(SMALLEST) >= 11


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(1280, "wide", "narrow"), (360, "narrow", "wide")]
)
def test_one_picture_of_each_figure_is_shown(opened, dossier_file, width, shown, hidden):
    page = opened(dossier_file, width=width).page
    assert all(one.is_visible() for one in page.locator(f".drawing.{shown}").all())
    assert not any(one.is_visible() for one in page.locator(f".drawing.{hidden}").all())


def test_the_first_stop_of_the_keyboard_leads_past_the_head(opened, dossier_file):
    page = opened(dossier_file).page
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0


def test_what_has_the_focus_is_outlined(opened, dossier_file):
    page = opened(dossier_file).page
    page.locator(".answers a").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    width = "() => parseFloat(getComputedStyle(document.activeElement).outlineWidth)"
    assert page.evaluate(width) >= 2


def test_dark_paper_is_dark_and_print_is_light(opened, dossier_file):
    page = opened(dossier_file, scheme="dark").page
    colour = "() => getComputedStyle(document.body).backgroundColor"
    figure = """() => [...new Set([...document.querySelectorAll('figure svg text')]
      .map(one => getComputedStyle(one).fill))].sort()"""
    assert page.evaluate(colour) == "rgb(21, 25, 30)"
    assert page.evaluate(figure) == ["rgb(180, 189, 199)", "rgb(233, 236, 239)"]
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    assert page.evaluate(figure) == ["rgb(27, 36, 48)", "rgb(77, 88, 100)"]


def test_print_opens_what_is_folded(opened, dossier_file):
    page = opened(dossier_file).page
    folded = page.locator(".behind .formula").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.bounding_box()["height"] > 5


def test_it_prints_on_a4(opened, dossier_file):
    document = opened(dossier_file).page.pdf(prefer_css_page_size=True)
    assert document.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in document or b"/MediaBox [0 0 595" in document
