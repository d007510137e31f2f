"""What is said of columns that are not there, or hold something else, is refused or told."""

from __future__ import annotations

import pytest

from evenground.errors import UsageError
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.roles import Roles
from evenground.tests.readings import hourly
from evenground.workspace.auditing.opening import Named, opened
from evenground.workspace.auditing.stated_roles import sound_roles


@pytest.fixture(scope="module")
def columns(tmp_path_factory) -> tuple[ColumnProfile, ...]:
    path = tmp_path_factory.mktemp("data") / "air.csv"
    path.write_text(hourly(n_sensors=3, n_days=2), encoding="utf-8")
    with opened(path, Named()) as one:
        return one.card.columns


@pytest.mark.parametrize(
    ("role", "value", "code", "nearest"),
    [
        ("sensor", "Station", "role_without_column", "station"),
        ("area", "ward", "role_without_column", ""),
        ("time", "station", "role_without_times", ""),
        ("values", ("pm25", "station"), "role_without_numbers", ""),
        ("zone", "Europe/Stokholm", "unknown_time_zone", "Europe/Stockholm"),
        ("time", "day+hour", "role_without_column", ""),
    ],
)
def test_it_is_refused_when_asked_for_and_left_out_when_stated(columns, role, value, code, nearest):
    with pytest.raises(UsageError) as caught:
        sound_roles(Roles(), columns, said={role: value})
    assert [(one.code, one.nearest) for one in caught.value.problems] == [(code, nearest)]
    stated = Roles(**{"sensor": "station", role: value})
    sound, problems = sound_roles(stated, columns, said={})
    assert [one.code for one in problems] == [code]
    assert not getattr(sound, role)


def test_what_the_data_bear_stays(columns):
    stated = Roles(sensor="station", time="measured_at", values=("pm25",), zone="UTC")
    assert sound_roles(stated, columns, said={}) == (stated, ())


def test_what_was_asked_for_wins_over_what_is_stated(columns):
    said = {"sensor": "station"}
    sound, problems = sound_roles(Roles(sensor="gone"), columns, said=said)
    assert problems == ()
    assert sound.sensor == "gone"  # the option wins over it later


def test_everything_that_is_wrong_is_listed_at_once(columns):
    with pytest.raises(UsageError) as caught:
        sound_roles(Roles(), columns, said={"sensor": "a", "time": "b", "values": ("c", "d")})
    assert len(caught.value.problems) == 4
    assert all(
        "station, measured_at, pm25" in one.parameters["names"] for one in caught.value.problems
    )
