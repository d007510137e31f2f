"""Make a figure's specification ready to draw at one of two widths; refuse what fetches."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from evenground.dossier.problems import FIGURE_REFUSED
from evenground.drawing import FONT_SIZE, NARROW_WIDTH, TITLE_Y, VARIABLES, WIDTH, vega_config
from evenground.errors import FormatError, Place

_FETCHED = frozenset({"url", "href"})
_DRAWN_WITH_LEGEND = frozenset(
    {"color", "fill", "stroke", "shape", "size", "strokeDash", "opacity"}
)
_LETTER, _SYMBOL = 0.42 * FONT_SIZE, 2.3 * FONT_SIZE
"""About how wide a letter is, and a legend's symbol with the space around it, in pixels."""
_HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One of the two drawings of a figure: the page's width for it, and where long words break."""

    width: int
    title_characters: int
    label_characters: int
    narrow: bool


WIDE = Cut(width=WIDTH, title_characters=88, label_characters=36, narrow=False)
NARROW = Cut(width=NARROW_WIDTH, title_characters=40, label_characters=22, narrow=True)


def prepared(spec: Mapping[str, Any], datasets: Mapping[str, Any], cut: Cut) -> dict[str, Any]:
    """Return the specification with its data, configuration and width.

    A chart is drawn anew for the narrow width; a map keeps its frame, so that outlines are the same
    on both, and its lettering grows instead.

    Raises
    ------
    FormatError
        If it would fetch something, links to somewhere or shows a picture.
    """
    refuse_requests(spec)
    is_map = "projection" in spec
    scale = WIDTH / NARROW_WIDTH if is_map and cut.narrow else 1.0
    own = spec.get("config", {})
    ready = cast("dict[str, Any]", _fitted(spec, cut, _legends(spec)))
    ready["config"] = {**vega_config(font_scale=scale, narrow=cut.narrow, stacked=is_map), **own}
    ready["datasets"] = {name: datasets[name] for name in data_names(spec) if name in datasets}
    if is_map:
        ready["autosize"] = {"type": "pad", "contains": "padding"}
    else:
        ready["width"] = cut.width
        ready["config"]["text"]["limit"] = cut.width - FONT_SIZE
    return ready


def refuse_requests(spec: Any) -> None:
    """Raise ``FormatError`` if a specification would fetch, link to or show anything else."""
    for key, value in _entries(spec):
        if key in _FETCHED or value == "image":
            raise FormatError(FIGURE_REFUSED.at(Place(column=key), value=f"{key}: {value}"))


def data_names(spec: Any) -> tuple[str, ...]:
    """Return the names of the shared data that a specification asks for, each once, in order."""
    names = [
        cast("Mapping[str, Any]", value)["name"]
        for key, value in _entries(spec)
        if key == "data" and isinstance(value, Mapping) and "name" in value
    ]
    return tuple(dict.fromkeys(str(name) for name in names))


def foreign_colours(spec: Any) -> tuple[str, ...]:
    """Return the hexadecimal colours of a specification that have no partner on dark paper."""
    found = [
        colour.lower()
        for _, value in _entries(spec)
        for text in (cast("Sequence[Any]", value) if isinstance(value, (list, tuple)) else [value])
        if isinstance(text, str)
        for colour in _HEX.findall(text)
    ]
    return tuple(colour for colour in dict.fromkeys(found) if colour not in VARIABLES)


def _entries(node: Any) -> Iterator[tuple[str, Any]]:
    """Walk every key of a specification; rows of data are not part of it."""
    if isinstance(node, Mapping):
        for key, value in cast("Mapping[str, Any]", node).items():
            if key != "values":
                yield key, value
                yield from _entries(value)
    elif isinstance(node, (list, tuple)):
        for item in cast("Sequence[Any]", node):
            yield from _entries(item)


def _fitted(node: Any, cut: Cut, legends: Mapping[str, Any]) -> Any:
    """Copy a specification with long titles and labels broken into lines."""
    if isinstance(node, (list, tuple)):
        return [_fitted(item, cut, legends) for item in cast("Sequence[Any]", node)]
    if not isinstance(node, Mapping):
        return node
    given = cast("Mapping[str, Any]", node)
    copy = {
        key: value if key == "values" else _fitted(value, cut, legends)
        for key, value in given.items()
        if key != "config"
    }
    if isinstance(copy.get("title"), str):
        copy["title"] = _lines(copy["title"], cut.title_characters)
    if isinstance(copy.get("encoding"), dict):
        copy["encoding"] = {
            channel: _labelled(channel, _with_legend(value, legends), cut)
            for channel, value in copy["encoding"].items()
        }
    return copy


def _legends(spec: Any) -> dict[str, Any]:
    """Return the legend that a specification wants for each field, where it wants one anywhere."""
    found: dict[str, Any] = {}
    for key, value in _entries(spec):
        if key in _DRAWN_WITH_LEGEND and isinstance(value, Mapping):
            encoding = cast("Mapping[str, Any]", value)
            if isinstance(encoding.get("legend"), Mapping) and "field" in encoding:
                found.setdefault(str(encoding["field"]), encoding["legend"])
    return found


def _with_legend(encoding: Any, legends: Mapping[str, Any]) -> Any:
    """Give a field its legend back: Vega-Lite drops it for all layers if one layer goes without."""
    if not isinstance(encoding, dict):
        return encoding
    known = cast("dict[str, Any]", encoding)
    if "legend" in known and known["legend"] is None and known.get("field") in legends:
        return {**known, "legend": legends[known["field"]]}
    return known


def _labelled(channel: str, encoding: Any, cut: Cut) -> Any:
    if not isinstance(encoding, dict):
        return encoding
    known = cast("dict[str, Any]", encoding)
    if channel == "y":
        known = _lifted(known)
    if known.get("type") not in ("nominal", "ordinal"):
        return known
    if channel in _DRAWN_WITH_LEGEND:
        return _with_guide(known, "legend", cut.title_characters - 4, _columns(known, cut))
    if channel in ("x", "y"):
        return _with_guide(known, "axis", cut.label_characters, {})
    return known


def _with_guide(
    encoding: dict[str, Any], part: str, most: int, more: Mapping[str, Any]
) -> dict[str, Any]:
    """Break the labels of an axis or legend into lines; what the specification says comes first."""
    guide = encoding.get(part, {})
    if not isinstance(guide, dict):
        return encoding
    own = cast("dict[str, Any]", guide)
    return {**encoding, part: {"labelExpr": _breaking(most), **more, **own}}


def _columns(encoding: Mapping[str, Any], cut: Cut) -> dict[str, Any]:
    """Return in how many columns a legend's entries fit the width, if not all in one row."""
    scale: Any = encoding.get("scale") or {}
    domain = [str(one) for one in scale.get("domain", ())]
    widths = [len(one) * _LETTER + _SYMBOL for one in domain]
    if cut.narrow or sum(widths) <= cut.width:
        return {}
    return {"columns": max(1, int(cut.width // max(widths)))}


def _lifted(encoding: dict[str, Any]) -> dict[str, Any]:
    """Raise the title over an upright axis by as many lines as it has more than one."""
    axis = encoding.get("axis", {})
    if not isinstance(axis, dict):
        return encoding
    known = cast("dict[str, Any]", axis)
    title = known.get("title", encoding.get("title"))
    if not isinstance(title, list):
        return encoding
    more = len(cast("list[str]", title)) - 1
    return {**encoding, "axis": {**known, "titleY": TITLE_Y - more * (FONT_SIZE + 2)}}


def _breaking(most: int) -> str:
    """Return the Vega expression that breaks a label into lines of at most ``most`` characters."""
    lines = f"replace(datum.label, regexp('(.{{1,{most}}})( |$)', 'g'), '$1\\n')"
    return f"length(datum.label) > {most} ? split(trim({lines}), '\\n') : datum.label"


def _lines(title: str, most: int) -> str | list[str]:
    return title if len(title) <= most else textwrap.wrap(title, most)
