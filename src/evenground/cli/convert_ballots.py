"""``evenground convert-ballots``: exports of Decidim or CONSUL as a Pabulib file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evenground.cli.check_ballots import problem_lines
from evenground.cli.options import AsJson
from evenground.cli.printing import say, say_json
from evenground.language import N_, language

_Option = typer.Option
WRITTEN = N_("{file} (projects: {n_projects}, ballots: {n_voters})")
NEXT = N_("Next: evenground count {file}")
MAX_LENGTH = "The most projects on a ballot."


def convert_ballots(  # noqa: PLR0913 - a command's options, each with a name
    platform: Annotated[str, typer.Argument(help="decidim or consul.")],
    projects: Annotated[Path, typer.Argument(help="Export of the projects: CSV, XLSX or JSON.")],
    ballots: Annotated[Path, typer.Argument(help="Ballots, or lines of them: CSV, XLSX or JSON.")],
    *,
    write: Annotated[Path, _Option(help="New file for the ballots (.pb).")],
    budget: Annotated[str, _Option(help="Money to be given; exports do not say it.")],
    part: Annotated[str, _Option(help="Decidim's budget id, or CONSUL's heading.")] = "",
    rule: Annotated[str, _Option(help="The city's rule, in Pabulib's words.")] = "",
    title: Annotated[str, _Option(help="What the vote is called.")] = "",
    country: Annotated[str, _Option(help="In English.")] = "",
    unit: Annotated[str, _Option(help="The city.")] = "",
    instance: Annotated[str, _Option(help="Year or edition.")] = "",
    currency: Annotated[str, _Option(help="Three letters: EUR.")] = "",
    language_: Annotated[str, _Option("--language", help="Two letters: pl; of the titles.")] = "",
    max_length: Annotated[str, _Option(help=MAX_LENGTH)] = "",
    max_sum_cost: Annotated[str, _Option(help="The most that a ballot may cost.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a Pabulib file out of the exports of Decidim or CONSUL, to be checked and counted.

    What the exports lack is said: nothing is guessed.
    """
    from evenground.connectors.platforms.terms import VoteTerms
    from evenground.workspace.polls.converting import converted
    from evenground.workspace.telling_problems import as_data

    terms = VoteTerms(
        budget=budget,
        part=part,
        rule=rule,
        title=title,
        country=country,
        unit=unit,
        instance=instance,
        currency=currency,
        language=language_,
        max_length=max_length,
        max_sum_cost=max_sum_cost,
    )
    found = converted(platform, projects, ballots, terms=terms, write=write)
    speaks = language("en")
    rows = {"file": str(write), "n_projects": found.n_projects, "n_voters": found.n_voters}
    if as_json:
        say_json({**rows, "lacks": [as_data(note, speaks) for note in found.notes]})
        return
    say(speaks.say(WRITTEN, rows))
    for note in found.notes:
        for line in problem_lines(note, speaks):
            say(line)
    say(speaks.say(NEXT, rows))
