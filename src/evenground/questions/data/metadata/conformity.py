"""Hold the columns of a table against the shape that was declared for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evenground.evidence import Message
from evenground.questions.data.datasheet.model import ColumnSheet
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import (
    NUMBERS,
    TIMES,
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.metadata.table_shape import TableShape

NAME = "schema_violations"
_POINTED = (Writing.WHOLE, Writing.LEADING_ZERO, Writing.POINT)
_WRITINGS: Mapping[str, tuple[Writing, ...]] = {
    "integer": (Writing.WHOLE, Writing.LEADING_ZERO),
    "number": _POINTED,
    "boolean": (Writing.FLAG,),
    "date": (Writing.DAY,),
    "datetime": (Writing.MOMENT, Writing.MOMENT_ZONED),
    "time": (Writing.CLOCK,),
}
_HOLDS: Mapping[str, frozenset[Holds]] = {
    "text": frozenset({Holds.TEXT}),
    "integer": frozenset({Holds.WHOLE}),
    "number": frozenset({Holds.WHOLE, Holds.NUMBER}),
    "boolean": frozenset({Holds.FLAG}),
    "date": frozenset({Holds.DAY}),
    "datetime": frozenset({Holds.MOMENT, Holds.MOMENT_UTC}),
    "time": frozenset({Holds.TEXT, Holds.OTHER}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One way in which a column is not as declared; ``n`` rows, where they are counted.

    ``kind`` is ``missing``, ``not_foreseen``, ``type``, ``empty``, ``repeated``, ``range`` or
    ``code``.
    """

    column: str
    kind: str
    n: int | None = None


def conformity(
    profiles: Sequence[ColumnProfile],
    declared: TableShape | None,
    *,
    found_codes: Mapping[str, Collection[str]] | None = None,
) -> Check:
    """Return the check ``schema_violations``: columns that are not as declared.

    Parameters
    ----------
    profiles
        What the columns hold.
    declared
        The shape that they should have; ``None`` where nothing is declared.
    found_codes
        Distinct values of columns with a closed list of codes, as texts. Without them only the
        number of codes, the first and the last are compared.
    """
    n = len(declared.columns) if declared else 0
    definition = Message(code=f"definition.{NAME}", parameters={"n": n})
    if declared is None or not declared.columns:
        reason = Message(code=f"reason.{NAME}.none")
        return Check.not_established(NAME, unit="columns", definition=definition, reason=reason)
    found = list(violations(profiles, declared, found_codes or {}))
    columns = tuple(dict.fromkeys(one.column for one in found))
    check = Check.counted(NAME, len(columns), unit="columns", definition=definition)
    return check.showing(
        columns=columns,
        columns_declared=n,
        violations=[{"column": one.column, "kind": one.kind, "rows": one.n} for one in found],
    )


def violations(
    profiles: Sequence[ColumnProfile],
    declared: TableShape,
    found_codes: Mapping[str, Collection[str]],
) -> Iterator[Violation]:
    """Yield every way in which columns are not as declared, in the order declared."""
    by_name = {profile.name: profile for profile in profiles}
    single = declared.primary_key if len(declared.primary_key) == 1 else ()
    for name, sheet in declared.columns.items():
        profile = by_name.get(name)
        if profile is None:
            yield Violation(column=name, kind="missing")
            continue
        yield from _type(profile, sheet)
        yield from _empty(profile, required=sheet.required or name in declared.primary_key)
        if sheet.unique or name in single:
            yield from _repeated(profile)
        yield from _range(profile, sheet, declared.placeholders)
        yield from _codes(profile, sheet, found_codes.get(name))
    for profile in profiles:
        if profile.name not in declared.columns:
            yield Violation(column=profile.name, kind="not_foreseen")


def _type(profile: ColumnProfile, sheet: ColumnSheet) -> Iterator[Violation]:
    if not sheet.kind or profile.is_empty or sheet.kind not in _HOLDS:
        return
    if profile.holds is not Holds.TEXT:
        whole = sheet.kind == "integer" and profile.n_whole == profile.n_filled
        if profile.holds not in _HOLDS[sheet.kind] and not whole:
            yield Violation(column=profile.name, kind="type", n=profile.n_filled)
        return
    if sheet.kind == "text":
        return
    n = profile.n_filled - profile.written(*_admitted(sheet))
    if n > 0:
        yield Violation(column=profile.name, kind="type", n=n)


def _admitted(sheet: ColumnSheet) -> tuple[Writing, ...]:
    if sheet.format and sheet.kind in {"date", "datetime"}:
        return TIMES  # written in a way of its own, which is not read cell by cell here
    if sheet.decimal == "," and sheet.kind == "number":
        return (*_POINTED, Writing.COMMA, Writing.COMMA_OR_THOUSANDS)
    if sheet.format and sheet.kind == "number":
        return NUMBERS
    return _WRITINGS[sheet.kind]


def _empty(profile: ColumnProfile, *, required: bool) -> Iterator[Violation]:
    n = profile.n - profile.n_filled
    if required and n > 0:
        yield Violation(column=profile.name, kind="empty", n=n)


def _repeated(profile: ColumnProfile) -> Iterator[Violation]:
    if profile.distinct_exact and profile.n_distinct < profile.n - profile.n_null:
        extra = profile.n - profile.n_null - profile.n_distinct
        yield Violation(column=profile.name, kind="repeated", n=extra)


def _range(
    profile: ColumnProfile, sheet: ColumnSheet, everywhere: tuple[str, ...]
) -> Iterator[Violation]:
    """Compare the ends; an end that is a declared placeholder says nothing about the others."""
    none = {_number(text) for text in (*sheet.placeholders, *everywhere)}
    low, high = profile.low, profile.high
    below = sheet.low is not None and low is not None and low not in none and low < sheet.low
    above = sheet.high is not None and high is not None and high not in none and high > sheet.high
    if below or above:
        yield Violation(column=profile.name, kind="range")


def _codes(
    profile: ColumnProfile, sheet: ColumnSheet, found: Collection[str] | None
) -> Iterator[Violation]:
    if not sheet.codes or profile.is_empty:
        return
    known = {*sheet.codes, *sheet.placeholders}
    if found is not None:
        strange = bool(set(found) - known)
    elif profile.written(Writing.SIGN):
        strange = False  # a sign for no value may be the first or the last
    else:
        n_known = len(known) + bool(profile.written(Writing.EMPTY))
        more = profile.distinct_exact and profile.n_distinct > n_known
        strange = more or bool(_ends(profile) - known)
    if strange:
        yield Violation(column=profile.name, kind="code")


def _ends(profile: ColumnProfile) -> set[str]:
    texts = {profile.first_text.strip(), profile.last_text.strip()}
    if profile.holds is Holds.WHOLE and profile.low is not None and profile.high is not None:
        texts |= {f"{profile.low:.0f}", f"{profile.high:.0f}"}
    return texts - {""}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
