"""One self-contained page: no request, no script, every word escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from evenground.dossier.figures import draw
from evenground.dossier.json import seal
from evenground.dossier.model import Dossier
from evenground.dossier.page import Page, figures_of
from evenground.drawing import VARIABLES
from evenground.language import language

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""What a browser lets the page do: show itself."""


def to_html(dossier: Dossier) -> str:
    """Return the dossier as a page that opens from a file; the same dossier gives the same bytes.

    Raises
    ------
    FormatError
        If a figure cannot be drawn, or asks for anything from elsewhere.
    UsageError
        If the dossier holds a value that ``dossier.json`` cannot hold.
    """
    figures = [figure for section in dossier.sections for figure in figures_of(section)]
    drawn = draw(figures, dossier.datasets)
    page = Page(
        dossier=dossier,
        language=language(dossier.language, currency=dossier.currency),
        seal=seal(dossier),
        drawings=drawn.drawings,
        shared=drawn.shared,
    )
    colours = [(name, light, dark) for light, (name, dark) in VARIABLES.items()]
    template = _environment().get_template("page.html.j2")
    return template.render(page=page, d=dossier, t=page.t, policy=POLICY, colours=colours)


def notebook_html(dossier: Dossier) -> str:
    """Return the first lines of the dossier for a notebook: answers only, nothing leaks out."""
    page = Page(
        dossier=dossier,
        language=language(dossier.language, currency=dossier.currency),
        seal=seal(dossier),
    )
    return _environment().get_template("notebook.html.j2").render(page=page, d=dossier, t=page.t)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("evenground.dossier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
