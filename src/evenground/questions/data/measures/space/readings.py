"""Other ways in which a pair of coordinates may have been meant, each with what it takes.

A reading turns what is written into what may have been meant: a decimal point moved, a sign lost,
the two columns swapped, degrees and minutes written as if they were decimals. The fewer slips it
takes, the likelier; among readings of equally many slips that lead into the city none is preferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.data.measures.space.region import Region, within

TIMES_10, TIMES_100, TENTH, HUNDREDTH = "times_10", "times_100", "tenth", "hundredth"
SIGN_LOST, SWAPPED, DEGREES_MINUTES = "sign_lost", "swapped", "degrees_minutes"
POINT_LOST, FEET, OTHER_SYSTEM, ZERO = "point_lost", "feet", "other_system", "zero"

FAULTS = (
    TIMES_10, TIMES_100, TENTH, HUNDREDTH, SIGN_LOST, SWAPPED, DEGREES_MINUTES, POINT_LOST, FEET,
    OTHER_SYSTEM, ZERO,
)  # fmt: skip
"""Codes of all faults; the wording ``fault.<code>`` says each in words."""
METRES_IN_FOOT = 1200 / 3937
"""The survey foot, in which many of the United States' own grids are published."""
MINUTES = 60
_HUNDRED = 100
FEWEST_LOST = 3
"""Fewer lost decimals are told as ten or a hundred times too large."""

Pair = tuple[Vector, Vector]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One other way to read coordinates.

    Attributes
    ----------
    faults
        ``(axis, code)`` for each slip that it takes; the axis is ``x``, ``y`` or ``both``.
    slips
        How many slips.
    x, y, shape (n,)
        What would have been meant; not a number where it cannot be read so.
    system
        The other coordinate system that it was written in, if that is the fault.
    unsure
        Whether it can move a place by little, so that a true place outside may be read so too.
    """

    faults: tuple[tuple[str, str], ...]
    slips: int
    x: Vector
    y: Vector
    system: str = ""
    unsure: bool = False


def readings(x: Vector, y: Vector, region: Region) -> Iterator[Reading]:
    """Yield every other reading of coordinates, shape (n,) each, in no order of likelihood."""
    by_x, by_y = _of_one(x, degrees=region.degrees), _of_one(y, degrees=region.degrees)
    for (code_x, value_x), (code_y, value_y) in product(by_x, by_y):
        faults = tuple((axis, code) for axis, code in (("x", code_x), ("y", code_y)) if code)
        if faults:
            yield Reading(faults=faults, slips=len(faults), x=value_x, y=value_y)
    for sign_x, sign_y in product((1.0, -1.0), repeat=2):
        signs = [(axis, SIGN_LOST) for axis, one in (("x", sign_x), ("y", sign_y)) if one < 0]
        yield Reading(
            faults=(("both", SWAPPED), *signs), slips=1 + len(signs), x=sign_x * y, y=sign_y * x
        )
    for code, change in _of_both(region).items():
        yield Reading(
            faults=(("both", code),), slips=1, x=change(x), y=change(y),
            unsure=code == DEGREES_MINUTES,
        )  # fmt: skip
    for system, box in region.elsewhere.items():
        there = within(x, (box[0], box[2])) & within(y, (box[1], box[3]))
        middle = [(ends[0] + ends[1]) / 2 for ends in (region.x, region.y)]
        # Where in the city it lies takes a projection; that it lies there is all that is told.
        yield Reading(
            faults=(("both", OTHER_SYSTEM),), slips=1, system=system,
            x=np.where(there, middle[0], np.nan), y=np.where(there, middle[1], np.nan),
        )  # fmt: skip


def _of_one(values: Vector, *, degrees: bool) -> list[tuple[str, Vector]]:
    """Return what one axis may have meant, by code; the empty code is as written."""
    found = [
        ("", values),
        (TIMES_10, values / 10),
        (TIMES_100, values / 100),
        (TENTH, values * 10),
        (HUNDREDTH, values * 100),
        (SIGN_LOST, -values),
    ]
    if degrees:
        found += [(POINT_LOST, _with_point(values, before)) for before in (1, 2, 3)]
    return found


def _with_point(values: Vector, before: int) -> Vector:
    """Put the decimal point back into whole numbers, so many digits before it, three behind."""
    size = np.abs(values)
    whole = np.isfinite(size) & (size >= 1) & (size == np.rint(size))
    behind = np.floor(np.log10(np.where(whole, size, 1.0))) + 1 - before
    return np.where(whole & (behind >= FEWEST_LOST), values / 10.0**behind, np.nan)


def _of_both(region: Region) -> dict[str, Callable[[Vector], Vector]]:
    if region.degrees:
        return {DEGREES_MINUTES: degrees_and_minutes}
    return {FEET: lambda values: values * METRES_IN_FOOT}


def degrees_and_minutes(values: Vector) -> Vector:
    """Return decimal degrees of values that hold degrees and minutes, shape as given.

    ``38.5342`` is 38 degrees and 53.42 minutes, and so is ``3853.42`` as satellite receivers write
    it (NMEA 0183); not a number where the minutes would be 60 or more.
    """
    size = np.abs(values)
    size = np.where(size >= 1000, size / _HUNDRED, size)  # noqa: PLR2004 - beyond any degree
    degree = np.floor(size)
    minutes = (size - degree) * _HUNDRED
    return np.where(minutes < MINUTES, np.sign(values) * (degree + minutes / MINUTES), np.nan)
