"""``evenground new``: folders and workbooks to be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evenground.cli.printing import command_name, say, say_json
from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_, language

if TYPE_CHECKING:
    from evenground.workspace.domains import Domain

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Make a folder or a workbook to be filled in.",
)

MADE = N_("Made: {path}")
NEXT: Mapping[str, tuple[str, ...]] = {
    "city": (
        N_("Fill in what you know, in either file; put map files such as areas.gpkg beside them."),
        N_("Then see what is still missing: {command} check {folder}"),
    ),
    "initiative": (
        N_("Fill in what you know, in either file: title, decision, options, costs, problem."),
        N_("Then: {command} check {folder}, and {command} appraise {folder}"),
    ),
    "offer": (
        N_("Fill in the sheets initiative, options, costs and problems first; leave others empty."),
        N_("Then: {command} appraise {folder}"),
    ),
}
ASK = N_("Questions to ask: {path} (also a sheet of the workbook)")
BOTH_TEMPLATES = ProblemKind(
    code="two_templates",
    what=N_("Both a domain and a template of your own are named."),
    rule=N_("The questions come from one template."),
    way_out=N_("Leave out --domain; your template says which domain it is for."),
)

_LANGUAGE = typer.Option("--language", help="Language of notes, as a code such as en.")
_DOMAIN = typer.Option(help="Service that it is about: waste, connectivity. Adds questions to ask.")
_TEMPLATE = typer.Option(help="A template of your own (TOML) instead of --domain.")
_JSON = typer.Option("--json", help="Print the result as JSON.")


@app.command()
def city(
    folder: Annotated[Path, typer.Argument(help="Folder to make, or one workbook (.xlsx).")],
    *,
    code: Annotated[str, _LANGUAGE] = "en",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Make a city folder: city.toml with every key explained, and city.xlsx with every table."""
    from evenground.workspace.making import make_city

    _tell("city", make_city(folder, speaks=language(code)), folder, as_json=as_json)


@app.command()
def initiative(
    folder: Annotated[Path, typer.Argument(help="Folder to make, or one workbook (.xlsx).")],
    *,
    domain: Annotated[str | None, _DOMAIN] = None,
    template: Annotated[Path | None, _TEMPLATE] = None,
    code: Annotated[str, _LANGUAGE] = "en",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Make an initiative folder: initiative.toml, initiative.xlsx, and questions to ask."""
    from evenground.workspace.making import make_initiative

    found = _domain(domain, template, code)
    made = make_initiative(folder, speaks=language(code), domain=found)
    _tell("initiative", made, folder, as_json=as_json)


@app.command()
def offer(
    file: Annotated[Path, typer.Argument(help="Workbook to make, such as offer.xlsx.")],
    *,
    domain: Annotated[str | None, _DOMAIN] = None,
    template: Annotated[Path | None, _TEMPLATE] = None,
    code: Annotated[str, _LANGUAGE] = "en",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    """Make one workbook that holds an offer and the city that it is made to."""
    from evenground.workspace.making import make_offer

    made = make_offer(file, speaks=language(code), domain=_domain(domain, template, code))
    _tell("offer", made, made[0], as_json=as_json)


def _domain(key: str | None, template: Path | None, code: str) -> Domain | None:
    from evenground.workspace.domains import domain_from, domain_named

    if key and template:
        raise UsageError(BOTH_TEMPLATES.at(Place(), value=key))
    if template is not None:
        return domain_from(template)
    return domain_named(key, language=code) if key else None


def _tell(kind: str, made: Sequence[Path], folder: Path, *, as_json: bool) -> None:
    if as_json:
        say_json({"kind": kind, "files": [str(path) for path in made]})
        return
    speaks = language("en")
    for path in made:
        say(speaks.say(ASK if path.suffix == ".md" else MADE, {"path": path}))
    for line in NEXT[kind]:
        say(speaks.say(line, {"folder": folder, "command": command_name()}))
