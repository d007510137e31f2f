"""A figure under a name of its own: several datasets of a dossier have one of each kind."""

from __future__ import annotations

from dataclasses import replace

from evenground.evidence import Figure


def named(figure: Figure, key: str) -> Figure:
    """Return a figure, and its table, with the key of a dataset added to their own."""
    table = replace(figure.table, key=f"{figure.table.key}_{key}")
    return replace(figure, key=f"{figure.key}-{key}", table=table)
