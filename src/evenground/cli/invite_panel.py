"""``evenground invite-panel``: whom to write to, so that a panel can be drawn from who says yes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from evenground.cli.inputs import input_data, input_lines, method_lines, versions
from evenground.cli.options import AsJson, Seed
from evenground.cli.paragraphs import paragraph
from evenground.cli.printing import say, say_json
from evenground.cli.tables import table_lines
from evenground.cli.wording import invite_panel as words
from evenground.language import Language, language

if TYPE_CHECKING:
    from evenground.workspace.panel_inviting import LettersFound

_Option = typer.Option
Register: TypeAlias = Annotated[Path, typer.Argument(help="A row for each household or person.")]
Strata: TypeAlias = Annotated[
    Path, _Option(help="Columns stratum, needed (people in the pool), response (chance, 0-1).")
]
Letters: TypeAlias = Annotated[int, _Option(min=1, help="Letters in all.")]
Household: TypeAlias = Annotated[str, _Option(help="Column that names households.")]
Stratum: TypeAlias = Annotated[str, _Option(help="Column of strata: areas, districts.")]
SOURCES = (
    "Flanigan, Gölz, Gupta & Procaccia 2020, Advances in Neural Information Processing Systems 33",
    "Cochran 1977, Sampling techniques, 3rd edition, Wiley",
)
_LIKELY = 0.5


def invite_panel(  # noqa: PLR0913 - a command's options, each with a name
    register: Register,
    *,
    strata: Strata,
    letters: Letters,
    household: Household = "household",
    stratum: Stratum = "stratum",
    seed: Seed = None,
    as_json: AsJson = False,
) -> None:
    """Divide letters among strata, draw the households, and say what pool can be expected."""
    from evenground.workspace.panel_inviting import SEED, LettersAsked, letters_drawn

    asked = LettersAsked(
        household=household,
        stratum=stratum,
        n_letters=letters,
        seed=SEED if seed is None else seed,
    )
    found = letters_drawn(register, strata, asked)
    speaks = language("en")
    if as_json:
        say_json(_data(found, speaks))
        return
    for line in _lines(found, speaks):
        say(line)


def _lines(found: LettersFound, speaks: Language) -> Iterator[str]:
    for sentence in _sentences(found, speaks):
        yield from paragraph(sentence)
    yield ""
    rows = [
        [one["stratum"], str(one["households"]), str(one["letters"]), f"{one['needed']:g}",
         f"{one['expected']:.1f}", f"{one['low']:g}-{one['high']:g}",
         f"{100 * one['enough']:.0f} %"]
        for one in _strata(found)
    ]  # fmt: skip
    yield from table_lines([speaks.text(one) for one in words.HEADER], rows)
    yield ""
    yield from (f"  {name}" for name in found.drawn)
    yield ""
    yield from input_lines(found.tables, speaks)
    yield from paragraph(speaks.say(words.SEED, {"seed": found.asked.seed}))
    yield from method_lines(SOURCES, speaks)


def _sentences(found: LettersFound, speaks: Language) -> Iterator[str]:
    known = {"n": len(found.drawn), "n_households": sum(found.households)}
    yield speaks.say(words.LETTERS, known)
    sums = {"expected": round(float(found.plan.expected.sum())), "needed": round(sum(found.needed))}
    yield speaks.say(words.EXPECTED, sums)
    short = [one["stratum"] for one in _strata(found) if one["enough"] < _LIKELY]
    if short:
        yield speaks.say(words.SHORT, {"names": short})
    yield speaks.text(words.ASSUMED)


def _strata(found: LettersFound) -> Iterator[dict[str, Any]]:
    plan = found.plan
    for at, name in enumerate(found.strata):
        yield {
            "stratum": name,
            "households": found.households[at],
            "letters": int(plan.letters[at]),
            "chance": float(plan.chances[at]),
            "needed": found.needed[at],
            "expected": float(plan.expected[at]),
            "low": float(plan.low[at]),
            "high": float(plan.high[at]),
            "enough": float(plan.enough[at]),
            "letters_short": int(plan.short[at]),
        }


def _data(found: LettersFound, speaks: Language) -> dict[str, Any]:
    return {
        "command": "invite-panel",
        "versions": versions(),
        "strata": list(_strata(found)),
        "households": list(found.drawn),
        "seed": found.asked.seed,
        "sentences": list(_sentences(found, speaks)),
        "inputs": input_data(found.tables, speaks),
        "literature": list(SOURCES),
    }
