"""The dossier: data first, then pages. It knows findings, never questions."""

from evenground.dossier.model import (
    FORMAT,
    Audience,
    Dossier,
    FirstScreen,
    InputReport,
    Section,
    SettingChange,
    ToldAsk,
    ToldFigure,
    ToldFinding,
    ToldTable,
)

__all__ = [
    "FORMAT",
    "Audience",
    "Dossier",
    "FirstScreen",
    "InputReport",
    "Section",
    "SettingChange",
    "ToldAsk",
    "ToldFigure",
    "ToldFinding",
    "ToldTable",
]
