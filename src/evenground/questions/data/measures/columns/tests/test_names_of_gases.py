"""Names of gases are not taken for numbers of things."""

from __future__ import annotations

import pytest

from evenground.questions.data.measures.columns.names import Hint, hints


@pytest.mark.parametrize("name", ["no2", "NO2", "no2_ugm3", "co2", "so2", "o3", "pm10"])
def test_a_gas_is_measured_and_names_nothing(name):
    assert not hints(name, Hint.ID, Hint.CODE, Hint.SENSOR, Hint.CALENDAR)


@pytest.mark.parametrize("name", ["no", "house_no", "id2", "station1"])
def test_numbers_of_things_still_name_them(name):
    assert hints(name, Hint.ID, Hint.CODE, Hint.SENSOR)
