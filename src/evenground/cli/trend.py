"""``evenground trend``: how did a roll-out go, year by year and area by area?"""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from evenground.cli.options import AsJson, Confidence, Decimal, File, Seed, Sheet
from evenground.cli.printing import say, say_json
from evenground.cli.trend_report import TrendReport, trend_data, trend_lines
from evenground.language import language

_Option = typer.Option
Area: TypeAlias = Annotated[str, _Option(help="Column that names areas.")]
Year: TypeAlias = Annotated[str, _Option(help="Column of years.")]
Units: TypeAlias = Annotated[str, _Option(help="Column of whole units placed in that year.")]
People: TypeAlias = Annotated[str, _Option(help="Column of people, one number for each area.")]
Need: TypeAlias = Annotated[str, _Option(help="Column of need that placement should follow too.")]
Before: TypeAlias = Annotated[str, _Option(help="Column of units before the first year.")]
Group: TypeAlias = Annotated[str, _Option(help="Column of the group of each area.")]
Compare: TypeAlias = Annotated[
    tuple[str, str] | None, _Option(help="Group in focus, and the one it is compared with.")
]
Public: TypeAlias = Annotated[str, _Option(help="Column of public money in that year.")]
Private: TypeAlias = Annotated[str, _Option(help="Column of private money in that year.")]
Draws: TypeAlias = Annotated[int, _Option(min=99, help="Roll-outs and resamples drawn.")]


def trend(  # noqa: PLR0913 - a command's options, each with a name
    file: File,
    *,
    area: Area,
    year: Year,
    units: Units,
    people: People,
    need: Need = "",
    before: Before = "",
    group: Group = "",
    compare: Compare = None,
    public: Public = "",
    private: Private = "",
    draws: Draws = 999,
    confidence: Confidence = 0.95,
    seed: Seed = None,
    sheet: Sheet = "",
    decimal: Decimal = "",
    as_json: AsJson = False,
) -> None:
    """Say how a roll-out went: spread beside lots, who catches up, what draws what, gaps.

    The file has a row for each area and year.
    """
    from evenground.workspace.appraising import DEFAULT_SEED
    from evenground.workspace.one_trend import Lots, refuse_half_pairs, trend_in
    from evenground.workspace.plain_panel import panel_columns, panel_of
    from evenground.workspace.plain_reading import read_plain_table
    from evenground.workspace.plain_tables import Layout

    refuse_half_pairs(
        (("--group", group), ("--compare", compare)),
        (("--public", public), ("--private", private)),
    )
    wanted = panel_columns(
        area=area, year=year, units=units, people=people, need=need, before=before, group=group,
        public=public, private=private,
    )  # fmt: skip
    table = read_plain_table(file, wanted, layout=Layout(sheet=sheet, decimal=decimal))
    panel, table = panel_of(table)
    chosen = DEFAULT_SEED if seed is None else seed
    lots = Lots(seed=chosen, n_draws=draws, confidence=confidence)
    found = trend_in(panel, lots, compare=compare)
    report = TrendReport(table=table, panel=panel, found=found, lots=lots)
    speaks = language("en")
    if as_json:
        say_json(trend_data(report, speaks))
        return
    for line in trend_lines(report, speaks):
        say(line)
