"""Every index of inequality of one column of one file, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import N_
from evenground.methods.inequality import (
    IndexRows,
    Interval,
    KolmPollak,
    Resampling,
    Side,
    atkinson_rows,
    concentration_curve,
    concentration_index,
    concentration_index_rows,
    even_curve,
    fitted_kappa,
    foster_greer_thorbecke_rows,
    gini_rows,
    intervals_of,
    kolm_pollak,
    kolm_pollak_rows,
    lorenz_dominance,
    palma_rows,
    theil_l_decomposition,
    theil_l_rows,
    theil_t_between_rows,
    theil_t_decomposition,
    theil_t_rows,
)
from evenground.methods.validation import Vector
from evenground.schema import Kind
from evenground.workspace.plain_tables import PlainTable, Wanted

ONE_BOUND = ProblemKind(
    code="one_bound",
    what=N_("Only one of --lower and --upper is given."),
    rule=N_("A bounded variable has two ends; its indices need both."),
    way_out=N_("Give both, or neither."),
)
LITERATURE: Mapping[str, str] = {
    "gini": "Gini 1912; Lerman & Yitzhaki 1989, Journal of Econometrics 42, 43–47",
    "palma": "Palma 2011, Development and Change 42, 87–153",
    "theil": "Theil 1967, Economics and Information Theory; "
    "Shorrocks 1980, Econometrica 48, 613–625",
    "atkinson": "Atkinson 1970, Journal of Economic Theory 2, 244–263",
    "kolm_pollak": "Kolm 1976, Journal of Economic Theory 12, 416–442; "
    "Sheriff & Maguire 2020, Risk Analysis 40, 2661–2674",
    "concentration": "Kakwani, Wagstaff & van Doorslaer 1997, Journal of Econometrics 77, 87–103",
    "corrected": "Clarke & Van Ourti 2010, Journal of Health Economics 29, 151–157",
    "erreygers": "Erreygers 2009, Journal of Health Economics 28, 504–515",
    "wagstaff": "Wagstaff 2005, Health Economics 14, 429–432",
    "short": "Foster, Greer & Thorbecke 1984, Econometrica 52, 761–766",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What indices need besides the table.

    ``aversion`` is below 0 for a burden; ``line`` and ``bounds`` may be unknown.
    """

    aversion: float
    line: float | None
    bounds: tuple[float, float] | None
    resampling: Resampling


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFound:
    """One index with its interval, unit and source."""

    name: str
    interval: Interval
    unit: str
    literature: str
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class InequalityFound:
    """All indices, in the order in which they are told.

    Attributes
    ----------
    mean
        In the unit of the values.
    kappa
        Of the Kolm-Pollak index.
    curve
        How the even line lies to the concentration curve: ``first`` if above; empty without rank.
    groups
        People's and values' shares of each group; empty without groups.
    """

    indices: Mapping[str, IndexFound]
    mean: float
    kappa: float
    curve: str
    groups: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    """How an index is made, and what is said about it."""

    rows: IndexRows
    unit: str
    literature: str
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])


def columns_asked(
    *, value: str, people: str, group: str, rank: str, bounds: tuple[float, float] | None
) -> dict[str, Wanted]:
    """Return the columns to read, those that are not named left out."""
    low, high = (0.0, None) if bounds is None else (max(bounds[0], 0.0), bounds[1])
    wanted = {
        "value": Wanted(column=value, option="--value", low=low, high=high),
        "people": Wanted(column=people, option="--people", low=0.0),
        "group": Wanted(column=group, option="--group", kind=Kind.TEXT),
        "rank": Wanted(column=rank, option="--rank"),
    }
    return {name: one for name, one in wanted.items() if one.column}


def bounds_of(lower: float | None, upper: float | None) -> tuple[float, float] | None:
    """Return both bounds, or ``None``.

    Raises
    ------
    UsageError
        If only one is given.
    """
    if lower is None and upper is None:
        return None
    if lower is None or upper is None:
        raise UsageError(ONE_BOUND.at(Place()))
    return lower, upper


def inequality_in(table: PlainTable, asked: Asked, *, seed: int) -> InequalityFound:
    """Return every index that the columns of the table allow.

    Parameters
    ----------
    table
        With ``value``, and with ``people``, ``group`` and ``rank`` where they were asked for.
    asked
        Aversion, line, bounds, and how intervals are made.
    seed
        Of the resamples, which are the same for all indices.

    Raises
    ------
    UsageError
        If there is nothing to share, or a value lies outside the bounds.
    """
    values = table.number("value")
    people = table.number("people") if "people" in table.columns else np.ones_like(values)
    kappa = fitted_kappa(values, people, aversion=asked.aversion)
    recipes = _of_values(asked, kappa) | _short_of_line(asked)
    curve, groups = "", list[dict[str, Any]]()
    if "group" in table.columns:
        names, group_of = np.unique(table.texts("group"), return_inverse=True)
        recipes |= _by_group(group_of.astype(np.int64))
        groups = _group_rows(values, people, names[group_of])
    if "rank" in table.columns:
        rank = table.number("rank")
        recipes |= _by_rank(values, people, rank, asked)
        ranked = concentration_curve(values, rank, weights=people)
        curve = lorenz_dominance(even_curve(), ranked).relation.value
    found = intervals_of(
        {name: one.rows for name, one in recipes.items()},
        values,
        people,
        rng=np.random.default_rng(seed),
        resampling=asked.resampling,
    )
    level: KolmPollak = kolm_pollak(values, people, kappa=kappa)
    indices = {
        name: IndexFound(
            name=name,
            interval=found[name],
            unit=recipes[name].unit,
            literature=recipes[name].literature,
            parameters=recipes[name].parameters,
        )
        for name in _ORDER
        if name in recipes
    }
    return InequalityFound(
        indices=indices, mean=level.mean, kappa=kappa, curve=curve, groups=groups
    )


_ORDER = (
    "gini", "palma", "theil_t", "theil_t_within", "theil_t_between", "theil_l", "theil_l_within",
    "theil_l_between", "atkinson", "kolm_pollak", "concentration", "concentration_corrected",
    "erreygers", "wagstaff", "headcount", "gap", "severity",
)  # fmt: skip


def _of_values(asked: Asked, kappa: float) -> dict[str, _Recipe]:
    aversion = abs(asked.aversion)
    return {
        "gini": _Recipe(rows=gini_rows, unit="share", literature=LITERATURE["gini"]),
        "palma": _Recipe(rows=palma_rows, unit="ratio", literature=LITERATURE["palma"]),
        "theil_t": _Recipe(rows=theil_t_rows, unit="nats", literature=LITERATURE["theil"]),
        "theil_l": _Recipe(rows=theil_l_rows, unit="nats", literature=LITERATURE["theil"]),
        "atkinson": _Recipe(
            rows=partial(atkinson_rows, aversion=aversion),
            unit="share",
            literature=LITERATURE["atkinson"],
            parameters={"aversion": aversion},
        ),
        "kolm_pollak": _Recipe(
            rows=partial(kolm_pollak_rows, kappa=kappa),
            unit="value",
            literature=LITERATURE["kolm_pollak"],
            parameters={"aversion": asked.aversion, "kappa": kappa},
        ),
    }


def _short_of_line(asked: Asked) -> dict[str, _Recipe]:
    if asked.line is None:
        return {}
    side = Side.ABOVE if asked.aversion < 0 else Side.BELOW
    return {
        name: _Recipe(
            rows=partial(foster_greer_thorbecke_rows, line=asked.line, power=power, side=side),
            unit="share",
            literature=LITERATURE["short"],
            parameters={"line": asked.line, "power": power, "side": side.value},
        )
        for name, power in (("headcount", 0.0), ("gap", 1.0), ("severity", 2.0))
    }


def _by_group(group_of: NDArray[np.int64]) -> dict[str, _Recipe]:
    parts = _RowByRow(
        of_one=lambda values, weights: theil_l_decomposition(values, group_of, weights=weights)
    )
    between = partial(theil_t_between_rows, group_of=group_of)

    def within(values: Vector, weight_rows: Vector) -> Vector:
        return np.maximum(theil_t_rows(values, weight_rows) - between(values, weight_rows), 0.0)

    kernels: dict[str, IndexRows] = {
        "theil_t_within": within,
        "theil_t_between": between,
        "theil_l_within": partial(parts.rows, "within"),
        "theil_l_between": partial(parts.rows, "between"),
    }
    return {
        name: _Recipe(rows=rows, unit="nats", literature=LITERATURE["theil"])
        for name, rows in kernels.items()
    }


def _by_rank(values: Vector, people: Vector, rank: Vector, asked: Asked) -> dict[str, _Recipe]:
    order = np.argsort(rank, kind="stable")  # once, not again for every row
    ordered = rank[order]
    relatives = _RowByRow(
        of_one=lambda values, weights: concentration_index(
            values[order], ordered, weights=weights[order], bounds=asked.bounds
        )
    )
    concentration_index(values, rank, weights=people, bounds=asked.bounds)  # says what is wrong
    found = {
        "concentration": _Recipe(
            rows=partial(concentration_index_rows, rank_by=rank),
            unit="index",
            literature=LITERATURE["concentration"],
        ),
        "concentration_corrected": _Recipe(
            rows=partial(relatives.rows, "corrected"),
            unit="index",
            literature=LITERATURE["corrected"],
        ),
    }
    if asked.bounds is not None:
        bounds = {"lower": asked.bounds[0], "upper": asked.bounds[1]}
        for name in ("erreygers", "wagstaff"):
            found[name] = _Recipe(
                rows=partial(relatives.rows, name),
                unit="index",
                literature=LITERATURE[name],
                parameters=bounds,
            )
    return found


@dataclass(slots=True, kw_only=True)
class _RowByRow:
    """A method that takes one row of weights at a time; kernels of its parts share each row."""

    of_one: Callable[[Vector, Vector], Any]
    _last: tuple[Vector, list[Any]] | None = None

    def rows(self, part: str, values: Vector, weight_rows: Vector) -> Vector:
        """Return one part for each row of weights, NaN where there is nothing to share."""
        if self._last is None or self._last[0] is not weight_rows:
            amount = weight_rows @ values
            found = [
                self.of_one(values, weights) if total > 0 else None
                for weights, total in zip(weight_rows, amount, strict=True)
            ]
            self._last = (weight_rows, found)
        return np.array(
            [np.nan if one is None else getattr(one, part) for one in self._last[1]],
            dtype=np.float64,
        )


def _group_rows(values: Vector, people: Vector, label: NDArray[Any]) -> list[dict[str, Any]]:
    parts = theil_t_decomposition(values, label, weights=people)
    return [
        {"group": str(name), "people_share": float(part), "value_share": float(share)}
        for name, part, share in zip(
            parts.groups, parts.people_share, parts.value_share, strict=True
        )
    ]
