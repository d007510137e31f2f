"""``evenground map-opinions``: who votes like whom, does it hold, what divides and what bridges?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from evenground.cli.options import AsJson, Seed
from evenground.cli.printing import say, say_json
from evenground.language import language

_Option = typer.Option
Folder: TypeAlias = Annotated[
    Path, typer.Argument(help="Export of a Polis conversation: votes.csv, comments.csv …")
]
Strict: TypeAlias = Annotated[
    bool, _Option("--strict", help="Leave out statements that moderation had not accepted.")
]
Resamples: TypeAlias = Annotated[
    int, _Option(min=20, max=10_000, help="How often people are drawn anew.")
]
Picture: TypeAlias = Annotated[
    Path | None, _Option(help="New file for a picture of the map: .svg, or .json (Vega-Lite).")
]

Tables: TypeAlias = Annotated[
    Path | None, _Option(help="Folder of an initiative: votes and statements are written there.")
]


def map_opinions(  # noqa: PLR0913 - a command's options, each with a name
    folder: Folder,
    *,
    strict: Strict = False,
    resamples: Resamples = 20,
    picture: Picture = None,
    tables: Tables = None,
    seed: Seed = None,
    as_json: AsJson = False,
) -> None:
    """Say who votes like whom and whether groups hold, and what divides and what bridges.

    Groups are refused by a fixed rule where chance, or how much people voted, could have made them.
    """
    from evenground.cli.map_opinions_report import opinion_data, opinion_lines
    from evenground.workspace.opinion_mapping import SEED, OpinionsAsked, opinions_in
    from evenground.workspace.opinion_picture import written_picture

    asked = OpinionsAsked(seed=SEED if seed is None else seed, n_resamples=resamples, strict=strict)
    found = opinions_in(folder, asked)
    written = None if picture is None else written_picture(found, picture)
    if tables is not None:
        from evenground.workspace.opinion_export import written_tables

        written_tables(found, tables)
    speaks = language("en")
    if as_json:
        say_json(opinion_data(found, speaks, written=written))
        return
    for line in opinion_lines(found, speaks, written=written):
        say(line)
