"""Where options came from, and who screened which out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenground.questions.voice.measures.timing.event_kinds import plain


class Origin(StrEnum):
    """Whose idea an option was."""

    RESIDENT = "resident"
    CITY = "city"
    VENDOR = "vendor"
    FUNDER = "funder"
    OTHER = "other"
    UNKNOWN = "unknown"


WORDS: dict[Origin, tuple[str, ...]] = {
    Origin.RESIDENT: (
        "resident", "residents", "citizen", "citizens", "neighbourhood", "neighbours", "tenants",
        "parents", "people", "community",
    ),
    Origin.CITY: (
        "city", "council", "department", "office", "committee", "mayor", "staff", "crews", "crew",
        "administration", "municipality",
    ),
    Origin.VENDOR: (
        "vendor", "vendors", "supplier", "suppliers", "maker", "manufacturer", "company",
        "contractor", "consultant", "consultants",
    ),
    Origin.FUNDER: (
        "funder", "funders", "ministry", "government", "foundation", "bank", "donor", "programme",
    ),
}  # fmt: skip
"""Words by which officials say whose idea it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionStated:
    """What is written of one option; empty or ``None`` where nobody wrote it."""

    name: str
    came_from: str = ""
    screened_out: bool = False
    screened_by: str = ""
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionOrigins:
    """Options with their origins.

    Attributes
    ----------
    options, origins, shape (n,)
        As given; whose idea each was.
    n_by_origin
        How many came from whom; origins of none are left out.
    screened_out
        Options that were taken off the table.
    n_screened_without_reason, n_screened_by_nobody
        Of these, how many without a reason, and without anybody's name.
    """

    options: tuple[OptionStated, ...]
    origins: tuple[Origin, ...]
    n_by_origin: dict[Origin, int]
    screened_out: tuple[OptionStated, ...]
    n_screened_without_reason: int
    n_screened_by_nobody: int


def option_origins(options: Sequence[OptionStated]) -> OptionOrigins:
    """Return where options came from, and who screened out which, with what reason.

    An option of whose origin nobody writes is of unknown origin; one whose origin is written in
    words that name no resident, city, vendor or funder is another's. After Halegoua (2020), Smart
    Cities, on residents who are asked to choose among options that others made.
    """
    origins = tuple(origin_of(option.came_from) for option in options)
    out = tuple(option for option in options if option.screened_out)
    return OptionOrigins(
        options=tuple(options),
        origins=origins,
        n_by_origin={one: n for one in Origin if (n := origins.count(one))},
        screened_out=out,
        n_screened_without_reason=sum(not option.why.strip() for option in out),
        n_screened_by_nobody=sum(not option.screened_by.strip() for option in out),
    )


def origin_of(words: str) -> Origin:
    """Return whose idea it was, from the words of the log; the first word that tells decides."""
    said = plain(words).replace(",", " ").replace("(", " ").replace(")", " ").split()
    if not said:
        return Origin.UNKNOWN
    for word in said:
        stem = word.removesuffix("'s").removesuffix("’s").rstrip("'’.")
        if stem == Origin.UNKNOWN:
            return Origin.UNKNOWN
        for origin, known in WORDS.items():
            if stem in known:
                return origin
    return Origin.OTHER
