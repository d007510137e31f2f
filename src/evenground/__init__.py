"""Evenground: one initiative, the city's own data, seven questions, one dossier."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evenground.dossier import Dossier
    from evenground.workspace import OpenCity, OpenInitiative, appraise, open_city, open_initiative
    from evenground.workspace.auditing.running import DatasetAudit, audit

__version__ = "0.1.0"
__all__ = [
    "DatasetAudit", "Dossier", "OpenCity", "OpenInitiative", "appraise", "audit", "open_city",
    "open_initiative",
]  # fmt: skip

_HOMES = {
    "DatasetAudit": "evenground.workspace.auditing.running",
    "Dossier": "evenground.dossier",
    "audit": "evenground.workspace.auditing.running",
}


def __getattr__(name: str) -> Any:
    """Load the public names when first used, so that importing the package stays instant."""
    if name in __all__:
        return getattr(import_module(_HOMES.get(name, "evenground.workspace")), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
