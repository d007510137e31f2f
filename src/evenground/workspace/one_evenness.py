"""How evenly the units of one file lie over its areas, beside whole units and chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.margins_of_error import counts_with_margins, counts_without_margins
from evenground.methods.null_allocation import fair_draw
from evenground.methods.validation import Vector
from evenground.questions.reach.measures.area_flags import AreaFlags, flag_areas
from evenground.questions.reach.measures.evenness_null import ChanceBand, dissimilarity_null
from evenground.questions.reach.measures.least_attainable import least_attainable_dissimilarity
from evenground.schema import Kind
from evenground.workspace.plain_tables import PlainTable, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Lots:
    """How lots are drawn, and how sure a verdict is to be (0-1)."""

    seed: int
    n_draws: int
    level: float
    false_discovery_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsOut:
    """One area outside what chance explains; ``adjusted_p`` is compared with half the rate."""

    name: str
    row: int
    units: float
    expected: float
    adjusted_p: float
    fewer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvennessFound:
    """Dissimilarity with its yardsticks, and single areas.

    Attributes
    ----------
    verdict
        ``like_chance``, ``uneven`` or ``more_even``.
    chance
        The index found beside that of lots, 0-1.
    least
        The least that so many whole units attain, 0-1.
    stand_out
        Areas with fewer or more, in the order of the file.
    rate
        False discovery rate of both kinds together, 0-1.
    can_flag_fewer, can_flag_more
        Whether any outcome could have flagged an area.
    n_without_people, units_without_people
        Areas where nobody lives, and the units that stand there.
    """

    verdict: str
    chance: ChanceBand
    least: float
    n_units: int
    stand_out: tuple[StandsOut, ...]
    rate: float
    can_flag_fewer: bool
    can_flag_more: bool
    n_without_people: int
    units_without_people: int


def columns_asked(*, units: str, people: str, margin: str, names: str) -> dict[str, Wanted]:
    """Return the columns to read, those that are not named left out."""
    wanted = {
        "units": Wanted(column=units, option="--units", low=0.0, whole=True),
        "people": Wanted(column=people, option="--people", low=0.0),
        "margin": Wanted(column=margin, option="--margin", low=0.0),
        "id": Wanted(column=names, option="--id", kind=Kind.TEXT, names_rows=True),
    }
    return {name: one for name, one in wanted.items() if one.column}


def evenness_in(table: PlainTable, lots: Lots) -> EvennessFound:
    """Return how evenly units lie; every unit counts as a place of its own.

    Parameters
    ----------
    table
        With ``units`` and ``people``, each adding up to something; perhaps ``margin`` and ``id``.
    lots
        Seed, number of placements, levels.
    """
    units, people = table.number("units"), table.number("people")
    if "margin" in table.columns:
        baseline = counts_with_margins(people, table.number("margin"))
    else:
        baseline = counts_without_margins(people)
    n_units = int(units.sum())
    fair = fair_draw(np.ones(n_units), baseline)
    chance = dissimilarity_null(
        units, fair, rng=np.random.default_rng(lots.seed), n_draws=lots.n_draws, level=lots.level
    )
    flags = flag_areas(units, fair, false_discovery_rate=lots.false_discovery_rate)
    deserted = people == 0
    return EvennessFound(
        verdict=_verdict(chance),
        chance=chance,
        least=least_attainable_dissimilarity(n_units, people).dissimilarity,
        n_units=n_units,
        stand_out=_stand_out(table, units, flags),
        rate=lots.false_discovery_rate,
        can_flag_fewer=flags.attainable.can_flag_fewer,
        can_flag_more=flags.attainable.can_flag_more,
        n_without_people=int(deserted.sum()),
        units_without_people=int(units[deserted].sum()),
    )


def _verdict(chance: ChanceBand) -> str:
    if chance.looks_like_chance:
        return "like_chance"
    return "uneven" if chance.mid_p_high < chance.mid_p_low else "more_even"


def _stand_out(table: PlainTable, units: Vector, flags: AreaFlags) -> tuple[StandsOut, ...]:
    names = table.texts("id") if "id" in table.columns else None
    return tuple(
        StandsOut(
            name=names[at] if names else str(table.rows[at]),
            row=int(table.rows[at]),
            units=float(units[at]),
            expected=float(flags.expected[at]),
            adjusted_p=float(
                flags.adjusted_fewer[at] if flags.fewer[at] else flags.adjusted_more[at]
            ),
            fewer=bool(flags.fewer[at]),
        )
        for at in np.flatnonzero(flags.fewer | flags.more)
    )
