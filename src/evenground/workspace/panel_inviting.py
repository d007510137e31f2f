"""Letters to households of a register, so that enough people of each stratum come to a pool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenground.errors import InvalidInputError, Place, Problem, UsageError, nearest_name
from evenground.methods.validation import Whole
from evenground.questions.voice.measures.sortition.invitations import (
    InvitationPlan,
    drawn_households,
    invitation_plan,
)
from evenground.schema import Kind
from evenground.workspace import panel_messages as say
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import PlainTable, Wanted

SEED = 20_260_101


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersAsked:
    """Columns of the register, letters in all, and the seed of the draw."""

    household: str
    stratum: str
    n_letters: int
    seed: int = SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersFound:
    """The plan and the draw.

    Attributes
    ----------
    asked, tables
        What was asked for and read.
    strata
        Names, in the order of their file.
    households, shape (n_strata,)
        Households of the register in each.
    needed
        People needed from each.
    plan
        Letters by stratum.
    drawn
        Names of the households that get a letter, in the order of the register.
    """

    asked: LettersAsked
    tables: tuple[PlainTable, ...]
    strata: tuple[str, ...]
    households: tuple[int, ...]
    needed: tuple[float, ...]
    plan: InvitationPlan
    drawn: tuple[str, ...]


def letters_drawn(register: Path, strata: Path, asked: LettersAsked) -> LettersFound:
    """Return how letters are divided, and who gets one.

    Parameters
    ----------
    register
        A row for each person or household, with columns for household and stratum; rows of one
        household count once.
    strata
        Columns stratum, needed (people in the pool) and response (chance that a letter brings one).
    asked
        Columns, letters and seed.

    Raises
    ------
    NotFoundError
        If a file or column is missing.
    InvalidInputError
        If a stratum of the register is not in the other file or answers no letter, or a household
        is in two strata.
    UsageError
        If letters outnumber households.
    """
    table = read_plain_table(
        strata,
        {
            "stratum": Wanted(column="stratum", option="--strata", kind=Kind.TEXT),
            "needed": Wanted(column="needed", option="--strata", low=0.0),
            "response": Wanted(column="response", option="--strata", low=0.0, high=1.0),
        },
    )
    listed = read_plain_table(
        register,
        {
            "household": Wanted(column=asked.household, option="--household", kind=Kind.TEXT),
            "stratum": Wanted(column=asked.stratum, option="--stratum", kind=Kind.TEXT),
        },
    )
    names = tuple(text.strip() for text in table.texts("stratum"))
    repeated = [
        say.STRATUM_TWICE.at(table.at(at, "stratum"), value=name)
        for at, name in enumerate(names)
        if name in names[:at]
    ]
    if repeated:
        raise InvalidInputError(*repeated)
    homes = _homes(listed, names)
    stratum_of = np.array(list(homes.values()), dtype=np.int64)
    counts = np.bincount(stratum_of, minlength=len(names))
    _refuse_impossible(table, counts, asked)
    plan = invitation_plan(
        counts, table.number("needed"), response=table.number("response"), n_letters=asked.n_letters
    )
    chosen = drawn_households(stratum_of, plan.letters, rng=np.random.default_rng(asked.seed))
    every = list(homes)
    return LettersFound(
        asked=asked,
        tables=(listed, table),
        strata=names,
        households=tuple(counts.tolist()),
        needed=tuple(table.number("needed").tolist()),
        plan=plan,
        drawn=tuple(every[at] for at in chosen.tolist()),
    )


def _refuse_impossible(table: PlainTable, counts: Whole, asked: LettersAsked) -> None:
    names, response = table.texts("stratum"), table.number("response")
    wrong = [
        say.NO_ANSWERS.at(table.at(int(at), "response"), value=names[at].strip())
        for at in np.flatnonzero(response <= 0)
    ]
    if wrong:
        raise InvalidInputError(*wrong)
    n_homes = int(counts.sum())
    if asked.n_letters > n_homes:
        raise UsageError(say.MANY_LETTERS.at(Place(), value=asked.n_letters, n_households=n_homes))


def _homes(listed: PlainTable, names: tuple[str, ...]) -> dict[str, int]:
    """Return the stratum of each household, in the order of the register."""
    place = {name: at for at, name in enumerate(names)}
    homes: dict[str, int] = {}
    wrong: list[Problem] = []
    strange: dict[str, list[int]] = {}
    for at, (home, text) in enumerate(
        zip(listed.texts("household"), listed.texts("stratum"), strict=True)
    ):
        stratum = text.strip()
        if stratum not in place:
            strange.setdefault(stratum, []).append(at)
        elif homes.setdefault(home.strip(), place[stratum]) != place[stratum]:
            wrong.append(say.TWO_STRATA.at(listed.at(at, "household"), value=home.strip()))
    wrong += [
        say.UNKNOWN_STRATUM.at(
            listed.at(rows[0], "stratum"),
            value=stratum,
            nearest=nearest_name(stratum, names),
            n_rows=len(rows),
            known=", ".join(names),
        )
        for stratum, rows in strange.items()
    ]
    if wrong:
        raise InvalidInputError(*wrong)
    return homes
