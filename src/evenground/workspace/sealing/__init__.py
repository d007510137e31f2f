"""Seal promises, and look at seals: the shell around ``evenground.record``.

Files, the clock and random keys belong here; what is proven by them is worked out there.
"""

from evenground.workspace.sealing.in_dossier import SealTerms, seal_lines, seal_of
from evenground.workspace.sealing.looking import seal_status
from evenground.workspace.sealing.making import (
    Made,
    Terms,
    add_words,
    amend,
    open_seals,
    report_key_lost,
    seal,
    state_of,
)

__all__ = [
    "Made",
    "SealTerms",
    "Terms",
    "add_words",
    "amend",
    "open_seals",
    "report_key_lost",
    "seal",
    "seal_lines",
    "seal_of",
    "seal_status",
    "state_of",
]
