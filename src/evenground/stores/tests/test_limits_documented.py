"""SECURITY.md lists every reading limit with the value that is in force."""

import re
from pathlib import Path

from evenground.stores import limits

ROW = re.compile(r"^\| `(\w+)` \| ([\d,]+)(?: (MiB|GiB))? \|", re.MULTILINE)
UNITS = {"": 1, "MiB": 2**20, "GiB": 2**30}


def test_the_table_says_what_is_in_force():
    text = Path(__file__).parents[4].joinpath("SECURITY.md").read_text(encoding="utf-8")
    written = {
        name: int(number.replace(",", "")) * UNITS[unit] for name, number, unit in ROW.findall(text)
    }
    in_force = {
        name: int(getattr(limits, name))
        for name in dir(limits)
        if name.startswith(("MAX_", "FREE_"))
    }
    assert written == in_force
