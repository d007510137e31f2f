"""Turn what the drawing program wrote into what a page shows: clean, small, themed, described."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from evenground.drawing import FONT, NO_DATA, VARIABLES

Element = ET.Element

HATCH = "no-data"
"""Id of the hatching that fills areas without data."""

_DRAWN: Final = frozenset(
    {"svg", "g", "path", "text", "tspan", "rect", "line", "circle", "ellipse", "polygon",
     "polyline", "defs", "clipPath", "linearGradient", "radialGradient", "stop"}
)  # fmt: skip
_GEOMETRY: Final = ("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "r")
_PAINT: Final = ("fill", "stroke", "stop-color")
_INHERITED: Final = (
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "font-family",
    "font-size", "font-style", "font-weight", "text-anchor",
)  # fmt: skip
_IDLE: Final[Mapping[str, str]] = {"opacity": "1", "transform": "translate(0,0)"}
_DROPPED: Final = re.compile(
    r"class|role|pointer-events|font-family|aria-.*|on.*|style|xlink.*|href"
)
_NUMBER: Final = re.compile(r"-?\d*\.?\d+(?:e[-+]?\d+)?")
_CORNER: Final = re.compile(r"(L-?[\d.]+,-?[\d.]+)(?:\1)+(?![\d.])")
_REFERENCE: Final = re.compile(r"url\(#([^)]*)\)")
_OUTLINE = "mark-shape"
_FINE, _COARSE = 2, 1


def cleaned(drawing: str, prefix: str) -> Element:
    """Return the drawing as a tree: only shapes and letters, ids prefixed, colours as variables.

    Outlines of areas keep one decimal, all else two: a tenth of a pixel is less than anyone sees.
    """
    root = ET.fromstring(drawing)  # noqa: S314 - the drawing program wrote it, one element per mark
    # The program's ids count on from one drawing to the next; these begin anew in each.
    known = [element.get("id", "") for element in root.iter() if element.get("id")]
    names = {name: f"{prefix}{n}" for n, name in enumerate(known, start=1)}
    _clean(root, names, outline=False)
    root.set("font-family", FONT)
    return root


def _clean(element: Element, names: Mapping[str, str], *, outline: bool) -> None:
    element.tag = element.tag.rpartition("}")[2]
    outline = outline or _OUTLINE in element.get("class", "")
    for child in list(element):
        if child.tag.rpartition("}")[2] not in _DRAWN:
            element.remove(child)
            continue
        _clean(child, names, outline=outline)
        if _is_idle(child):
            element.remove(child)
        elif child.tag == "g" and not child.attrib:
            place = list(element).index(child)
            element[place : place + 1] = list(child)
    decimals = _COARSE if outline else _FINE
    for name, value in list(element.attrib.items()):
        if _DROPPED.fullmatch(name) or _IDLE.get(name) == value or "{" in name:
            del element.attrib[name]
        else:
            element.set(name, _value(name, value, names, decimals))
    _hoist(element)


def _is_idle(element: Element) -> bool:
    if element.get("display") == "none":
        return True
    if element.tag in ("g", "defs"):
        return len(element) == 0
    if element.tag == "text":
        return not "".join(element.itertext()).strip()
    return element.tag == "path" and "fill" not in element.attrib and "stroke" not in element.attrib


def _value(name: str, value: str, names: Mapping[str, str], decimals: int) -> str:
    if name in _PAINT:
        return _paint(name, value, names)
    if name == "id":
        return names[value]
    if name in _GEOMETRY:
        return rounded(value, decimals)
    return _REFERENCE.sub(lambda match: f"url(#{names.get(match[1], match[1])})", value)


def _paint(name: str, value: str, names: Mapping[str, str]) -> str:
    colour = value.lower()
    if colour == NO_DATA and name == "fill":
        return f"url(#{HATCH})"
    if colour in VARIABLES:
        return f"var(--fig-{VARIABLES[colour][0]})"
    return _REFERENCE.sub(lambda match: f"url(#{names.get(match[1], match[1])})", value)


def rounded(path: str, decimals: int) -> str:
    """Return a path or transform with its numbers rounded; corners that fall together are one."""

    def short(match: re.Match[str]) -> str:
        text = f"{float(match[0]):.{decimals}f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text

    return _CORNER.sub(r"\1", _NUMBER.sub(short, path))


def _hoist(group: Element) -> None:
    """Move what all children share to their group."""
    if group.tag != "g" or not len(group):
        return
    for name in _INHERITED:
        values = {child.get(name) for child in group}
        if len(values) == 1 and (value := values.pop()) is not None:
            group.set(name, value)
            for child in group:
                del child.attrib[name]


def outlines(root: Element) -> Iterator[Element]:
    """Yield the drawing's paths that are long enough to be worth sharing."""
    for path in root.iter("path"):
        if len(path.get("d", "")) >= _WORTH_SHARING:
            yield path


_WORTH_SHARING = 40


def described(root: Element, *, prefix: str, title: str, alternative: str) -> str:
    """Return the markup of a drawing that is one picture with a name and a description."""
    names = f"{prefix}title", f"{prefix}description"
    root.attrib.pop("version", None)
    root.set("role", "img")
    root.set("aria-labelledby", names[0])
    root.set("aria-describedby", names[1])
    for place, (tag, name, words) in enumerate(
        zip(("title", "desc"), names, (title, alternative), strict=True)
    ):
        element = ET.Element(tag, {"id": name})
        element.text = words
        root.insert(place, element)
    return ET.tostring(root, encoding="unicode")
