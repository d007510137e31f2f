"""The exact endowments between which equal shares funds the same projects.

From course to course: over each the winners are certainly the same, at each turn between two they
are counted, and so on until they differ. Winners need not grow with the endowment, so that they may
be the same again further off.

Source: the rule as in ``exact_replay``, and ``same_course``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evenground.questions.voice.measures.budgeting.equal_shares.paths import Paths
from evenground.questions.voice.measures.budgeting.equal_shares.same_course import same_course

MOST_COURSES = 200
_MOST_HALVINGS = 60
_SIDES = (-1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where the winners change, on one side.

    Attributes
    ----------
    at
        The endowment, in the election's units of money.
    same_there
        Whether the winners are still the same at just this endowment.
    changes
        Whether the winners differ right beyond; else it was looked at no further.
    """

    at: Fraction
    same_there: bool
    changes: bool


def same_winners_until(
    paths: Paths, start: Fraction, limit: Fraction, *, most_courses: int = MOST_COURSES
) -> End:
    """Return how far from an endowment towards another the winners are the same, exactly.

    Parameters
    ----------
    paths
        The election.
    start, limit
        Money of each voter, in the election's units, 0 or more and different; ``start`` is above 0.
    most_courses
        After how many courses to give up.

    Returns
    -------
    End
        All endowments from ``start`` to ``at`` fund the same; ``changes`` is false where ``limit``
        was reached, or it was given up there.
    """
    side = 1 if limit > start else -1
    winners = frozenset(paths.at(start))
    at = start
    for _ in range(most_courses):
        reached = _course_beyond(paths, at, limit)
        if reached is None:
            return End(at=at, same_there=True, changes=False)
        probe, end = reached
        if frozenset(paths.at(probe)) != winners:
            return End(at=at, same_there=True, changes=True)
        if end is None or (end - limit) * side >= 0:
            same = frozenset(paths.at(limit)) == winners
            return End(at=limit, same_there=same, changes=not same)
        at = end
        if frozenset(paths.at(at)) != winners:
            return End(at=at, same_there=False, changes=True)
    return End(at=at, same_there=True, changes=False)


def _course_beyond(
    paths: Paths, at: Fraction, limit: Fraction
) -> tuple[Fraction, Fraction | None] | None:
    """Return an endowment right beyond one, and where its course ends; the course begins there."""
    side = 1 if limit > at else -1
    probe = at + (limit - at) / 1024
    for _ in range(_MOST_HALVINGS):
        if probe <= 0:
            return None
        course = same_course(paths.support, paths.at(probe), probe)
        near, far = (course.low, course.high) if side > 0 else (course.high, course.low)
        if near is None or (near - at) * side <= 0:
            return probe, far
        probe = at + (near - at) / 2
    return None
