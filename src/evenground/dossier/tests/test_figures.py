"""Figures: small, described, themed, deterministic; outlines once per page; nothing fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest

from evenground.dossier import ToldFigure
from evenground.dossier.figures import draw
from evenground.dossier.page import figures_of
from evenground.dossier.specifications import NARROW, WIDE, data_names, foreign_colours, prepared
from evenground.dossier.svg import cleaned, rounded
from evenground.drawing import DIVERGING, SEQUENTIAL, VARIABLES, map_frame, map_furniture
from evenground.errors import FormatError

HOSTILE = '</svg><script>alert("1")</script><b onclick=x>&'
HEX = re.compile(r"#[0-9a-f]{6}\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def figures(sample) -> list[ToldFigure]:
    return [figure for section in sample.sections for figure in figures_of(section)]


@pytest.fixture(scope="module")
def drawn(sample, figures):
    return draw(figures, sample.datasets)


@pytest.fixture(scope="module")
def pictures(drawn) -> list[str]:
    return [picture for one in drawn.drawings for picture in (one.wide, one.narrow)]


def chart(**changes) -> ToldFigure:
    spec = {
        "data": {"values": [{"a": "x", "b": 1}, {"a": "y", "b": 2}]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "b", "type": "quantitative", "title": "number"},
            "y": {"field": "a", "type": "nominal"},
        },
        **changes,
    }
    table = {"key": "t", "title": "", "columns": (), "rows": ()}
    from evenground.dossier import ToldTable

    return ToldFigure(key="f", title="T", alternative="A", spec=spec, table=ToldTable(**table))


def test_each_figure_has_a_wide_and_a_narrow_picture(drawn, figures):
    assert len(drawn.drawings) == len(figures) == 4
    for one in drawn.drawings:
        assert int(re.search(r'<svg width="(\d+)"', one.wide)[1]) in range(640, 650)
    assert '<svg width="340"' in drawn.drawings[0].narrow


def test_a_picture_is_one_image_with_name_and_description(pictures, figures):
    for picture, figure in zip(pictures, [f for f in figures for _ in range(2)], strict=True):
        assert picture.count('role="img"') == 1
        assert f">{figure.title}</title>" in picture
        assert f">{figure.alternative}</desc>" in picture
        assert "aria-roledescription" not in picture
        assert picture.count("aria-") == 2


def test_ids_are_unique_and_references_hold(drawn, pictures):
    whole = drawn.shared + "".join(pictures)
    ids = re.findall(r'\bid="([^"]+)"', whole)
    assert len(ids) == len(set(ids))
    wanted = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', whole))
    assert {a or b for a, b in wanted} <= set(ids)


def test_outlines_are_drawn_once(drawn, pictures, sample):
    """Two maps at two widths: each outline stands once, and is referred to four times."""
    n_areas = len(sample.datasets["areas"]["features"])
    outlines = re.findall(r'<path id="(o\d+)" d="M[^"]{40,}Z"', drawn.shared)
    assert len(outlines) >= n_areas
    uses = re.findall(r'href="#(o\d+)"', "".join(pictures))
    assert sum(uses.count(name) == 4 for name in outlines) == n_areas
    assert not any(re.search(r'd="M[^"]{200,}"', picture) for picture in (pictures[2], pictures[4]))


def test_colours_are_variables_that_the_page_defines(pictures):
    known = {f"--fig-{name}" for name, _ in VARIABLES.values()}
    for picture in pictures:
        assert HEX.findall(picture) == []
        assert set(re.findall(r"var\((--[\w-]+)\)", picture)) <= known


def test_sample_specifications_use_no_foreign_colour(figures):
    assert [foreign_colours(figure.spec) for figure in figures] == [()] * 4
    assert foreign_colours({"range": ["#123456", SEQUENTIAL[0]]}) == ("#123456",)


def test_areas_without_data_are_hatched(drawn):
    assert 'fill="url(#no-data)"' in drawn.drawings[2].wide
    assert '<pattern id="no-data"' in drawn.shared


def test_coordinates_are_rounded(pictures):
    for picture in pictures:
        numbers = re.findall(r"\d+\.(\d+)", "".join(re.findall(r' d="([^"]*)"', picture)))
        assert all(len(decimals) <= 2 for decimals in numbers)


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M1.26,2.04L1.26,2.04L3,4Z", "M1.3,2L1.3,2L3,4Z"),
        ("M0,0L1.01,1.01L0.99,0.99L0.98,1.02L5,5Z", "M0,0L1,1L5,5Z"),
        ("M0,0L1,1L1,12Z", "M0,0L1,1L1,12Z"),
        ("translate(-0.04,1e-7)", "translate(0,0)"),
        ("M-0.5,1.25e2", "M-0.5,125"),
    ],
)
def test_rounding(path, short):
    assert rounded(path, 1) == short


def test_another_process_draws_the_same_bytes(drawn):
    program = (
        "import sys\n"
        "from evenground.dossier.figures import draw\n"
        "from evenground.dossier.page import figures_of\n"
        "from evenground.dossier.tests.sample import sample_dossier\n"
        "d = sample_dossier()\n"
        "f = [f for s in d.sections for f in figures_of(s)]\n"
        "draw(f[2:3], d.datasets)\n"  # counters of the drawing program stand elsewhere now
        "r = draw(f, d.datasets)\n"
        "sys.stdout.write(repr(r) == sys.stdin.read() and 'same' or 'other')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=repr(drawn),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "same"


@pytest.mark.parametrize(
    "spec",
    [
        {"data": {"url": "https://example.org/x.csv"}},
        {"data": {"values": []}, "layer": [{"mark": {"type": "image"}}]},
        {"mark": {"type": "bar", "href": "https://example.org"}},
        {"encoding": {"href": {"value": "javascript:alert(1)"}}},
        {"encoding": {"url": {"field": "a"}}, "mark": "image"},
        {"transform": [{"lookup": "a", "from": {"data": {"url": "x.csv"}, "key": "a"}}]},
    ],
)
def test_what_would_fetch_or_link_is_refused(spec):
    with pytest.raises(FormatError) as refused:
        draw([replace(chart(), spec=spec)], {})
    assert refused.value.problems[0].code == "figure_refused"


def test_rows_may_hold_addresses():
    figure = chart(data={"values": [{"a": "x", "b": 1, "url": "https://example.org"}]})
    assert "example.org" not in draw([figure], {}).drawings[0].wide


def test_a_broken_specification_is_said():
    with pytest.raises(FormatError) as refused:
        draw([replace(chart(), spec={"mark": "nonsense"})], {})
    assert refused.value.problems[0].code == "figure_not_drawn"


@pytest.mark.parametrize(
    "changes",
    [
        {"data": {"values": [{"a": HOSTILE, "b": 1}]}},
        {"encoding": {"x": {"field": "b", "type": "quantitative", "title": HOSTILE}}},
    ],
)
def test_words_in_a_figure_stay_words(changes):
    figure = replace(chart(**changes), title=HOSTILE, alternative=HOSTILE)
    picture = draw([figure], {}).drawings[0].wide
    assert "<script" not in picture
    assert "onclick" in picture  # as letters
    assert "<b" not in picture
    assert picture.count("</svg>") == 1


def test_elements_that_are_no_drawing_are_left_out():
    foul = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x"><script>1</script><style>*{}</style>'
        '<a href="x"><path d="M0,0"/></a><image href="x"/><foreignObject/>'
        '<path d="M0,0L1,1" fill="#000000" style="x" onclick="x"/></svg>'
    )
    root = cleaned(foul, "p-")
    assert [child.tag for child in root] == ["path"]
    assert set(root[0].attrib) == {"d", "fill"}
    assert "onload" not in root.attrib


def test_only_data_that_is_asked_for_goes_along(sample, figures):
    datasets = {**sample.datasets, "other": [1]}
    assert set(prepared(figures[1].spec, datasets, WIDE)["datasets"]) == {"areas", "sites"}
    assert prepared(figures[0].spec, datasets, WIDE)["datasets"] == {}
    assert data_names(figures[1].spec) == ("areas", "sites")


def test_long_titles_break_into_lines():
    words = "share of residents within that distance of the nearest place, in a straight line"
    spec = {"encoding": {"y": {"field": "a", "type": "quantitative", "title": words}}}
    narrow = prepared(spec, {}, NARROW)["encoding"]["y"]
    assert " ".join(narrow["title"]) == words
    assert all(len(line) <= NARROW.title_characters for line in narrow["title"])
    assert narrow["axis"]["titleY"] == -10 - 16 * (len(narrow["title"]) - 1)
    assert prepared(spec, {}, WIDE)["encoding"]["y"]["title"] == words


def test_long_labels_break_into_lines_and_lose_nothing():
    name = "people who were born in another country and came after 2015"
    picture = draw([chart(data={"values": [{"a": name, "b": 1}]})], {}).drawings[0].narrow
    texts = re.findall(r"<tspan[^>]*>([^<]+)</tspan>", picture)
    assert " ".join(texts) == name


def test_a_legend_that_one_layer_hides_is_kept_for_the_others():
    """Vega-Lite drops a legend for all layers that share a field if one of them has none."""
    scale = {"domain": ["shown once", "shown too"], "range": list(SEQUENTIAL[:2])}
    colour = {"field": "a", "type": "nominal", "scale": scale, "legend": {"symbolType": "stroke"}}
    x = {"field": "b", "type": "quantitative"}
    layers = [
        {"mark": "area", "encoding": {"x": x, "y": x, "fill": {**colour, "legend": None}}},
        {"mark": "line", "encoding": {"x": x, "y": x, "stroke": colour}},
    ]
    data = {"values": [{"a": "shown once", "b": 1}, {"a": "shown too", "b": 2}]}
    figure = replace(chart(), spec={"data": data, "layer": layers})
    texts = re.findall(r">([^<>]+)</text>", draw([figure], {}).drawings[0].wide)
    assert texts.count("shown once") == texts.count("shown too") == 1


@pytest.mark.parametrize(("names", "columns"), [(["a", "b"], None), (["x" * 40] * 4, 2)])
def test_a_legend_too_wide_for_one_row_has_columns(names, columns):
    fill = {"field": "a", "type": "ordinal", "scale": {"domain": names}}
    ready = prepared({"mark": "bar", "encoding": {"fill": fill}}, {}, WIDE)
    assert ready["encoding"]["fill"]["legend"].get("columns") == columns
    narrow = prepared({"mark": "bar", "encoding": {"fill": fill}}, {}, NARROW)
    assert "columns" not in narrow["encoding"]["fill"]["legend"]
    assert narrow["config"]["legend"]["columns"] == 1


def test_a_specification_is_left_as_it_is(figures):
    before = repr([figure.spec for figure in figures])
    for figure in figures:
        prepared(figure.spec, {}, NARROW)
    assert repr([figure.spec for figure in figures]) == before


# the frame of maps


def test_a_map_keeps_its_proportions_and_fits():
    frame = map_frame((1000.0, 2000.0, 5000.0, 4000.0))
    (x, y), scale = frame.shift, frame.scale
    assert 0 <= 1000 * scale + x < 5000 * scale + x <= frame.width
    assert 0 <= y - 4000 * scale < y - 2000 * scale <= frame.height - 40


def test_a_tall_city_is_not_a_tall_page():
    assert map_frame((0.0, 0.0, 10.0, 10_000.0)).height < 800


@pytest.mark.parametrize(
    ("metres", "label"), [(1_500, "200 m"), (11_000, "2 km"), (60_000, "10 km"), (400, "100 m")]
)
def test_the_scale_bar_is_as_long_as_it_says(metres, label):
    frame = map_frame((0.0, 0.0, float(metres), metres / 2))
    layers = map_furniture(frame)
    bar = layers[0]["encoding"]
    length = (bar["x2"]["value"] - bar["x"]["value"]) / frame.scale
    said = next(one["mark"]["text"] for one in layers if one["mark"]["type"] == "text")
    number, unit = label.split()
    assert said == label
    assert length == pytest.approx(float(number) * (1000 if unit == "km" else 1), rel=1e-3)


def luminance(colour: str) -> float:
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", ["light", "dark"])
def test_classes_keep_their_order_in_grey(paper):
    """Neighbouring classes differ in lightness, so greyscale and any colour vision tell them."""
    shown = [c if paper == "light" else VARIABLES[c][1] for c in SEQUENTIAL]
    steps = [luminance(c) for c in shown]
    assert steps == sorted(steps, reverse=paper == "light")
    assert all(contrast(a, b) >= 1.4 for a, b in pairwise(shown))
    fewer = [luminance(c if paper == "light" else VARIABLES[c][1]) for c in DIVERGING]
    middle = fewer[2]
    assert max(fewer) == middle if paper == "light" else min(fewer) == middle


@pytest.mark.parametrize("name", ["ink", "muted"])
def test_letters_are_legible_on_both_papers(name):
    light = next(c for c, (n, _) in VARIABLES.items() if n == name)
    paper = next(c for c, (n, _) in VARIABLES.items() if n == "paper")
    assert contrast(light, paper) >= 7
    assert contrast(VARIABLES[light][1], VARIABLES[paper][1]) >= 7


@pytest.mark.parametrize("name", ["first", "second", "third", "fourth", "unit", "band-line"])
def test_marks_stand_out_on_both_papers(name):
    light = next(c for c, (n, _) in VARIABLES.items() if n == name)
    paper = next(c for c, (n, _) in VARIABLES.items() if n == "paper")
    assert contrast(light, paper) >= 3
    assert contrast(VARIABLES[light][1], VARIABLES[paper][1]) >= 3
