"""The initiative: what is proposed, decided on, paid for and said about it."""

from evenground.initiative.model import (
    Decision,
    Initiative,
    Maker,
    Option,
    OptionKind,
    ProblemStatement,
    Stage,
)
from evenground.initiative.tables import INITIATIVE_TABLES

__all__ = [
    "INITIATIVE_TABLES",
    "Decision",
    "Initiative",
    "Maker",
    "Option",
    "OptionKind",
    "ProblemStatement",
    "Stage",
]
