"""Skeleton folders: a commented TOML file that opens as it stands, and questions to ask.

Texts only; nothing is written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from evenground.language import N_, Language
from evenground.schema import Column, Kind, Setting, TableSchema
from evenground.workspace import declared_keys as keys
from evenground.workspace.domains import Domain
from evenground.workspace.workbook.sheets import BOTH_WAYS

Value = str | int | float | bool
WIDTH = 96
"""Characters to a line of a comment."""
_HEADS = {
    "city": N_(
        "What your city is called and how its tables are read. Fill in what you know; a line that "
        "begins with # is a note or an example, and takes effect once the # is gone. You may fill "
        "in city.xlsx instead, or some here and some there. Then: evenground check ."
    ),
    "initiative": N_(
        "One initiative: what is offered, what is decided, what it costs. Fill in what you know; a "
        "line that begins with # is a note or an example, and takes effect once the # is gone. You "
        "may fill in initiative.xlsx instead, or some here and some there. Then: evenground check ."
    ),
}
_TABLES = N_(
    "Files. A file named after a table (areas.gpkg, population.csv …) is found by itself, and so "
    "are the sheets of the workbook. Any other file is named here, with its own column names."
)


def city_toml(
    speaks: Language, settings: Iterable[Setting] = (), questions: Iterable[str] = ()
) -> str:
    """Return the text of a ``city.toml`` to be filled in; it opens as it stands.

    ``questions`` are the keys that ``questions`` may choose among.
    """
    at_top = keys.city_keys(questions)
    lines = [
        *_note(speaks.text(_HEADS["city"])),
        *_keys(at_top, {"format": 1, "language": speaks.code}, speaks),
        *_example_of(keys.LEVELS, speaks, head="[levels.tract]", names=("name", "plural")),
        *_example_of(keys.GROUPS, speaks, head="[[groups]]", names=_CLASSES),
        *_more(keys.GROUPS, speaks, head="[[groups]]", values=_COUNTS),
        *_example_of(keys.BASELINES, speaks, head="[[baselines]]", names=_PEOPLE),
        *_more(keys.BASELINES, speaks, head="[[baselines]]", values=_NEED),
        "",
        *_note(speaks.text(N_("Thresholds and defaults; every line shows its default."))),
        "[settings]",
        *(line for one in settings for line in _setting(one, speaks)),
        *_tables(speaks, _CITY_TABLES),
    ]
    return "\n".join(lines) + "\n"


def initiative_toml(speaks: Language, domain: Domain | None = None) -> str:
    """Return the text of an ``initiative.toml`` to be filled in; it opens as it stands."""
    filled: dict[str, str | int] = {"format": 1, "stage": "proposed", "counts": "units"}
    if domain is not None:
        filled |= {"domain": domain.key, "unit": domain.unit, "unit_plural": domain.unit_plural}
    at_top = [key for key in keys.INITIATIVE.columns if "." not in key.name]
    lines = [*_note(speaks.text(_HEADS["initiative"])), *_keys(at_top, filled, speaks)]
    for inside in ("decision", "made_by"):
        inner = [key for key in keys.INITIATIVE.columns if key.name.startswith(f"{inside}.")]
        lines += ["", f"[{inside}]", *_keys(inner, {}, speaks)]
    lines += _example_of(
        keys.PROBLEMS, speaks, head="[[problems]]", names=("by", "words", "source", "when")
    )
    lines += ["", *_note(speaks.text(keys.OPTIONS.meaning))]
    for key, name in BOTH_WAYS:
        lines += ["", "[[options]]", f'key = "{key}"', f"name = {_quoted(speaks.text(name))}"]
        lines += [f'kind = "{key}"', "# cost = {2027 = 120000, 2028 = 120000}"]
    lines += _example_of(keys.OPTIONS, speaks, head="[[options]]", names=keys.OPTIONS.names)
    cost = speaks.text(keys.COSTS.meaning)
    lines.append(f"# cost = {{2027 = 90000, 2028 = 95000}}    # {cost}")
    return "\n".join([*lines, *_tables(speaks, _INITIATIVE_TABLES)]) + "\n"


def questions_md(domain: Domain, speaks: Language) -> str:
    """Return the domain's questions as a page to print, with room for replies."""
    title = speaks.text(N_("Questions to ask: {domain}")).format(domain=domain.name)
    say = speaks.text
    lines = [f"# {title}", "", domain.about, ""]
    lines += [
        say(
            N_(
                "Nobody has to ask all of them. Write down who replied, when, and in their words: "
                "replies become rows of the table initiative_accounts."
            )
        ),
        "",
        f"## {say(N_('Ask'))}",
        "",
    ]
    for number, one in enumerate(domain.questions, start=1):
        claims = f" ({', '.join(one.claims)})" if one.claims else ""
        lines += [f"{number}. **{one.ask}**", f"   - {say(N_('Whom'))}: {one.of}"]
        lines += [f"   - {say(N_('What the reply changes'))}: {one.why}{claims}"]
        lines += [f"   - {say(N_('Reply, by whom, when'))}:", ""]
    lines += [f"## {say(N_('Data usually held'))}", ""]
    heads = (N_("What"), N_("By whom"), N_("Table that it fills"), N_("Beware"))
    lines += [_row(say(head) for head in heads), _row("---" for _ in heads)]
    lines += [_row((one.what, one.held_by, f"`{one.table}`", one.beware)) for one in domain.data]
    lines += ["", f"## {say(N_('Ways that need no new technology'))}", ""]
    lines += [f"- **{one.way}**: {one.ask}" for one in domain.ways]
    lines += ["", f"## {say(N_('Whose work changes'))}", ""]
    lines += [f"- **{one.who}**: {one.change}. {one.ask}" for one in domain.work]
    return "\n".join(lines) + "\n"


_CLASSES = ("key", "name", "kind", "indicator", "period", "classes", "labels", "compare")
_COUNTS = {
    "key": '"age"',
    "name": '"Age"',
    "kind": '"counts"',
    "members": '["under_18", "age_65_plus"]',
    "names": '{under_18 = "people under 18", age_65_plus = "people over 64"}',
    "against": '""',
}
_PEOPLE = ("key", "name", "kind", "group", "unit", "lead", "reason", "chosen_by", "chosen_on")
_NEED = {
    "key": '"missed"',
    "name": '"missed collections"',
    "kind": '"need"',
    "indicator": '"missed_collections"',
    "period": '""',
    "unit": '"missed collections"',
}
_CITY_TABLES = (
    "[tables.areas]",
    'file = "districts.geojson"',
    'columns = {area_id = "CODE", name = "NAME"}',
    "",
    "[tables.population]",
    'file = "register 2025.xlsx"',
    'sheet = "by district"',
    "published = false             # true when these counts are public already, as a census is",
    'columns = {area_id = "District"}',
    'wide = {total = "All", under_18 = "0-17"}    # one column per group',
)  # fmt: skip
_INITIATIVE_TABLES = (
    "[tables.sites]",
    'file = "annex 3 locations.xlsx"',
    'columns = {name = "Address", x = "Long", y = "Lat"}',
    'values = {option = "all"}     # the same for every row',
)  # fmt: skip


def _tables(speaks: Language, lines: Iterable[str]) -> list[str]:
    return ["", *_note(speaks.text(_TABLES)), *(f"# {line}".rstrip() for line in lines)]


def _keys(columns: Iterable[Column], filled: dict[str, str | int], speaks: Language) -> list[str]:
    """Write each key under its explanation; required ones stand ready, others as examples."""
    lines: list[str] = []
    for column in columns:
        lines += ["", *_note(_told(column, speaks))]
        name = column.name.rpartition(".")[2]
        if column.name in filled:
            lines.append(f"{name} = {_quoted(filled[column.name])}")
        elif column.required:
            lines.append(f'{name} = ""')
        else:
            lines.append(f"# {name} = {_example(column)}")
    return lines


def _example_of(
    schema: TableSchema, speaks: Language, *, head: str, names: tuple[str, ...]
) -> list[str]:
    """Write one entry of a list as an example that takes effect once its marks are gone."""
    lines = [
        f"# {name} = {_example(schema[name])}    # {_told(schema[name], speaks)}" for name in names
    ]
    return ["", *_note(speaks.text(schema.meaning)), f"# {head}", *lines]


def _more(schema: TableSchema, speaks: Language, *, head: str, values: dict[str, str]) -> list[str]:
    """Write a further example with values of its own."""
    lines = [
        f"# {name} = {value}    # {_told(schema[name], speaks)}" for name, value in values.items()
    ]
    return ["#", f"# {head}", *lines]


def _told(column: Column, speaks: Language) -> str:
    """Say what a key means, whether it is needed, its unit and its choices."""
    parts = [speaks.text(column.meaning)]
    if column.required:
        parts.append(speaks.text(N_("must be filled")))
    if column.unit and column.unit not in {keys.LIST, keys.NAMES}:
        parts.append(speaks.text(N_("in {unit}")).format(unit=column.unit))
    if column.choices:
        listed = ", ".join(column.choices)
        among = N_("some of: {choices}") if column.unit == keys.LIST else N_("one of: {choices}")
        parts.append(speaks.text(among).format(choices=listed))
    return "; ".join(parts)


def _setting(setting: Setting, speaks: Language) -> list[str]:
    return [*_note(speaks.text(setting.meaning)), f"# {setting.key} = {_quoted(setting.default)}"]


def _example(column: Column) -> str:
    """Write an example value in TOML; dates and choices make their own."""
    example = column.example or next(iter(column.choices), "")
    if column.unit == keys.LIST:
        parts = [part.strip() for part in example.split(";") if part.strip()]
        number = column.kind is Kind.NUMBER
        return "[" + ", ".join(part if number else _quoted(part) for part in parts) + "]"
    if column.unit == keys.NAMES:
        pairs = [part.partition("=") for part in example.split(";")]
        return "{" + ", ".join(f"{k.strip()} = {_quoted(v.strip())}" for k, _, v in pairs) + "}"
    if column.kind is Kind.DATE:
        return "2026-03-01"
    if column.kind is Kind.BOOLEAN:
        return "true" if example == "yes" else "false"
    if column.kind in {Kind.INTEGER, Kind.NUMBER}:
        return example or "0"
    return _quoted(example)


def _quoted(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    # JSON's escapes are TOML's, as long as the text is kept as it is.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


def _note(text: str) -> list[str]:
    """Write a comment, wrapped."""
    lines, line = list[str](), "#"
    for word in text.split():
        if len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = "#"
        line += f" {word}"
    return [*lines, line]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
