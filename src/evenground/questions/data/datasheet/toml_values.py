"""Write single values and keys as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

EXACT = 2**53
"""Up to here floats hold every whole number."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_key(name: str) -> str:
    """Return a name as a key, in quotes where it has to be."""
    return name if _BARE.fullmatch(name) else toml_value(name)


def toml_value(value: object) -> str:
    """Return a text, number, flag, day, list or small table as TOML."""
    if isinstance(value, Mapping):
        inner = cast("Mapping[str, Any]", value)
        return "{" + ", ".join(f"{toml_key(k)} = {toml_value(v)}" for k, v in inner.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_value(one) for one in cast("list[Any]", value)) + "]"
    if isinstance(value, str):
        # JSON's escapes are TOML's; TOML wants this one control character escaped as well
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, date):
        return value.isoformat()
    return _number(value)


def _number(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return str(int(value))
    return repr(value)
