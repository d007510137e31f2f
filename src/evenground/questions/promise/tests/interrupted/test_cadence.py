"""The cadence that names of times show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenground.questions.promise.measures.interrupted import Season, cadence_of


def months(n, form="{}-{:02d}"):
    return [form.format(2020 + i // 12, i % 12 + 1) for i in range(n)]


def days(n, step):
    return [(date(2020, 1, 1) + timedelta(days=step * i)).isoformat() for i in range(n)]


@pytest.mark.parametrize(
    ("times", "periods"),
    [
        (months(40), [12]),
        (months(40, "{}{:02d}"), [12]),
        (months(40, "{}-{:02d}-01"), [12]),
        (months(40, "{}-{:02d}-01 00:00:00"), [12]),
        ([f"{2000 + i // 4}-Q{i % 4 + 1}" for i in range(40)], [4]),
        ([f"{2000 + i // 4}-{3 * (i % 4) + 1:02d}-01" for i in range(40)], [4]),
        (days(120, 7), [365.25 / 7]),
        (days(800, 1), [7, 365.25]),
        ([str(year) for year in range(1970, 2001)], []),
        ([str(i) for i in range(40)], []),
        (["before", "after"], []),
        (["2020-01-01"], []),
        (days(40, 10), []),
    ],
)
def test_seasons_follow_from_names(times, periods):
    found = cadence_of(times, start=len(times))
    assert [season.period for season in found.seasons] == periods
    assert found.n_short == 0
    assert found.is_even


def test_a_season_needs_two_rounds_before_the_start():
    times = months(40)
    assert cadence_of(times, start=24).seasons == (Season(period=12),)
    short = cadence_of(times, start=23)
    assert (short.seasons, short.n_short) == ((), 1)
    daily = cadence_of(days(500, 1), start=400)
    assert [season.period for season in daily.seasons] == [7]
    assert daily.n_short == 1


@pytest.mark.parametrize(
    "times", [months(40), days(40, 7), days(40, 1), [str(year) for year in range(1970, 2001)]]
)
def test_a_time_left_out_is_seen(times):
    assert not cadence_of([*times[:10], *times[11:]], start=30).is_even
