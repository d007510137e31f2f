"""Check the area codes of every table against the areas: repaired, total, other level, unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Problem, ProblemKind, nearest_name
from evenground.stores.cells.codes import repairs
from evenground.stores.cells.marks import is_total
from evenground.stores.listing import capped
from evenground.stores.table import ReadTable
from evenground.stores.table_messages import TOTAL_ROW
from evenground.workspace import messages as say

if TYPE_CHECKING:
    import pyarrow as pa

_LETTERS_FOR_DIGITS = str.maketrans("oOlISB", "001158")
SUGGESTED = 10
"""Unknown codes for which a near one is looked for; beyond, it is another edition, not a slip."""
EDITION_SHARE = 0.9
"""A boundary set is recognised when it knows at least this share of a table's codes."""
_REPAIRS: Mapping[str, ProblemKind] = {
    "zeros": say.CODES_REPAIRED,
    "float": say.CODES_WERE_FLOATS,
    "prefix": say.CODES_WITH_PREFIX,
    "letters": say.CODES_SPELLED_OTHERWISE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCodes:
    """Codes of the areas: those in force, and all by edition and level.

    ``editions`` holds for each edition the codes at the level in force (from areas or a crosswalk),
    ``elsewhere`` the level of each code that is on another level only.
    """

    in_force: frozenset[str]
    edition: str = ""
    editions: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    elsewhere: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def known(self) -> frozenset[str]:
        """Every code of any edition or level."""
        return self.in_force.union(*self.editions.values(), self.elsewhere)


def area_codes(areas: pa.Table, level: str, edition: str) -> AreaCodes:
    """Return the codes of a table of areas, ``level`` and ``edition`` being in force."""
    editions: dict[str, set[str]] = {}
    levels: dict[str, str] = {}
    columns = (areas[name].to_pylist() for name in ("area_id", "level", "edition"))
    for code, at_level, of_edition in zip(*columns, strict=True):
        if (at_level or "") == level:
            editions.setdefault(of_edition or edition, set()).add(code)
        else:
            levels[code] = at_level or ""
    here = frozenset(editions.get(edition, set()))
    held = {name: frozenset(codes) for name, codes in editions.items()}
    return AreaCodes(
        in_force=here,
        edition=edition,
        editions=held,
        elsewhere={
            c: at for c, at in levels.items() if not any(c in codes for codes in held.values())
        },
    )


def repaired(read: ReadTable, column: str, known: Collection[str]) -> ReadTable:
    """Return the table with codes put right that a spreadsheet spoiled, each kind said once."""
    codes = read.texts(column)
    found = repairs((code for code in codes if code), known)
    if not found:
        return read
    problems: list[Problem] = []
    for kind, saying in _REPAIRS.items():
        rows = [p for p, code in enumerate(codes) if code in found and found[code].kind == kind]
        if rows:
            first = codes[rows[0]]
            n_rows = len({int(read.rows[p]) for p in rows})
            at, example = read.at(rows[0], column), found[first].code
            problems.append(saying.at(at, value=first, n_rows=n_rows, example=example))
    fixed = [found[code].code if code in found else code or None for code in codes]
    return read.with_column(column, fixed).saying(*problems)


def without_totals(read: ReadTable, areas: AreaCodes) -> ReadTable:
    """Return a table about areas without rows that are totals: by word, or as sum of all others."""
    codes = np.array(read.texts("area_id"), dtype=object)
    strange = dict.fromkeys(code for code in codes if code and code not in areas.known)
    totals = [code for code in strange if _is_total(read, codes, code, areas)]
    for code in totals:
        read, codes = _aside(read, codes, {code}, TOTAL_ROW, value=code)
    return read


def placed_by_code(read: ReadTable, areas: AreaCodes) -> ReadTable:
    """Return a table about areas without the rows that are about no area in force.

    Areas of other levels and unknown codes are set aside, each with its reason. Codes must have
    been repaired and carried over before, and totals taken out.
    """
    codes = np.array(read.texts("area_id"), dtype=object)
    distinct = Counter(code for code in codes if code)
    strange = [code for code in distinct if code not in areas.in_force]
    if not strange:
        return read
    other = {code for code in strange if code in areas.elsewhere}
    for level in sorted({areas.elsewhere[code] for code in other}):
        there = {code for code in other if areas.elsewhere[code] == level}
        read, codes = _aside(read, codes, there, say.OTHER_LEVEL, value=level)
    unknown = [code for code in strange if code not in other]
    if not unknown:
        return read
    read = read.saying(*_unknown(read, codes, unknown, distinct, areas))
    read, codes = _aside(read, codes, set(unknown), say.SET_ASIDE_UNKNOWN, value=unknown[0])
    return read


def _aside(
    read: ReadTable, codes: NDArray[np.object_], out: set[str], kind: ProblemKind, *, value: str
) -> tuple[ReadTable, NDArray[np.object_]]:
    gone = np.array([code in out for code in codes], dtype=bool)
    return read.without(gone, kind.at(read.place, value=value)), codes[~gone]


def _is_total(read: ReadTable, codes: NDArray[np.object_], code: str, areas: AreaCodes) -> bool:
    """Whether rows are a total: by their word, or because they are the sum of all areas' rows."""
    if is_total(code) or not code.strip("0"):
        return True
    value = read.schema.wide_value
    if not value or read.schema[value].unit != "people":
        return False
    counts = read.table[value].to_numpy()
    groups = np.array(read.texts(read.schema.wide_key), dtype=object)
    parts = areas.in_force.union(*areas.editions.values())
    here = np.array([c in parts for c in codes], dtype=bool)
    for group in sorted({str(g) for g in groups[codes == code]}):
        one = float(np.nansum(counts[(codes == code) & (groups == group)]))
        rest = float(np.nansum(counts[here & (groups == group)]))
        if rest == 0 or abs(one - rest) > 0.005 * rest:
            return False
    return int(here.sum()) > 1


def _unknown(
    read: ReadTable,
    codes: NDArray[np.object_],
    unknown: Sequence[str],
    distinct: Mapping[str, int],
    areas: AreaCodes,
) -> list[Problem]:
    column = "area_id"
    first = read.at(int(np.flatnonzero(codes == unknown[0])[0]), column)
    n_codes = len(distinct)
    table = read.schema.name
    if len(unknown) == n_codes:
        example = min(areas.in_force, default="")
        return [say.NO_CODE_KNOWN.at(first, value=unknown[0], example=example, n_rows=len(codes))]
    if _beyond_the_city(unknown, areas, set(distinct)):
        n_rows = sum(distinct[code] for code in unknown)
        return [say.BEYOND_THE_CITY.at(first, value=unknown[0], n_rows=n_rows)]
    problems = unknown_codes(read, column, areas.in_force, say.AREA_UNKNOWN)
    if len(unknown) > max(3, n_codes // 20):
        problems.insert(
            0,
            say.BOUNDARY_SET_DIFFERS.at(
                first, value=unknown[0], n_unknown=len(unknown), n_codes=n_codes, table=table
            ),
        )
    return problems


def _beyond_the_city(unknown: Sequence[str], areas: AreaCodes, codes: Collection[str]) -> bool:
    """Whether a table of a whole region or country holds the city's areas among many others.

    It does when it has nearly all areas of the city, and unknown codes either outnumber them or
    begin otherwise than all codes of the city do.
    """
    held = len(areas.in_force & set(codes))
    if held < EDITION_SHARE * len(areas.in_force):
        return False
    shared = _shared_beginning(areas.in_force)
    elsewhere = bool(shared) and not any(code.startswith(shared) for code in unknown)
    return len(unknown) > len(areas.in_force) or (elsewhere and len(unknown) > SUGGESTED)


def _shared_beginning(codes: Collection[str]) -> str:
    """Return the characters with which all codes begin."""
    first, last = min(codes), max(codes)
    n = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:n]


def unknown_codes(
    read: ReadTable, column: str, known: Collection[str], kind: ProblemKind
) -> list[Problem]:
    """List each code of a column that is not known, with its first row and the nearest code."""
    rows: dict[str, list[int]] = {}
    for position, code in enumerate(read.texts(column)):
        if code and code not in known:
            rows.setdefault(code, []).append(position)
    problems: list[Problem] = []
    spare = set(known) - set(read.texts(column))
    for code, positions in rows.items():
        n_rows = len({int(read.rows[p]) for p in positions})
        near = _nearest(code, spare, known) if len(problems) < SUGGESTED else ""
        at = read.at(positions[0], column)
        problems.append(kind.at(at, value=code, nearest=near, n_rows=n_rows))
    return capped(problems)


def _nearest(code: str, spare: Collection[str], known: Collection[str]) -> str:
    """Return the code probably meant: letters taken for digits, else one that the table lacks."""
    as_digits = code.translate(_LETTERS_FOR_DIGITS)
    return as_digits if as_digits in known else nearest_name(code, spare)
