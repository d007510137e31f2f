"""The workbook that officials fill in: what it holds, sheet by sheet.

What is written here reads back through ``open_city`` and ``open_initiative``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evenground.city import CITY_SETTINGS, CITY_TABLES
from evenground.initiative import INITIATIVE_TABLES
from evenground.language import N_, Language
from evenground.protocol import Question
from evenground.schema import Column, Kind, Setting, TableSchema
from evenground.workspace import declared_keys as keys
from evenground.workspace.domains import Domain
from evenground.workspace.workbook.wording import CHECK, EASTING, HOW, NORTHING, START

KINDS = ("city", "initiative", "offer")
"""What a workbook may be for; an offer holds an initiative and its city."""

SETTINGS = TableSchema(
    name="settings",
    meaning=N_("Thresholds and defaults; leave a value empty to keep the default"),
    columns=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySheet:
    """A sheet with one key per row: key, value, note. ``filled`` are values that stand already."""

    name: str
    meaning: str
    keys: tuple[Column, ...]
    filled: Mapping[str, str | int] = field(default_factory=dict[str, "str | int"])
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSheet:
    """A sheet with one thing per row under column names. ``rows`` stand already."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, str | int | bool], ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSheet:
    """A sheet to read: a title and lines; a line is one cell or several.

    A cell that begins with ``**`` is a heading; ``links`` are sheets that a first cell leads to.
    """

    name: str
    title: str
    lines: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = (110,)
    links: frozenset[str] = frozenset()


AnySheet = KeySheet | RowSheet | TextSheet


def sheets_for(
    kind: str,
    *,
    speaks: Language,
    questions: Iterable[Question] = (),
    domain: Domain | None = None,
    beside: bool = False,
) -> tuple[AnySheet, ...]:
    """Return the sheets of a workbook, in the order in which they are best filled.

    Parameters
    ----------
    kind
        One of ``KINDS``.
    speaks
        Language of notes; column names and keys are the same in every language.
    questions
        Questions whose own tables and settings are to be in it.
    domain
        Template whose questions become a sheet of their own.
    beside
        Whether a TOML file lies beside it that holds the first values already.
    """
    asked = tuple(questions)
    sheets: list[AnySheet] = []
    if kind in {"initiative", "offer"}:
        sheets += _initiative_sheets(domain, asked, own=kind == "initiative")
    if kind in {"city", "offer"}:
        sheets += _city_sheets(asked)
    if beside:
        sheets = [_emptied(sheet) for sheet in sheets]
    if domain is not None:
        sheets.insert(0, domain_sheet(domain, speaks))
    return (_start(kind, sheets, speaks), *sheets)


def _emptied(sheet: AnySheet) -> AnySheet:
    return replace(sheet, filled={}) if isinstance(sheet, KeySheet) else sheet


def _initiative_sheets(
    domain: Domain | None, questions: Sequence[Question], *, own: bool
) -> list[AnySheet]:
    filled: dict[str, str | int] = {"format": 1, "stage": "proposed", "counts": "units"}
    if domain is not None:
        filled |= {"domain": domain.key, "unit": domain.unit, "unit_plural": domain.unit_plural}
    ways = tuple({"key": key, "name": name, "kind": key} for key, name in BOTH_WAYS)
    return [
        KeySheet(
            name="initiative", meaning=keys.INITIATIVE.meaning, keys=keys.INITIATIVE.columns,
            filled=filled, first=True,
        ),
        _rows(keys.OPTIONS, rows=ways, first=True),
        _rows(keys.COSTS, first=True),
        _rows(keys.PROBLEMS, first=True),
        *(_rows(schema) for schema in INITIATIVE_TABLES),
        *(_rows(schema) for schema in (_brought(questions) if own else ())),
    ]  # fmt: skip


def _city_sheets(questions: Sequence[Question]) -> list[AnySheet]:
    people: dict[str, str | int | bool] = {
        "key": "people", "name": "residents", "kind": "people", "group": "total",
        "unit": "residents",
    }  # fmt: skip
    at_top = keys.city_keys(question.key for question in questions)
    declared = (*CITY_SETTINGS, *(one for question in questions for one in question.settings))
    return [
        KeySheet(
            name="city", meaning=keys.CITY.meaning, keys=at_top,
            filled={"format": 1, "language": "en"}, first=True,
        ),
        _rows(_table("areas"), first=True),
        _rows(_table("population"), first=True),
        _rows(keys.GROUPS),
        _rows(keys.BASELINES, rows=(people,)),
        _rows(keys.LEVELS),
        *(_rows(schema) for schema in CITY_TABLES if schema.name not in {"areas", "population"}),
        *(_rows(schema) for schema in _brought(questions)),
        KeySheet(
            name=SETTINGS.name, meaning=SETTINGS.meaning,
            keys=tuple(_as_column(setting) for setting in declared),
        ),
    ]  # fmt: skip


BOTH_WAYS = (
    ("as_today", N_("As today")),
    ("without_new_technology", N_("Without new technology")),
)
"""Ways that belong in every decision: key and name."""


def _table(name: str) -> TableSchema:
    return next(schema for schema in CITY_TABLES if schema.name == name)


def _brought(questions: Sequence[Question]) -> tuple[TableSchema, ...]:
    return tuple(table for question in questions for table in question.tables)


def _rows(
    schema: TableSchema,
    *,
    rows: tuple[Mapping[str, str | int | bool], ...] = (),
    first: bool = False,
) -> RowSheet:
    return RowSheet(
        name=schema.name,
        meaning=schema.meaning,
        columns=tuple(spread_geometry(schema)),
        rows=rows,
        first=first,
    )


def spread_geometry(schema: TableSchema) -> Iterable[Column]:
    """Yield the columns as a sheet has them: a place is a pair of columns ``x`` and ``y``."""
    for column in schema.columns:
        if column.kind is Kind.GEOMETRY:
            yield Column(name="x", kind=Kind.NUMBER, meaning=EASTING)
            yield Column(name="y", kind=Kind.NUMBER, meaning=NORTHING)
        else:
            yield column


def _as_column(setting: Setting) -> Column:
    kind = Kind.TEXT
    if isinstance(setting.default, bool):
        kind = Kind.BOOLEAN
    elif isinstance(setting.default, int):
        kind = Kind.INTEGER
    elif isinstance(setting.default, float):
        kind = Kind.NUMBER
    return Column(
        name=setting.key, kind=kind, meaning=setting.meaning, unit=setting.unit,
        choices=setting.choices, low=setting.low, high=setting.high, example=str(setting.default),
    )  # fmt: skip


def domain_sheet(domain: Domain, speaks: Language) -> TextSheet:
    """Return the template of a domain as a sheet to read and to write replies into."""

    def head(*cells: str) -> tuple[str, ...]:
        return tuple(f"**{speaks.text(cell)}" for cell in cells)

    lines: list[tuple[str, ...]] = [(domain.about,), ()]
    lines.append(head(N_("Ask"), N_("Whom"), N_("What the reply changes"), N_("Reply")))
    lines += [(one.ask, one.of, one.why, "") for one in domain.questions]
    lines += [(), head(N_("Data usually held"), N_("By whom"), N_("Beware"), N_("Got it?"))]
    lines += [(one.what, one.held_by, one.beware, "") for one in domain.data]
    lines += [(), head(N_("Ways that need no new technology"), N_("Ask"))]
    lines += [(one.way, one.ask) for one in domain.ways]
    lines += [(), head(N_("Whose work changes"), N_("Ask"), N_("How"))]
    lines += [(one.who, one.ask, one.change) for one in domain.work]
    title = speaks.text(N_("Questions to ask: {domain}")).format(domain=domain.name)
    return TextSheet(name="questions", title=title, lines=tuple(lines), widths=(60, 45, 55, 45))


def _start(kind: str, sheets: Sequence[AnySheet], speaks: Language) -> TextSheet:
    lines: list[tuple[str, ...]] = [(speaks.text(line),) for line in START[kind]]
    lines += [(speaks.text(line),) for line in HOW]
    lines += [(speaks.text(CHECK[kind]).format(file=f"{kind}.xlsx"),), ()]
    lines.append((f"**{speaks.text(N_('Sheet'))}", f"**{speaks.text(N_('What it holds'))}"))
    for sheet in sheets:
        meaning = sheet.title if isinstance(sheet, TextSheet) else speaks.text(sheet.meaning)
        first = not isinstance(sheet, TextSheet) and sheet.first
        lines.append(
            (sheet.name, f"{meaning} ({speaks.text(N_('fill first'))})" if first else meaning)
        )
    return TextSheet(
        name="start",
        title=speaks.text(N_("Start here")),
        lines=tuple(lines),
        widths=(28, 100),
        links=frozenset(sheet.name for sheet in sheets),
    )
