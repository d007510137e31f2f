"""The hand-written files that ship with the generator."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def text_file(name: str) -> str:
    """Return a text file below ``texts`` as it is."""
    return (resources.files("evenground_demo") / "texts" / name).read_text(encoding="utf-8")


def texts(name: str) -> dict[str, Any]:
    """Read a TOML file below ``texts``; ``name`` has no ending."""
    return tomllib.loads(text_file(f"{name}.toml"))
