"""Where and when readings go missing: found beside the city's areas, and told."""

from __future__ import annotations

from datetime import date

import pytest

from evenground.language import language
from evenground.questions.data import QUESTION
from evenground.questions.data.tests.planted import gaps_at_night
from evenground.tests.scenarios_of_data import air_sheet, listing, readings, village
from evenground.workspace.auditing.running import audit
from evenground.workspace.auditing.telling import told_audit
from evenground.workspace.opening import DatasetAtHand

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize("seed", [5, 6])
def test_gaps_come_at_certain_hours_on_certain_days_and_in_certain_areas(seed):
    _, city = village().opened()
    found = audit(gaps_at_night(seed), air_sheet(), city=city, today=TODAY)
    gaps = found.checks["gaps"].detail
    assert [gaps[f"clusters_by_{by}"] for by in ("hour", "weekday", "area")] == [True] * 3
    assert gaps["clustering"]["hour"]["where"] == "3"
    assert gaps["clustering"]["weekday"]["where"] == "6"
    assert gaps["clustering"]["area"]["where"] == max(
        gaps["by_area"], key=lambda area: gaps["by_area"][area]["missing"]
    )
    told = next(one for one in told_audit(found, language("en")).checks if one.name == "gaps")
    assert [note.split(":")[0] for note in told.notes] == [
        "Readings go missing at certain hours", "Readings go missing on certain days",
        "Some areas’ sensors miss more readings than others’, and not by chance",
    ]  # fmt: skip
    assert "begin on a Sunday" in told.notes[1]


def test_gaps_that_come_regardless_are_not_said_to_cluster():
    lost = {(7 * i * i + 11 * i) % 1_440 for i in range(60)}
    table = readings(12, 60, lost=lambda sensor, at: (at + 113 * sensor) % 1_440 in lost)
    _, city = village().opened()
    found = audit(table, air_sheet(), city=city, today=TODAY)
    assert found.checks["gaps"].count > 0
    assert found.checks["gaps"].notes == ()


def test_a_dossier_says_beside_the_counts_when_and_where_readings_go_missing():
    kept = DatasetAtHand(rows=gaps_at_night(), datasheet=air_sheet())
    findings = listing(village(), air=kept).answered(QUESTION).findings
    (found,) = [one for one in findings if one.code == "faults.faults"]
    assert [one.code for one in found.caveats][:3] == [
        "note.gaps.hour", "note.gaps.weekday", "note.gaps.area",
    ]  # fmt: skip
