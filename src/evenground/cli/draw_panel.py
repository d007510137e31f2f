"""``evenground draw-panel``: a panel by lot within quotas, as fairly as can be proved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from evenground.cli.options import AsJson, Decimal
from evenground.cli.printing import say, say_json
from evenground.language import language

_Option = typer.Option
People: TypeAlias = Annotated[
    Path, _Option(help="A row for each person of the pool: an id, and each feature with quotas.")
]
Quotas: TypeAlias = Annotated[Path, _Option(help="Columns feature, value, min, max.")]
Size: TypeAlias = Annotated[int, _Option(min=1, help="How many people the panel has.")]
Objective: TypeAlias = Annotated[str, _Option(help="leximin, maximin or nash.")]
Id: TypeAlias = Annotated[str, _Option("--id", help="Column that names people.")]
Household: TypeAlias = Annotated[
    str, _Option(help="Column that names households: at most one person of each is drawn.")
]
Tickets: TypeAlias = Annotated[
    int, _Option(min=0, max=100_000, help="Panels on a list for a public draw, such as 1000.")
]
SeedFile: TypeAlias = Annotated[
    Path | None, _Option(help="File whose text is the secret seed; its SHA-256 sum is printed.")
]
Public: TypeAlias = Annotated[
    str | None, _Option(help="Text of the public draw that nobody knew before: draws a ticket.")
]
Panel: TypeAlias = Annotated[
    Path | None, _Option(help="Panel drawn before (a column of ids), for replacements.")
]
Dropped: TypeAlias = Annotated[
    list[str] | None, _Option(help="Id of somebody who dropped out of it; may come repeatedly.")
]
Write: TypeAlias = Annotated[
    Path | None, _Option(help="New CSV file for the list of tickets, or the lottery.")
]


def draw_panel(  # noqa: PLR0913 - a command's options, each with a name
    *,
    people: People,
    quotas: Quotas,
    size: Size,
    objective: Objective = "leximin",
    person: Id = "id",
    household: Household = "",
    tickets: Tickets = 0,
    seed_file: SeedFile = None,
    public: Public = None,
    panel: Panel = None,
    dropped: Dropped = None,
    write: Write = None,
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say with which chances which panels are to be drawn, and prove that nothing is fairer.

    With --tickets there is a list of panels of equal chance for a draw in public.
    """
    from evenground.cli.draw_panel_report import panel_data, panel_lines
    from evenground.workspace.panel_drawing import PanelAsked, panel_drawn
    from evenground.workspace.panel_files import panel_ids, seed_text, written_panels
    from evenground.workspace.panel_reading import read_pool

    asked = PanelAsked(
        size=size,
        objective=objective,
        n_tickets=tickets,
        seed="" if seed_file is None else seed_text(seed_file),
        public=public,
        panel=() if panel is None else panel_ids(panel, person=person),
        dropped=tuple(dropped or ()),
    )
    pool = read_pool(people, quotas, person=person, household=household, decimal=decimal)
    found = panel_drawn(pool, asked)
    written = None if write is None else written_panels(found, write)
    speaks = language("en")
    if as_json:
        say_json(panel_data(found, speaks, written=written))
        return
    for line in panel_lines(found, speaks, written=written):
        say(line)
