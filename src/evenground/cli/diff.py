"""``evenground diff``: what differs between two dossiers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from evenground.cli.printing import say, say_json
from evenground.language import N_, NN_, language

if TYPE_CHECKING:
    from evenground.dossier.compare import Difference

SAME = N_("The two dossiers are the same: {seal}")
DETAILS = NN_(
    "{n} more difference in tables, figures and their data; see it with --json.",
    "{n} more differences in tables, figures and their data; see them with --json.",
)
TITLES: Mapping[str, str] = {
    "answer": N_("Answers"),
    "verdict": N_("Verdicts"),
    "number": N_("Numbers"),
    "finding": N_("Findings that came or went"),
    "initiative": N_("What is proposed"),
    "input": N_("What was read"),
    "setting": N_("Choices"),
    "first_screen": N_("First screen"),
    "about": N_("About the dossier"),
    "words": N_("Words beside a finding"),
}
ABSENT = N_("(not there)")
_LONGEST = 160
_SAYS_FIRST = ("sentence", "headline", "words", "what", "name", "meaning", "file")


def diff(
    before: Annotated[Path, typer.Argument(help="dossier.json, or its folder.")],
    after: Annotated[Path, typer.Argument(help="Another dossier.json, or its folder.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print every difference as JSON.")
    ] = False,
) -> None:
    """Say what differs between two dossiers: answers, verdicts, numbers, inputs, choices."""
    from evenground.dossier.compare import compare
    from evenground.workspace.dossier_files import open_dossier

    one, other = open_dossier(before), open_dossier(after)
    found = compare(one, other)
    if as_json:
        say_json(
            {
                "seals": [one.seal, other.seal],
                "differences": [_as_data(difference) for difference in found],
            }
        )
        return
    for line in lines(found, seal=one.seal):
        say(line)


def lines(found: tuple[Difference, ...], *, seal: str) -> Iterator[str]:
    """Yield what a person reads: one part after the other, before and after below one another."""
    speaks = language("en")
    if not found:
        yield speaks.say(SAME, {"seal": seal[:12]})
    for part, differences in groupby(found, key=lambda one: one.part.value):
        if part == "detail":
            yield speaks.say(DETAILS, {"n": len(list(differences))})
            continue
        yield speaks.text(TITLES[part])
        for one in differences:
            yield f"  {_where(one.place)}"
            yield f"    - {_told(one.before, speaks.text(ABSENT))}"
            yield f"    + {_told(one.after, speaks.text(ABSENT))}"


def _where(place: tuple[str, ...]) -> str:
    steps = [step for step in place if step not in _BETWEEN]
    return " / ".join(steps) or "dossier"


_BETWEEN = frozenset({"sections", "headline", "findings", "finding", "estimates", "first_screen"})


def _told(value: Any, absent: str) -> str:
    if value is None:
        return absent
    if isinstance(value, dict):
        text = _told_record(cast("dict[str, Any]", value))
    elif isinstance(value, list):
        text = "; ".join(_told(item, absent) for item in cast("list[Any]", value))
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _told_record(value: dict[str, Any]) -> str:
    """Say an estimate as number and interval, any other record by what it says first."""
    if {"value", "low", "high", "unit"} <= set(value):
        interval = "" if value["low"] is None else f" ({value['low']} to {value['high']})"
        number = "" if value["value"] is None else value["value"]
        return f"{number}{interval} {value['unit']}".strip()
    said = [value[key] for key in _SAYS_FIRST if key in value]
    if said:
        return _told(said[0], "")
    return ", ".join(f"{key}: {_told(item, '')}" for key, item in value.items() if item)


def _as_data(one: Difference) -> dict[str, Any]:
    return {
        "part": one.part.value,
        "place": list(one.place),
        "before": one.before,
        "after": one.after,
    }
