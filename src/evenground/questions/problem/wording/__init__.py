"""Problem in words; no logic. Subjects are the service and its units, never a neighbourhood."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.questions.problem.wording.before import BEFORE
from evenground.questions.problem.wording.fabric import FABRIC
from evenground.questions.problem.wording.need import NEED
from evenground.questions.problem.wording.units import UNIT_WORDS, UNITS

WORDING: Mapping[str, str | tuple[str, str]] = {**NEED, **UNITS, **FABRIC, **BEFORE}

__all__ = ["UNIT_WORDS", "WORDING"]
