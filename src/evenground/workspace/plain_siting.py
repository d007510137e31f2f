"""Demand with its groups and candidates with their states, from plain files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import InvalidInputError, Place, ProblemKind, UsageError, nearest_name
from evenground.methods.validation import Flags, Vector
from evenground.schema import Kind
from evenground.stores.cells.marks import mark_of
from evenground.stores.cells.numbers import readings
from evenground.stores.listing import capped
from evenground.workspace import plain_siting_messages as say
from evenground.workspace.coordinates import MOST
from evenground.workspace.plain_pairs import refuse_repeated
from evenground.workspace.plain_points import X, Y
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import Layout, PlainTable, Wanted

OPEN, FORCED, FORBIDDEN, EXISTING = "open", "forced", "forbidden", "existing"
STATES: Mapping[str, str] = {"": OPEN} | {one: one for one in (OPEN, FORCED, FORBIDDEN, EXISTING)}
YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "oui", "si", "sí"})
NO = frozenset({"", "no", "n", "false", "0", "nej", "nein", "non", "nee"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the files call their columns; what is empty has its usual name, if the file has it.

    ``weight`` is ``None`` where each place counts once.
    """

    demand: str = "id"
    candidate: str = "id"
    weight: str | None = "weight"
    groups: tuple[str, ...] = ()
    state: str = ""
    today: str = ""
    cost: str = ""
    capacity: str | None = ""
    district: str = ""
    x: str = ""
    y: str = ""
    needs_cost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """People of each group at each place.

    Attributes
    ----------
    names
        Of the groups, in the order of their columns, names of one column in alphabetical order.
    people, shape (n_groups, n)
        People of each group at each place.
    columns
        Column to how it was read: "share" (0-1 of the people there), "people" or "names".
    """

    names: tuple[str, ...]
    people: Vector
    columns: Mapping[str, str] = field(default_factory=dict[str, str])


def read_demand(path: Path, named: Named, *, layout: Layout) -> PlainTable:
    """Return demand places: columns ``id``, ``people``, perhaps coordinates, and groups.

    Raises
    ------
    UsageError
        If a column of groups is named twice.
    InvalidInputError
        If two rows have the same name, or nobody lives anywhere.
    EvengroundError
        As ``read_plain_table`` does.
    """
    twice = sorted({one for one in named.groups if named.groups.count(one) > 1})
    if twice:
        raise UsageError(*(say.TWICE_ASKED.at(Place(), value=one) for one in twice))
    wanted = {"id": Wanted(column=named.demand, option="--id", kind=Kind.TEXT, names_rows=True)}
    if named.weight is not None:
        wanted["people"] = Wanted(column=named.weight, option="--weight", low=0.0)
    wanted |= _coordinates(named)
    groups = {
        group_key(one): Wanted(column=one, option="--groups", kind=Kind.TEXT, may_lack=True)
        for one in named.groups
    }
    table = read_plain_table(path, wanted | groups, layout=layout)
    numbers = {
        key: replace(one, kind=Kind.NUMBER, low=0.0)
        for key, one in groups.items()
        if _are_numbers(table.texts(key))
    }
    if numbers:
        table = read_plain_table(path, wanted | groups | numbers, layout=layout)
    refuse_repeated(table, table.texts("id"), ("id",))
    return table.with_something("people", *numbers)


def group_key(column: str) -> str:
    """Return what a column of groups is asked for by."""
    return f"group:{column}"


def _coordinates(named: Named) -> dict[str, Wanted]:
    return {
        key: Wanted(
            column=said or key, option=f"--{key}", may_lack=True, unless_shapes=True,
            if_there=not said,
        )
        for key, said in ((X, named.x), (Y, named.y))
    }  # fmt: skip


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether a column holds numbers, but for slips and signs for missing values."""
    some = {text for text in texts if mark_of(text) is None}
    read = [readings(text) for text in some]
    n_numbers = sum(one.point is not None or one.comma is not None for one in read)
    return n_numbers > MOST * len(some)


def groups_of(demand: PlainTable, columns: Sequence[str]) -> tuple[PlainTable, Groups]:
    """Return the groups of demand places, and the table with what was noticed.

    A column of numbers is a group: shares of the people of a place if all lie within 0-1, numbers
    of people otherwise. A column of texts names the group that a place's people belong to.
    """
    people = weights_of(demand)
    found: dict[str, Vector] = {}
    kinds: dict[str, str] = {}
    for column in columns:
        key = group_key(column)
        if demand.wanted[key].kind is Kind.NUMBER:
            kinds[column], members = _counted(demand.number(key), people)
            found[_fresh(column, column, found)] = members
            demand = _noting_counts(demand, column, members, people)
            continue
        kinds[column] = "names"
        texts: NDArray[Any] = np.array(demand.texts(key), dtype=np.object_)
        demand = _noting_gaps(demand, column, np.asarray(texts == "", dtype=np.bool_))
        for name in sorted(set(texts.tolist()) - {""}):
            members = np.where(texts == name, people, 0.0)
            if members.any():
                found[_fresh(name, column, found)] = members
            else:
                at = replace(demand.place, column=column)
                demand = demand.noting(say.NOBODY_IN_GROUP.at(at, value=name))
    rows = np.array(list(found.values())).reshape(len(found), demand.n_used)
    return demand, Groups(names=tuple(found), people=rows, columns=kinds)


def weights_of(demand: PlainTable) -> Vector:
    """Return the people of each place; 1 where no column of people was named."""
    return demand.number("people") if "people" in demand.columns else np.ones(demand.n_used)


def _counted(values: Vector, people: Vector) -> tuple[str, Vector]:
    known = np.where(np.isfinite(values), values, 0.0)
    if (known <= 1).all():
        return "share", known * people
    return "people", known


def _fresh(name: str, column: str, taken: Mapping[str, Vector]) -> str:
    return name if name not in taken else f"{column}: {name}"


def _noting_counts(demand: PlainTable, column: str, members: Vector, people: Vector) -> PlainTable:
    demand = _noting_gaps(demand, column, ~np.isfinite(demand.number(group_key(column))))
    above = np.flatnonzero(members > people * (1 + 1e-9))
    if not above.size:
        return demand
    at = demand.at(int(above[0]), group_key(column))
    return demand.noting(say.MORE_THAN_PEOPLE.at(at, n_rows=above.size))


def _noting_gaps(demand: PlainTable, column: str, gaps: Flags) -> PlainTable:
    if not gaps.any():
        return demand
    at = demand.at(int(np.flatnonzero(gaps)[0]), group_key(column))
    return demand.noting(say.NOT_KNOWN_FOR_GROUP.at(at, n_rows=int(gaps.sum())))


def read_candidates(path: Path, named: Named, *, layout: Layout) -> PlainTable:
    """Return candidates: column ``id``, and those of ``state``, ``today`` … that there are.

    Raises
    ------
    InvalidInputError
        If two rows have the same name, or a state is not known (each is listed).
    EvengroundError
        As ``read_plain_table`` does.
    """
    wanted = {
        "id": Wanted(column=named.candidate, option="--site-id", kind=Kind.TEXT, names_rows=True),
        "state": _text(named.state, "state", "--state"),
        "today": _text(named.today, "today", "--today-column"),
        "district": _text(named.district, "district", "--district"),
        "cost": Wanted(
            column=named.cost or "cost", option="--cost", low=0.0, may_lack=not named.needs_cost,
            if_there=not (named.cost or named.needs_cost),
        ),
        **_coordinates(named),
    }  # fmt: skip
    if named.capacity is not None:
        wanted["capacity"] = Wanted(
            column=named.capacity or "capacity", option="--capacity", low=0.0, may_lack=True,
            if_there=not named.capacity,
        )  # fmt: skip
    table = read_plain_table(path, wanted, layout=layout)
    refuse_repeated(table, table.texts("id"), ("id",))
    _refuse_words(table, "state", STATES, say.UNKNOWN_STATE)
    _refuse_words(table, "today", YES | NO, say.NEITHER_YES_NOR_NO)
    return table


def _text(said: str, usual: str, option: str) -> Wanted:
    return Wanted(
        column=said or usual, option=option, kind=Kind.TEXT, may_lack=True, if_there=not said
    )


def _refuse_words(
    table: PlainTable, name: str, known: Mapping[str, str] | frozenset[str], kind: ProblemKind
) -> None:
    if name not in table.columns:
        return
    words = _words(table, name)
    odd = [at for at, word in enumerate(words) if word not in known]
    if odd:
        shown = table.texts(name)
        raise InvalidInputError(*capped(kind.at(table.at(at, name), value=shown[at]) for at in odd))


def _words(table: PlainTable, name: str) -> list[str]:
    return [text.strip().casefold() for text in table.texts(name)]


def states_of(candidates: PlainTable) -> list[str]:
    """Return the state of each candidate."""
    if "state" not in candidates.columns:
        return [OPEN] * candidates.n_used
    return [STATES[word] for word in _words(candidates, "state")]


def today_of(candidates: PlainTable, today: PlainTable | None) -> Flags | None:
    """Return which candidates stand today; ``None`` if nobody says.

    Parameters
    ----------
    candidates
        With a column ``today``, or states of which some are "existing", if anything says it there.
    today
        The sites of today, by name, if a file of them was given.

    Raises
    ------
    InvalidInputError
        If a site of today is no candidate; each is listed.
    """
    names = candidates.texts("id")
    if today is not None:
        known = set(names)
        strange = [at for at, name in enumerate(today.texts("id")) if name not in known]
        _refuse_strange(today, strange, candidates)
        listed = set(today.texts("id"))
        return np.array([name in listed for name in names], dtype=np.bool_)
    existing = np.array([state == EXISTING for state in states_of(candidates)], dtype=np.bool_)
    if "today" in candidates.columns:
        return existing | np.array([word in YES for word in _words(candidates, "today")])
    return existing if existing.any() else None


def _refuse_strange(today: PlainTable, strange: Sequence[int], candidates: PlainTable) -> None:
    if not strange:
        return
    names, known = today.texts("id"), candidates.texts("id")
    raise InvalidInputError(
        *capped(
            say.NOT_A_CANDIDATE.at(
                today.at(at, "id"), value=names[at], other=candidates.place.file,
                nearest=nearest_name(names[at], known),
            )
            for at in strange
        )
    )  # fmt: skip


def read_today(path: Path, named: Named, *, layout: Layout) -> PlainTable:
    """Return the sites of today: names of candidates.

    Raises
    ------
    EvengroundError
        As ``read_plain_table`` does.
    """
    column = Wanted(column=named.candidate, option="--site-id", kind=Kind.TEXT, names_rows=True)
    return read_plain_table(path, {"id": column}, layout=layout)
