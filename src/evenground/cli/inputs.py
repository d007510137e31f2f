"""What a command on plain files read, left out and rests on: said to people, and as data."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from evenground.language import N_, NN_, Language

if TYPE_CHECKING:
    from evenground.errors import Problem
    from evenground.workspace.plain_tables import PlainTable

READ = N_("Read {file}: rows read {n_read:count}, used {n_used:count}.")
READ_SHEET = N_("Read {file}, sheet {sheet}: rows read {n_read:count}, used {n_used:count}.")
ASIDE = NN_(
    "{n} row set aside: {why}.",
    "{n} rows set aside: {why}.",
)
SEED = N_("Random draws: {n_draws:count}, from seed {seed}. The same input gives the same output.")
METHODS = N_("Sources of the methods:")


def input_lines(tables: Sequence[PlainTable], speaks: Language) -> Iterator[str]:
    """Yield what became of each file, reasons and notes included."""
    from evenground.workspace.telling_problems import printable

    for table in tables:
        known = {
            "file": printable(table.place.file),
            "sheet": printable(table.place.sheet),
            "n_read": table.n_read,
            "n_used": table.n_used,
        }
        yield speaks.say(READ_SHEET if table.place.sheet else READ, known)
        for why, n in _told(table.set_aside, speaks):
            yield "  " + speaks.say(ASIDE, {"n": n, "why": why.rstrip(".")})
        for sentence in dict.fromkeys(why for why, _ in _told(table.noticed, speaks)):
            yield f"  {sentence}"


def input_data(tables: Sequence[PlainTable], speaks: Language) -> list[dict[str, Any]]:
    """Return the same as data: file, hash, rows, reasons, notes."""
    return [
        {
            "file": table.place.file,
            "sheet": table.place.sheet,
            "sha256": table.sha256,
            "columns": {name: one.column for name, one in table.wanted.items()},
            "rows_read": table.n_read,
            "rows_used": table.n_used,
            "set_aside": [{"rows": n, "why": why} for why, n in _told(table.set_aside, speaks)],
            "noticed": list(dict.fromkeys(why for why, _ in _told(table.noticed, speaks))),
        }
        for table in tables
    ]


def versions() -> dict[str, str]:
    """Return the versions of what the numbers depend on."""
    import numpy as np
    import scipy

    from evenground import __version__

    python = ".".join(str(part) for part in sys.version_info[:3])
    return {
        "evenground": __version__,
        "python": python,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
    }


def as_data(value: Any) -> Any:
    """Return a result as JSON has it: lists, null for no number, ``Infinity`` for no end."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        entries = cast("Mapping[Any, Any]", value)
        return {str(key): as_data(one) for key, one in entries.items()}
    if isinstance(value, (list, tuple)):
        return [as_data(one) for one in cast("Iterable[Any]", value)]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    return value


def method_data(name: str, literature: str, speaks: Language) -> dict[str, str]:
    """Return a method's name and its source."""
    return {"method": speaks.text(name), "literature": literature}


def method_lines(sources: Iterable[str], speaks: Language) -> Iterator[str]:
    """Yield the sources of the methods, each once."""
    yield speaks.text(METHODS)
    for source in dict.fromkeys(sources):
        yield f"  {source}"


def _told(problems: Iterable[Problem], speaks: Language) -> list[tuple[str, int]]:
    from evenground.workspace.telling_problems import tell

    return [(tell(problem, speaks).what, problem.n_rows) for problem in problems]
