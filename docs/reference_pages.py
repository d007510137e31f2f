"""Write the reference pages that the code knows best: tables, settings, questions, functions.

They are written into docs/reference/generated before each build and never by hand.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reference_keys import city_page, initiative_page, wording_page
from typer.main import get_command

from evenground.city import CITY_SETTINGS, CITY_TABLES
from evenground.cli import build
from evenground.errors import EvengroundError
from evenground.initiative import INITIATIVE_TABLES
from evenground.questions import discover

if TYPE_CHECKING:
    from click import Command
    from sphinx.application import Sphinx

    from evenground.protocol import Question
    from evenground.schema import Column, Setting, TableSchema

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "evenground"
SETTINGS_LEAD = """\
Every threshold, weight and default. A city changes one in `city.toml`, under `[settings]`; a
dossier says which ones differ.
"""


def cell(text: object) -> str:
    """Return text as it may stand in a cell of a Markdown table."""
    return str(text).replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [list(header), ["---"] * len(header), *([cell(one) for one in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def plain(number: float) -> str:
    """Return a number without exponent or needless decimals."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number}"


def limits(one: Column | Setting) -> str:
    """Say which values are admitted."""
    if one.choices:
        return ", ".join(f"`{choice}`" for choice in one.choices)
    low, high = one.low, one.high
    if low is not None and high is not None:
        return f"{plain(low)} to {plain(high)}"
    if low is not None:
        return f"{plain(low)} or more"
    return f"{plain(high)} or less" if high is not None else ""


def table_section(schema: TableSchema) -> str:
    """Return the section on one table."""
    parts = [f"## `{schema.name}`\n", f"{schema.meaning}.\n"]
    if schema.key:
        together = ", ".join(f"`{name}`" for name in schema.key)
        parts.append(f"No two rows have the same {together}.\n")
    if schema.geometry:
        parts.append(f"Geometry: {', '.join(schema.geometry)}.\n")
    if schema.wide_key:
        parts.append(
            f"May also come wide, with a column for each `{schema.wide_key}` "
            f"that holds `{schema.wide_value}`.\n"
        )
    rows = [
        (
            f"`{column.name}`{' (required)' if column.required else ''}",
            column.kind.value,
            column.unit,
            limits(column),
            column.meaning,
        )
        for column in schema.columns
    ]
    parts.append(table(("Column", "Type", "Unit", "Values", "Meaning"), rows))
    return "\n".join(parts)


def tables_page(title: str, lead: str, tables: Sequence[TableSchema]) -> str:
    """Return the page on a set of tables."""
    return "\n".join([f"# {title}\n", f"{lead}\n", *(table_section(one) for one in tables)])


def settings_page(questions: Sequence[Question]) -> str:
    """Return the page on every setting that ``[settings]`` in ``city.toml`` may override."""
    groups = [("The city as a whole", CITY_SETTINGS)]
    groups += [(question.title, question.settings) for question in questions if question.settings]
    parts = [
        "# Settings\n",
        SETTINGS_LEAD,
    ]
    for title, settings in groups:
        rows = [
            (f"`{one.key}`", f"`{one.default}`", one.unit, limits(one), one.meaning, one.source)
            for one in settings
        ]
        header = ("Setting", "Default", "Unit", "Values", "Meaning", "Source")
        parts += [f"## {title}\n", table(header, rows)]
    return "\n".join(parts)


def questions_page(questions: Sequence[Question]) -> str:
    """Return the page on the questions: what each asks and which tables it reads."""
    parts = ["# The seven questions\n"]
    for question in questions:
        parts += [f"## {question.title}\n", f"{question.asks}\n"]
        if question.answer is None:
            parts.append("*Not asked yet.*\n")
        if question.needs:
            header = ("Table", "Columns", "")
            rows = [
                (
                    f"`{need.table}`",
                    ", ".join(f"`{name}`" for name in need.columns),
                    "optional" if need.optional else "needed",
                )
                for need in question.needs
            ]
            parts.append(table(header, rows))
    return "\n".join(parts)


def help_of(command: Command, name: str) -> str:
    """Return the sections on a command and the commands inside it: what ``--help`` prints."""
    context = command.context_class(command, info_name=name, terminal_width=90)
    parts = [f"## `{name}`\n", f"```text\n{command.get_help(context).strip()}\n```\n"]
    inside = getattr(command, "commands", {})
    return "\n".join(parts + [help_of(one, f"{name} {verb}") for verb, one in inside.items()])


def exit_codes() -> list[tuple[int, str]]:
    """Return every exit code of the command line with its meaning."""
    kinds: list[type[EvengroundError]] = [EvengroundError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    meanings = {
        kind.exit_code: (kind.__doc__ or "").split("\n")[0].replace("``", "`")
        for kind in reversed(kinds)
    }
    return sorted({0: "Done.", **meanings}.items())


def commands_page() -> str:
    """Return the page on the command line: each verb's help, and the exit codes."""
    verbs = get_command(build()).commands
    parts = [
        "# Command line\n",
        *(help_of(one, f"evenground {verb}") for verb, one in verbs.items()),
    ]
    parts += ["## Exit codes\n", table(("Code", "Meaning"), exit_codes())]
    return "\n".join(parts)


def functions_page(title: str, lead: str, modules: Sequence[str]) -> str:
    """Return the page that documents the public functions of some modules."""
    parts = [f"# {title}\n", f"{lead}\n"]
    for module in modules:
        name = module.rsplit(".", maxsplit=1)[1].replace("_", " ").capitalize()
        directive = f"```{{eval-rst}}\n.. automodule:: {module}\n   :members:\n```\n"
        parts += [f"## {name}\n", directive]
    return "\n".join(parts)


def public_modules(folder: Path) -> list[str]:
    """Return the dotted names of a folder's modules that define public functions or classes."""
    found: list[str] = []
    for path in sorted(folder.rglob("*.py")):
        inside = path.relative_to(SOURCE.parent).with_suffix("").parts
        if "tests" in inside or path.name.startswith("_"):
            continue
        body = ast.parse(path.read_text(encoding="utf-8")).body
        kinds = (ast.FunctionDef, ast.ClassDef)
        if any(isinstance(node, kinds) and not node.name.startswith("_") for node in body):
            found.append(".".join(inside))
    return found


def pages() -> dict[str, str]:
    """Return every generated page by its name."""
    questions = discover()
    brought = tuple(schema for question in questions for schema in question.tables)
    found = {
        "city-tables": tables_page(
            "Tables of a city", "What a city folder may hold; every table is optional.", CITY_TABLES
        ),
        "initiative-tables": tables_page(
            "Tables of an initiative",
            "What an initiative folder may hold; every table is optional.",
            INITIATIVE_TABLES,
        ),
        "settings": settings_page(questions),
        "questions": questions_page(questions),
        "command-line": commands_page(),
        "city-toml": city_page(table, limits),
        "initiative-toml": initiative_page(table, limits),
        "wording": wording_page(questions, table),
        "methods": functions_page(
            "Methods",
            "What several questions share: functions over arrays, usable by themselves.",
            public_modules(SOURCE / "methods"),
        ),
    }
    if brought:
        lead = "Tables that one question brings along; every one is optional."
        found["question-tables"] = tables_page("Tables of single questions", lead, brought)
    for question in questions:
        readme = SOURCE / "questions" / question.key / "README.md"
        if readme.exists():
            found[f"question-{question.key}"] = readme.read_text(encoding="utf-8")
        measures = public_modules(SOURCE / "questions" / question.key / "measures")
        if measures:
            title = f"Measures: {question.title}"
            found[f"measures-{question.key}"] = functions_page(title, question.asks, measures)
    return found


def write(app: Sphinx) -> None:
    """Write the pages that changed, and remove those that are no longer made."""
    folder = Path(app.srcdir) / "reference" / "generated"
    folder.mkdir(exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.stem not in made:
            old.unlink()
    for name, text in made.items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx when to write the pages."""
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
