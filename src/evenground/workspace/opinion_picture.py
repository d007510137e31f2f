"""The picture of an opinion map, written to a new file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evenground.drawing import INK, vega_config
from evenground.errors import Place, ProblemKind, UsageError, WriteError
from evenground.language import N_, language
from evenground.questions.voice.figures.opinions import opinion_spec
from evenground.questions.voice.wording.opinions import OPINIONS
from evenground.workspace.opinion_mapping import OpinionsFound

_MARK = "wording:"
TITLE, NEAR, REFUSED = (f"{_MARK}map.{what}" for what in ("title", "near", "refused"))
_TITLE: dict[str, Any] = {
    "anchor": "start",
    "color": INK,
    "fontSize": 16,
    "subtitleColor": INK,
    "subtitleFontSize": 13,
    "offset": 14,
}
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

NO_SUCH_PICTURE = ProblemKind(
    code="picture_kind_unknown",
    what=N_("{value} names no kind of picture."),
    rule=N_("A picture is written as .svg, or as Vega-Lite in .json."),
    way_out=N_("End the name in .svg or .json."),
)
NOBODY_PLACED = ProblemKind(
    code="picture_of_nobody",
    what=N_("Nobody can be placed on a map of {value} people."),
    rule=N_("A map needs two people and two statements."),
    way_out=N_("Leave out --picture."),
)
PICTURE_THERE = ProblemKind(
    code="picture_exists",
    what=N_("{value} is there already."),
    rule=N_("Nothing is written over."),
    way_out=N_("Name a new file, or remove this one."),
)
NOT_WRITTEN = ProblemKind(
    code="picture_not_written",
    what=N_("{value} could not be written: {reason}."),
    rule=N_("The picture is written beside what is printed."),
    way_out=N_("Check the folder and its permissions."),
)


def written_picture(found: OpinionsFound, path: Path) -> Path:
    """Write the picture of a map to a new file and return its path.

    Raises
    ------
    UsageError
        If the name ends in neither .svg nor .json, or nobody was placed.
    WriteError
        If the file is there, or cannot be written.
    """
    if path.suffix.casefold() not in {".svg", ".json"}:
        raise UsageError(NO_SUCH_PICTURE.at(Place(), value=path.name))
    if not found.found.inside.any():
        raise UsageError(NOBODY_PLACED.at(Place(), value=found.votes.n_participants))
    below = [NEAR] if found.found.groups is not None else [NEAR, REFUSED]
    titled = {"title": {"text": TITLE, "subtitle": below}, **opinion_spec(found.found)}
    spec: dict[str, Any] = {"$schema": _SCHEMA, **_worded(titled)}
    spec["config"] = {
        **vega_config(stacked=True),
        "autosize": "pad",
        "padding": 12,
        "title": _TITLE,
    }
    content = json.dumps(spec, ensure_ascii=False, indent=1)
    if path.suffix.casefold() == ".svg":
        import vl_convert

        content = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(content)
    except FileExistsError as error:
        raise WriteError(PICTURE_THERE.at(Place(), value=path.name)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WriteError(NOT_WRITTEN.at(Place(), value=path.name, reason=reason)) from error
    return path


def _worded(node: Any) -> Any:
    """Return a specification with its wordings in words."""
    if isinstance(node, dict):
        return {key: _worded(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_worded(one) for one in node]
    if isinstance(node, str) and node.startswith(_MARK):
        code, _, rest = node.removeprefix(_MARK).partition(" ")
        template = OPINIONS[code]
        said = language("en").text(template if isinstance(template, str) else template[0])
        return f"{said} {rest}".rstrip()
    return node
