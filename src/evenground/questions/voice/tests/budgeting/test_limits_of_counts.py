"""Caps, conflicts and who takes part."""

from __future__ import annotations

import numpy as np
import pytest

from evenground.errors import UsageError
from evenground.questions.voice.measures.budgeting.limits import (
    Cap,
    Limits,
    below_threshold,
    room_of,
)
from evenground.questions.voice.tests.budgeting.small_elections import election_of


def town():
    return election_of([4, 3, 2, 5], 10, [[0, 1], [0, 2], [3]])


def test_room_shrinks_with_budget_caps_and_conflicts():
    limits = Limits(
        left_out=(3,),
        caps=(Cap(name="north", members=(0, 1), most=5), Cap(name="parks", members=(1, 2), most=4)),
        exclusive=((0, 2),),
    )
    room = room_of(town(), limits)
    assert room.fits.tolist() == [True, True, True, False]
    assert room.admits(1)
    room.take(1)  # 3 of 5 in the north, 3 of 4 for parks
    assert room.left == 7
    assert room.fits.tolist() == [False, False, False, False]
    room.lift_caps()
    assert room.fits.tolist() == [True, False, True, False]
    room.take(0)
    assert not room.admits(2)


def test_below_a_threshold():
    assert below_threshold(np.array([5, 4, 6]), 5) == (1,)


@pytest.mark.parametrize(
    "limits",
    [
        Limits(left_out=(4,)),
        Limits(exclusive=((0, 0),)),
        Limits(caps=(Cap(name="x", members=(-1,), most=1),)),
        Limits(caps=(Cap(name="x", members=(0,), most=-1),)),
    ],
)
def test_limits_that_make_no_sense_are_refused(limits):
    with pytest.raises(UsageError):
        room_of(town(), limits)
