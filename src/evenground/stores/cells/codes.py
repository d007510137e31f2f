"""Codes of areas: put right what spreadsheets do to them, where only one repair is possible."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

_FLOAT = re.compile(r"(\d+)[.,]0+")
_CENSUS_LONG = re.compile(r"\d{7}US(\w+)")
"""``1400000US11001000100``: the U.S. Census Bureau puts summary level and country first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRepair:
    """What a code was read as: ``kind`` is ``zeros``, ``float``, ``prefix`` or ``letters``."""

    code: str
    kind: str


def repairs(codes: Iterable[str], known: Collection[str]) -> Mapping[str, CodeRepair]:
    """Return the repair of each unknown code that has exactly one.

    Parameters
    ----------
    codes
        Codes as they stand in a table.
    known
        Codes of the areas.

    Notes
    -----
    Repairs, in this order: ``1234.0`` to ``1234``; leading zeros added or taken off; a census
    prefix taken off; capitals and spaces. A code that is known stays as it is, and no repair gives
    a code that the table already holds as it is.
    """
    written = set(codes)
    stripped: dict[str, list[str]] = {}
    folded: dict[str, list[str]] = {}
    for code in known:
        stripped.setdefault(code.lstrip("0"), []).append(code)
        folded.setdefault(_folded(code), []).append(code)
    found: dict[str, CodeRepair] = {}
    for code in written - set(known):
        repair = _repair(code, known, stripped, folded)
        if repair is not None and repair.code not in written:
            found[code] = repair
    return found


def _repair(
    code: str,
    known: Collection[str],
    stripped: Mapping[str, list[str]],
    folded: Mapping[str, list[str]],
) -> CodeRepair | None:
    plain, kind = code, ""
    if match := _FLOAT.fullmatch(code):
        plain, kind = match[1], "float"
        if plain in known:
            return CodeRepair(code=plain, kind=kind)
    if match := _CENSUS_LONG.fullmatch(code):
        return CodeRepair(code=match[1], kind="prefix") if match[1] in known else None
    same = stripped.get(plain.lstrip("0"), [])
    if plain.isalnum() and len(same) == 1 and plain[:1].isdigit():
        return CodeRepair(code=same[0], kind=kind or "zeros")
    alike = folded.get(_folded(plain), [])
    return CodeRepair(code=alike[0], kind="letters") if len(alike) == 1 else None


def _folded(code: str) -> str:
    return re.sub(r"[\s._/-]", "", code).casefold()
