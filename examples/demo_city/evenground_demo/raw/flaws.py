"""Every flaw that was planted in the raw files, for the tutorial and for the tests."""

from __future__ import annotations

from evenground_demo.raw.register import old_code_row
from evenground_demo.text_files import texts
from evenground_demo.world import World


def flaws(world: World) -> list[dict[str, str]]:
    """Return the planted flaws file by file: key, file, where in it, what is wrong, the way out."""
    old, right = old_code_row(world)
    fields = {"{old}": old, "{right}": right, "{old_number}": str(int(old))}
    return [
        {name: _filled(text, fields) for name, text in flaw.items()}
        for flaw in texts("raw_flaws")["flaws"]
    ]


def _filled(text: str, fields: dict[str, str]) -> str:
    for sign, value in fields.items():
        text = text.replace(sign, value)
    return text
