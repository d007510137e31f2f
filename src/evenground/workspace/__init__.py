"""The shell: open a city and an initiative, appraise, write; holds the clock and the randomness."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenground.workspace.appraising import appraise
    from evenground.workspace.opening import OpenCity, OpenInitiative, open_city, open_initiative

__all__ = ["OpenCity", "OpenInitiative", "appraise", "open_city", "open_initiative"]

_HOMES = {"appraise": "evenground.workspace.appraising"}


def __getattr__(name: str) -> Any:
    """Load the public names when first used."""
    if name in __all__:
        home = _HOMES.get(name, "evenground.workspace.opening")
        return getattr(import_module(home), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
