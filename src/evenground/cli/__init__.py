"""The command line: one file per verb, found by looking.

A module whose name equals a function in it is a command; a module with ``app`` is a group of
commands; anything else here is support.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated

import typer

from evenground import __version__
from evenground.errors import Cancelled, EvengroundError, Problem
from evenground.language import N_


def build() -> typer.Typer:
    """Return the application with every verb of this folder."""
    app = typer.Typer(
        name="evenground",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,  # plain help answers at once, drawn boxes take as long again
        help="Appraise one digital initiative with the city's own data.",
    )
    app.callback()(_root)
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        if hasattr(module, "app"):
            app.add_typer(module.app, name=found.name)
        elif hasattr(module, found.name):
            app.command(found.name.replace("_", "-"))(getattr(module, found.name))
    return app


def main() -> None:
    """Run the command line; every error of ours ends with its own exit code and a way out."""
    from evenground.cli.printing import fail

    as_json = "--json" in sys.argv
    try:
        build()()
    except EvengroundError as error:
        fail(error, as_json=as_json)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        error = Cancelled(Problem(code="cancelled", what=N_("Stopped, as you asked.")))
        fail(error, as_json=as_json)
        sys.exit(error.exit_code)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"evenground {__version__}\n")
        raise typer.Exit


def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Appraise one digital initiative with the city's own data."""
