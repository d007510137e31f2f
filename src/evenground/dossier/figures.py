"""Draw a page's figures: each at two widths, outlines that they share once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from evenground.dossier.model import ToldFigure
from evenground.dossier.problems import FIGURE_NOT_DRAWN
from evenground.dossier.specifications import NARROW, WIDE, Cut, prepared
from evenground.dossier.svg import HATCH, Element, cleaned, described, outlines
from evenground.errors import FormatError, Place
from evenground.phrasing import grouped

VEGA_LITE = "6.4"
"""Version of Vega-Lite that figures are compiled with, whatever newer one comes along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A figure as two pictures, one for wide paper and one for a telephone."""

    wide: str
    narrow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """A page's drawings in the order of its figures, and what they share, drawn once."""

    shared: str
    drawings: tuple[Drawing, ...]


def draw(figures: Sequence[ToldFigure], datasets: Mapping[str, Any]) -> Drawings:
    """Return the drawings of a page's figures; the same figures always give the same bytes.

    Raises
    ------
    FormatError
        If a specification cannot be drawn, or asks for anything from elsewhere.
    """
    roots = [
        (_drawn(figure, datasets, WIDE, f"f{n}w-"), _drawn(figure, datasets, NARROW, f"f{n}n-"))
        for n, figure in enumerate(figures, start=1)
    ]
    shared = _share([root for pair in roots for root in pair])
    drawings = tuple(
        Drawing(
            wide=described(
                wide, prefix=f"f{n}w-", title=figure.title, alternative=figure.alternative
            ),
            narrow=described(
                narrow, prefix=f"f{n}n-", title=figure.title, alternative=figure.alternative
            ),
        )
        for n, (figure, (wide, narrow)) in enumerate(zip(figures, roots, strict=True), start=1)
    )
    return Drawings(shared=shared, drawings=drawings)


def _drawn(figure: ToldFigure, datasets: Mapping[str, Any], cut: Cut, prefix: str) -> Element:
    import vl_convert

    spec = prepared(figure.spec, datasets, cut)
    try:
        drawing = vl_convert.vegalite_to_svg(
            spec, vl_version=VEGA_LITE, allowed_base_urls=[], format_locale=_number_format()
        )
    except ValueError as broken:
        reason = str(broken).strip().splitlines()[0]
        problem = FIGURE_NOT_DRAWN.at(Place(column=figure.key), value=reason)
        raise FormatError(problem) from broken
    return cleaned(drawing, prefix)


def _number_format() -> dict[str, Any]:
    """Return the writing of numbers on axes: as sentences write them."""
    thousands = grouped(1_000)[1:-3]
    return {
        "decimal": grouped(0.5, 1)[1],
        "thousands": thousands,
        "grouping": [3],
        "currency": ["", ""],
        "percent": f"{thousands}%",
    }


def _share(roots: Sequence[Element]) -> str:
    """Replace outlines that occur more than once by references; return what they refer to."""
    times = Counter(path.get("d", "") for root in roots for path in outlines(root))
    names = {d: f"o{n}" for n, d in enumerate((d for d in times if times[d] > 1), start=1)}
    for root in roots:
        for path in outlines(root):
            name = names.get(path.get("d", ""))
            if name:
                path.tag = "use"
                del path.attrib["d"]
                path.set("href", f"#{name}")
    holder = ET.Element(
        "svg", {"class": "shared", "aria-hidden": "true", "width": "0", "height": "0"}
    )
    definitions = ET.SubElement(holder, "defs")
    definitions.append(_hatching())
    for d, name in names.items():
        ET.SubElement(definitions, "path", {"id": name, "d": d})
    return ET.tostring(holder, encoding="unicode")


def _hatching() -> Element:
    pattern = ET.Element(
        "pattern",
        {
            "id": HATCH,
            "width": "6",
            "height": "6",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    ET.SubElement(pattern, "rect", {"width": "6", "height": "6", "fill": "var(--fig-no-data)"})
    line = {"x1": "0", "x2": "0", "y1": "0", "y2": "6", "stroke-width": "1.6"}
    ET.SubElement(pattern, "line", {**line, "stroke": "var(--fig-no-data-line)"})
    return pattern
