"""Signs that statistical offices write where a value is missing or withheld."""

from __future__ import annotations

import re
from collections.abc import Collection
from enum import StrEnum


class Mark(StrEnum):
    """Why a cell has no value: nobody has one, or it is withheld to protect people."""

    MISSING = "missing"
    WITHHELD = "withheld"


MISSING = frozenset({
    "..", "...", "…", ".", "-", "–", "—", "--", ":", "n/a", "na", "n.a.", "n.a", "#n/a", "nan",
    "null", "none", "nil", "none published", "not published", "register count",
    "not available", "no data", "unknown", "?", "k.a.", "k. a.",
    "uppgift saknas", "saknas", "(x)", "(na)", "n",
})  # fmt: skip
WITHHELD = frozenset({
    "x", "*", "**", "***", "****", "*****", "(s)", "s", "c", "(c)", "d", "(d)", "suppressed",
    "confidential", "withheld", "sekretess", "[c]", "[x]", "(*)",
})  # fmt: skip
_BELOW = re.compile(r"(<|≤|under |less than |färre än |fewer than )\s*\d+", re.IGNORECASE)
TOTAL = re.compile(
    r"(grand |sub-?)?total\b.*|.*\btotalt?|sum(ma)?|alla|all|all areas|whole (city|area)"
    r"|hela (kommunen|staden|länet|riket|området)|samtliga|i alt|insgesamt|gesamt|zusammen|ensemble"
    r"|totaal|totale|yhteensä",
    re.IGNORECASE,
)
CENSUS_CODES = frozenset({
    "-111111111", "-222222222", "-333333333", "-555555555", "-666666666", "-888888888",
    "-999999999",
})  # fmt: skip
"""Codes of the U.S. Census Bureau for estimates that could not be made (ACS "jam values")."""


def mark_of(text: str, also: Collection[str] = ()) -> Mark | None:
    """Return why a cell of a number or date column has no value; ``None`` if it may have one.

    Parameters
    ----------
    text
        The cell, without spaces around it.
    also
        Further signs of this file, as declared; compared as they are.
    """
    if text in also:
        return Mark.MISSING
    low = text.casefold()
    if not low or low in MISSING or low.split(".")[0] in CENSUS_CODES:
        return Mark.MISSING
    if low in WITHHELD or _BELOW.fullmatch(low):
        return Mark.WITHHELD
    return None


def is_total(text: str) -> bool:
    """Whether a text says that its row is a total."""
    return TOTAL.fullmatch(text.strip()) is not None
