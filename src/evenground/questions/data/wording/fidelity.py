"""Data held against a register, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
FIDELITY: Mapping[str, str | tuple[str, str]] = {
    "reason.no_register": N_("There is no register to hold the data against. A list of all things that the data should have would be needed."),
    "reason.register_empty": N_("The data or the register hold no identifiers that can be compared. Identifiers written alike in both would be needed."),
}
