"""Arrow's functions on columns of text, loaded by those who need them."""

from __future__ import annotations

from types import ModuleType


def functions() -> ModuleType:
    """Return ``pyarrow.compute``, whose functions are made when it is loaded and have no types."""
    import pyarrow.compute

    return pyarrow.compute
