"""Every figure draws unaided: valid Vega-Lite, known colours, no request, its own table."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from evenground.dossier.figures import draw
from evenground.dossier.specifications import data_names, foreign_colours, refuse_requests
from evenground.questions import discover
from evenground.tests.dossiers import appraised, figures, section_of
from evenground.tests.scenarios import SCENARIOS

KEYS = [question.key for question in discover() if question.answer is not None]
DRAWN = (
    "less", "boundaries", "one area unknown", "by value", "sixteen values", "shaded by rate",
    "shaded by presence", "centres", "area leads", "names like codes", "register", "codes",
    "too few", "same share everywhere", "too many to draw", "roll-out", "money less",
    "everything of a need", "need without a margin", "stages", "spent, no past",
    "data of many sensors", "data of one series by the day", "sensors that fail", "cases by area",
    "data that do not carry", "promised by lot",
    "voted, mapped and drawn", "asked after the letter",
)  # fmt: skip
"""Scenarios whose figures are made in different ways."""
scenarios = pytest.mark.parametrize("name", list(SCENARIOS))
drawn = pytest.mark.parametrize("name", DRAWN)


def figures_of(name):
    """Return the figures of every built question in a scenario."""
    return [figure for key in KEYS for figure in figures(section_of(appraised(name), key))]


def validated(spec) -> None:
    """Validate a specification against the schema of Vega-Lite.

    The schema has no place for ``scale`` and ``legend`` beside a ``datum``, which the compiler
    reads all the same: these are validated apart.
    """
    import altair as alt

    plain = json.loads(json.dumps(dict(spec)))
    for layer in plain.get("layer", [plain]):
        for encoding in layer.get("encoding", {}).values():
            if "datum" in encoding:
                alt.Scale.from_dict(encoding.pop("scale", {}), validate=True)
                alt.Legend.from_dict(encoding.pop("legend", None) or {}, validate=True)
    chart = alt.LayerChart if "layer" in plain else alt.Chart
    chart.from_dict(plain, validate=True)


@drawn
def test_specifications_are_valid_vega_lite(name):
    for figure in figures_of(name):
        validated(figure.spec)


@pytest.mark.parametrize(
    "broken",
    [
        {"mark": {"type": "bar", "height": {"tall": True}}},
        {"mark": "blob"},
        {"encoding": {"x": {"field": "value", "type": "number"}}},
        {"encoding": {"fill": {"datum": "a", "legend": {"orient": "beside"}}}},
    ],
)
def test_a_specification_that_is_none_is_refused(broken):
    from jsonschema.exceptions import ValidationError

    spec = json.loads(json.dumps(dict(figures_of("less")[0].spec)))
    spec["layer"][-1] |= broken
    with pytest.raises(ValidationError):
        validated(spec)


@drawn
def test_figures_draw_at_both_widths(name):
    found = figures_of(name)
    pictures = draw(found, appraised(name).datasets)
    assert len(pictures.drawings) == len(found)
    for figure, picture in zip(found, pictures.drawings, strict=True):
        for svg in (picture.wide, picture.narrow):
            assert svg.startswith("<svg")
            assert "NaN" not in svg, figure.key
            assert "wording:" not in svg or name == "names like codes", figure.key
            assert "undefined" not in svg, figure.key


@scenarios
def test_figures_ask_for_nothing_and_know_their_colours(name):
    dossier = appraised(name)
    for figure in figures_of(name):
        refuse_requests(figure.spec)
        assert foreign_colours(figure.spec) == (), figure.key
        assert set(data_names(figure.spec)) <= set(dossier.datasets), figure.key


@scenarios
def test_figures_have_a_title_an_alternative_and_their_numbers(name):
    dossier = appraised(name)
    for key in KEYS:
        found = list(figures(section_of(dossier, key)))
        times = Counter(figure.key for figure in found)
        assert set(times.values()) <= {1}, times
        for figure in found:
            assert figure.title.strip()
            assert len(figure.alternative) > len(figure.title) / 2
            assert figure.table.rows, figure.key
            width = len(figure.table.columns)
            assert all(len(row) == width for row in figure.table.rows)


@drawn
def test_colour_is_never_the_only_carrier(name):
    """Lines that a colour tells apart are dashed apart too."""
    for figure in figures_of(name):
        for layer in figure.spec.get("layer", [figure.spec]):
            mark = layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]
            coloured = {"color", "stroke"} & set(layer.get("encoding", {}))
            fields = [layer["encoding"][channel].get("field") for channel in coloured]
            if mark == "line" and any(fields):
                assert "strokeDash" in layer["encoding"], figure.key


def test_every_way_of_drawing_is_drawn():
    """The scenarios drawn here hold every kind of figure that any scenario makes."""
    kinds = {kind(figure) for name in SCENARIOS for figure in figures_of(name)}
    assert kinds == {kind(figure) for name in DRAWN for figure in figures_of(name)}


def kind(figure) -> str:
    """Return what a figure is made of: its marks, one after the other, and its place on a map."""
    layers = figure.spec.get("layer", [figure.spec])
    marks = [
        layer["mark"] if isinstance(layer["mark"], str) else layer["mark"]["type"]
        for layer in layers
    ]
    return ("map " if "projection" in figure.spec else "") + " ".join(marks)
