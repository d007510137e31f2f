"""Reach in words; no logic. Subjects are the service and its units, never a neighbourhood."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.questions.reach.wording.access import ACCESS
from evenground.questions.reach.wording.elsewhere import ELSEWHERE
from evenground.questions.reach.wording.resited import RESITED
from evenground.questions.reach.wording.time import TIME
from evenground.questions.reach.wording.units import UNIT_WORDS, UNITS

WORDING: Mapping[str, str | tuple[str, str]] = {
    **UNITS, **ELSEWHERE, **RESITED, **ACCESS, **TIME,
}  # fmt: skip

__all__ = ["UNIT_WORDS", "WORDING"]
