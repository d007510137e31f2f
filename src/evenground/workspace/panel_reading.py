"""Read a pool of people and the quotas of a panel from two files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenground.errors import InvalidInputError, NotFoundError, Problem, nearest_name
from evenground.methods.validation import Whole
from evenground.questions.voice.measures.sortition.people_classes import Quota
from evenground.schema import Kind
from evenground.workspace import panel_messages as say
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import Layout, PlainTable, Wanted

_NAMES = (("feature", "value"), ("category", "name"))
"""How quotas are headed: here, and by StratifySelect and Panelot."""
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """People and quotas as arrays.

    Attributes
    ----------
    ids
        Of people, in the order of the file.
    features
        Names of the features that have quotas.
    values
        For each feature, its values in the order of the quotas.
    codes, shape (n_people, n_features)
        Position of each person's value.
    households, shape (n_people,)
        Numbers that name households, or ``None``.
    quotas, quota_rows
        Quotas and the rows of the file where they stand.
    tables
        What was read.
    """

    ids: tuple[str, ...]
    features: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    codes: Whole
    households: Whole | None
    quotas: tuple[Quota, ...]
    quota_rows: tuple[int, ...]
    tables: tuple[PlainTable, ...]

    def quota_name(self, at: int) -> str:
        """Return what people call a quota."""
        one = self.quotas[at]
        return f"{self.features[one.feature]} {self.values[one.feature][one.value]}"


def read_pool(
    people: Path, quotas: Path, *, person: str = "id", household: str = "", decimal: str = ""
) -> Pool:
    """Read people and quotas.

    Parameters
    ----------
    people
        A row for each person: an id, and a column for each feature that the quotas name.
    quotas
        Columns feature, value, min, max (or category, name, min, max).
    person, household
        Columns of people; no household column means that households do not matter.
    decimal
        Decimal mark.

    Raises
    ------
    NotFoundError
        If a file or column is missing.
    InvalidInputError
        If quotas or people break a rule; everything wrong in a file is listed.
    """
    table = _quota_table(quotas, decimal)
    features, values, limits = _quotas(table)
    wanted = {"person": Wanted(column=person, option="--id", kind=Kind.TEXT, may_lack=True)}
    if household:
        wanted["household"] = Wanted(
            column=household, option="--household", kind=Kind.TEXT, may_lack=True
        )
    for feature in features:
        wanted[f"feature {feature}"] = Wanted(
            column=feature, option="--quotas", kind=Kind.TEXT, may_lack=True
        )
    pool = read_plain_table(people, wanted, layout=Layout(decimal=decimal))
    ids = [text.strip() for text in pool.texts("person")]
    wrong = [*_id_problems(pool, ids)]
    codes = np.zeros((len(ids), len(features)), dtype=np.int64)
    for at, feature in enumerate(features):
        cells = [text.strip() for text in pool.texts(f"feature {feature}")]
        place = {value: code for code, value in enumerate(values[at])}
        wrong += _value_problems(pool, cells, name=f"feature {feature}", known=values[at], ids=ids)
        codes[:, at] = [place.get(cell, 0) for cell in cells]
    if wrong:
        raise InvalidInputError(*wrong)
    return Pool(
        ids=tuple(ids),
        features=features,
        values=values,
        codes=codes,
        households=_households(pool) if household else None,
        quotas=limits,
        quota_rows=tuple(int(row) for row in table.rows),
        tables=(pool, table),
    )


def _quota_table(path: Path, decimal: str) -> PlainTable:
    ends = {
        name: Wanted(column=name, option="--quotas", low=0.0, whole=True, may_lack=True)
        for name in ("min", "max")
    }
    first: NotFoundError | None = None
    for feature, value in _NAMES:
        names = {
            "feature": Wanted(column=feature, option="--quotas", kind=Kind.TEXT, may_lack=True),
            "value": Wanted(column=value, option="--quotas", kind=Kind.TEXT, may_lack=True),
        }
        try:
            return read_plain_table(path, {**names, **ends}, layout=Layout(decimal=decimal))
        except NotFoundError as error:
            first = first or error
    raise first or NotFoundError()


def _quotas(
    table: PlainTable,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[Quota, ...]]:
    features = [text.strip() for text in table.texts("feature")]
    values = [text.strip() for text in table.texts("value")]
    low, high = table.number("min"), table.number("max")
    wrong: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for at, pair in enumerate(zip(features, values, strict=True)):
        ends = {"min": low[at], "max": high[at]}
        empty = [name for name, end in ends.items() if np.isnan(end)]
        empty += [name for name, text in zip(("feature", "value"), pair, strict=True) if not text]
        wrong += [say.QUOTA_OPEN.at(table.at(at, name)) for name in empty]
        if not empty and low[at] > high[at]:
            wrong.append(
                say.QUOTA_CROSSED.at(
                    table.at(at, "min"), value=" ".join(pair), low=int(low[at]), high=int(high[at])
                )
            )
        if pair in seen:
            first = int(table.rows[seen[pair]])
            wrong.append(
                say.QUOTA_TWICE.at(table.at(at, "value"), value=" ".join(pair), first=first)
            )
        seen.setdefault(pair, at)
    if wrong:
        raise InvalidInputError(*wrong)
    names = tuple(dict.fromkeys(features))
    known = tuple(tuple(v for f, v in seen if f == name) for name in names)
    return (
        names,
        known,
        tuple(
            Quota(
                feature=names.index(f),
                value=known[names.index(f)].index(v),
                low=int(low[at]),
                high=int(high[at]),
            )
            for at, (f, v) in enumerate(zip(features, values, strict=True))
        ),
    )


def _id_problems(pool: PlainTable, ids: Sequence[str]) -> Iterable[Problem]:
    seen: dict[str, int] = {}
    for at, one in enumerate(ids):
        if not one:
            yield say.NO_ID.at(pool.at(at, "person"))
        elif one in seen:
            first = int(pool.rows[seen[one]])
            yield say.NOBODY_TWICE.at(pool.at(at, "person"), value=one, first=first)
        else:
            seen[one] = at


def _value_problems(
    pool: PlainTable, cells: Sequence[str], *, name: str, known: Sequence[str], ids: Sequence[str]
) -> Iterable[Problem]:
    """Yield a problem for each value that no quota names, at its first row."""
    first: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if cell not in known:
            first.setdefault(cell, at)
    for cell, at in first.items():
        place, n_rows = pool.at(at, name), sum(other == cell for other in cells)
        if not cell:
            yield say.NO_FEATURE.at(place, n_rows=n_rows, person=ids[at])
            continue
        shown = ", ".join(known[:_SHOWN]) + (", …" if len(known) > _SHOWN else "")
        yield say.UNKNOWN_VALUE.at(
            place,
            value=cell,
            nearest=nearest_name(cell, known),
            n_rows=n_rows,
            person=ids[at],
            known=shown,
        )


def _households(pool: PlainTable) -> Whole:
    """Return numbers of households; who has none is a household alone."""
    names = [text.strip() for text in pool.texts("household")]
    numbers: dict[str, int] = {}
    return np.array(
        [
            numbers.setdefault(f"name {name}" if name else f"row {at}", len(numbers))
            for at, name in enumerate(names)
        ],
        dtype=np.int64,
    )
