"""Codes that lost their leading zeros, and codes of areas that are no longer (or not yet) used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import (
    ColumnProfile,
    Holds,
    Writing,
)
from evenground.questions.data.measures.columns.facts import (
    ColumnCheck,
    Facts,
    by_column,
    definition,
    flagged,
    flagged_in,
    flags_of,
    reason,
    union_of,
)
from evenground.questions.data.measures.columns.names import Hint, hints, words_of

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

ZEROS, OLD = "lost_leading_zeros", "old_area_codes"
_LOST = 3
"""So many zeros may be lost."""
_MOSTLY = 0.9
_CODES = 50_000
_SHOWN = 20
_USUAL_LENGTHS: Mapping[str, int] = {"zip": 5, "zipcode": 5, "geoid": 11}
"""Digits of codes that are known everywhere: five of a U.S. ZIP code, eleven of a census tract."""
_DIGITS = "^ *[0-9]+ *$"


def _digits(column: ColumnProfile) -> int:
    return column.written(Writing.WHOLE, Writing.LEADING_ZERO)


def _candidates(facts: Facts) -> Iterator[ColumnProfile]:
    """Yield columns of digits of which some begin with a zero and others may have lost theirs."""
    for column in facts.texts():
        both = column.written(Writing.LEADING_ZERO) and column.written(Writing.WHOLE)
        lengths = column.shortest != column.longest and not hints(column.name, Hint.HOUR)
        if both and lengths and _digits(column) >= _MOSTLY * column.n_filled:
            yield column


def _usual(column: ColumnProfile) -> int:
    """Return how many digits a code of this name always has; 0 where that is not known."""
    lengths = (_USUAL_LENGTHS.get(word, 0) for word in words_of(column.name))
    return next((length for length in lengths if length), 0)


def _shortened(column: ColumnProfile) -> int:
    """Return how many digits codes of numbers lack in every row; 0 if they do not."""
    usual = _usual(column)
    whole = column.holds is Holds.WHOLE or _digits(column) == column.n_filled > 0
    if not usual or not whole or column.low is None or column.high is None or column.low < 1:
        return 0
    n_low, n_high = len(str(int(column.low))), len(str(int(column.high)))
    return usual if n_low == n_high == usual - 1 else 0


def _asks_zeros(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    import ibis

    parts: list[ibis.Table] = []
    asked: dict[str, ibis.Table] = {}
    for column in _candidates(facts):
        text: Any = table[column.name]
        plain: Any = table.select(
            n_digits=text.strip().length(),
            zero=text.re_search("^ *0"),
            digits=text.re_search(_DIGITS),
        )
        kept = plain.filter(plain.digits)
        counted = kept.group_by("n_digits", "zero").aggregate(n=kept.count())
        parts.append(counted.mutate(column=ibis.literal(column.name)))
        asked[f"flags:{column.name}"] = _short_flags(table, facts, column)
    if parts:
        asked["lengths"] = union_of(parts)
    whole: dict[str, Any] = {
        column.name: table[column.name].notnull() for column in facts.profiles if _shortened(column)
    }
    return {**asked, **flagged_in(table, facts, whole), **_area_values(table, facts)}


def _short_flags(table: ibis.Table, facts: Facts, column: ColumnProfile) -> ibis.Table:
    """Return rows whose digits are fewer than the longest code's and begin with no zero."""
    text: Any = table[column.name]
    short = text.strip().length() < (column.longest or 0)
    return flagged(
        table, facts, column.name, text.re_search(_DIGITS) & short & ~text.re_search("^ *0")
    )


def _area_values(table: ibis.Table, facts: Facts) -> Mapping[str, ibis.Table]:
    """Return how often each code of an area is there, where the city's codes are known."""
    column = facts.column(facts.roles.area)
    if column is None or not facts.area_codes or column.n_distinct > _CODES:
        return {}
    code: Any = table[column.name]
    if column.holds in (Holds.WHOLE, Holds.NUMBER) and column.n_whole == column.n_filled:
        code = code.cast("int64")
    text = table.select(code=code.cast("string").strip())
    held = text.filter(text.code.notnull() & (text.code != ""))
    return {"areas": held.group_by("code").aggregate(n=held.count())}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Areas:
    """Codes of areas in the rows: how often each is there, sorted by what they are."""

    padded: dict[str, int]
    old: dict[str, int]
    edition: str


def _areas(facts: Facts, found: Mapping[str, pa.Table]) -> _Areas | None:
    if "areas" not in found:
        return None
    counts = {str(row["code"]): int(row["n"]) for row in found["areas"].to_pylist()}
    editions = list(facts.area_codes.items())
    _, present = editions[0]
    unknown = {code: n for code, n in counts.items() if code not in present}
    length = max((len(code) for code in present), default=0)
    padded = {
        code: n for code, n in unknown.items() if code.isdigit() and code.zfill(length) in present
    }
    other = {code: n for code, n in unknown.items() if code not in padded}
    fits = {name: sum(code in codes for code in other) for name, codes in editions[1:]}
    best = max(fits, key=lambda name: fits[name], default="")
    edition = best if best and fits[best] else ""
    return _Areas(padded=padded, old=other, edition=edition)


def lost_leading_zeros(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many rows have a code that lost its leading zeros.

    Digits that are fewer than most codes of the column have, and begin with no zero, while others
    of the usual length do; codes of areas that are known once zeros are put before them; codes such
    as ZIP codes whose numbers all lack one digit.
    """
    counts: Counter[str] = Counter()
    for column in _candidates(facts):
        counts[column.name] = _n_short(column.name, found)
    for column in facts.profiles:
        if _shortened(column):
            counts[column.name] = column.n_filled
    areas = _areas(facts, found)
    if areas and areas.padded:
        counts[facts.roles.area] = max(counts[facts.roles.area], sum(areas.padded.values()))
    said = definition(ZEROS, most=_LOST)
    check = Check.counted(ZEROS, sum(counts.values()), unit="rows", definition=said)
    keys = [f"flags:{name}" for name, n in counts.items() if n and f"flags:{name}" in found]
    as_numbers = [
        column.name
        for column in facts.texts()
        if hints(column.name, Hint.CODE) and column.written(Writing.POINT) == column.n_filled > 0
        and column.n_whole == column.n_filled
    ]  # fmt: skip
    return check.showing(
        flags=flags_of(ZEROS, found, *keys, "flags"), columns=by_column(counts),
        codes_written_as_decimals=as_numbers,
    )  # fmt: skip


def _n_short(name: str, found: Mapping[str, pa.Table]) -> int:
    """Count the codes of a column that are short of its usual length by lost zeros."""
    rows = [row for row in found["lengths"].to_pylist() if row["column"] == name]
    by_length: Counter[int] = Counter()
    zeros: Counter[int] = Counter()
    for row in rows:
        by_length[int(row["n_digits"])] += int(row["n"])
        zeros[int(row["n_digits"])] += int(row["n"]) if row["zero"] else 0
    usual = max(by_length, key=lambda length: (by_length[length], length), default=0)
    if not zeros[usual] or by_length[usual] < sum(by_length.values()) / 2:
        return 0
    return sum(by_length[length] - zeros[length] for length in range(max(1, usual - _LOST), usual))


def old_area_codes(facts: Facts, found: Mapping[str, pa.Table]) -> Check:
    """Return how many rows have a code of an area that the city's present areas do not have.

    Codes that only lost zeros are counted by ``lost_leading_zeros``. Where another edition of the
    city's areas has them, ``detail`` names it; a crosswalk by areal interpolation carries them on.
    """
    column = facts.column(facts.roles.area)
    editions = list(facts.area_codes)
    said = definition(OLD, column=facts.roles.area, edition=editions[0] if editions else "")
    areas = _areas(facts, found)
    if column is None or areas is None:
        why = "no_area_column" if column is None else "no_area_codes"
        if column is not None and facts.area_codes:
            why = "too_many_area_codes"
        return Check.not_established(OLD, unit="rows", definition=said, reason=reason(why))
    check = Check.counted(OLD, sum(areas.old.values()), unit="rows", definition=said)
    most = sorted(areas.old, key=lambda code: (-areas.old[code], code))[:_SHOWN]
    return check.showing(
        column=column.name, codes=len(areas.old), examples=most, other_edition=areas.edition,
        crosswalk="areal_interpolation" if areas.old else "",
    )  # fmt: skip


CHECKS = (
    ColumnCheck(name=ZEROS, asks=_asks_zeros, finds=lost_leading_zeros),
    ColumnCheck(name=OLD, asks=_area_values, finds=old_area_codes),
)
