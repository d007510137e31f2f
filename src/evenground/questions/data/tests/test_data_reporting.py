"""How soon residents report, worked out by hand, and each reason why it cannot be told."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import pytest
from scipy import stats

from evenground.language import language
from evenground.questions.data import QUESTION
from evenground.tests.scenarios_of_data import (
    FIRST,
    REPORTS,
    listing,
    reported,
    told_again,
    village,
)
from evenground.tests.towns import POVERTY, area_id
from evenground.workspace.opening import DatasetAtHand
from evenground.workspace.telling import Teller

TELLER = Teller(QUESTION.wording, language("en"))
DAY = timedelta(days=1)


def told(town):
    """Return the finding on reporting, and its sentence."""
    found = [one for one in town.answered(QUESTION).findings if one.code.startswith("reporting.")]
    assert len(found) == 1
    return found[0], TELLER.finding(found[0]).sentence


def incidents(*more, days=10, n=10, ends=True):
    """Return ``n`` incidents in a square of each row of squares, and how often each is told again.

    Each is there for so many days, and the last report of all comes long after.
    """
    rows = [
        {"incident": f"I{row}-{number}", "area_id": area_id(number % 4, row),
         "reported": FIRST + at * days / (again + 1) * DAY,
         "ended": FIRST + days * DAY if ends else None}
        for row, again in enumerate(more)
        for number in range(n)
        for at in range(again + 1)
    ]  # fmt: skip
    rows.append({"incident": "last", "area_id": None, "reported": FIRST + 60 * DAY, "ended": None})
    return pa.Table.from_pylist(rows)


def test_twice_told_again_in_ten_days_is_a_wait_of_five():
    """Rate = 2 x 10 further reports / (10 incidents x 10 days) = 0.2 a day."""
    finding, sentence = told(reported(incidents(2, 2, 2, 2), classes=False))
    delay = finding.estimates[0]
    assert delay.value == pytest.approx(5.0)
    assert finding.code == "reporting.overall"
    assert "it takes 5 days on average" in sentence.replace("\N{NO-BREAK SPACE}", " ")
    # Garwood's limits of 80 reports in 400 days, as delays
    least, most = stats.chi2.ppf([0.025, 0.975], [2 * 80, 2 * 81]) / 2 / 400
    assert delay.level == 0.95
    assert (delay.low, delay.high) == pytest.approx((1 / most, 1 / least), rel=0.02)


def test_where_fewer_tell_again_it_takes_longer():
    """Three rows of squares, each a class: five further reports, three, and one."""
    held = DatasetAtHand(rows=incidents(5, 3, 1), datasheet=REPORTS)
    finding, _ = told(listing(village(4, 3, groups=(POVERTY,)), reports=held))
    assert finding.verdict.code == "reported_later"
    waits = {one.about: one.value for one in finding.estimates}
    assert list(waits.values()) == pytest.approx([10 / 5, 10 / 3, 10 / 1])
    table = {row[0]: row[1:4] for row in finding.tables[0].rows}
    assert list(table.values()) == [(10, 50, 0.5), (10, 30, 0.3), (10, 10, 0.1)]
    assert finding.parameters["slow"].value == pytest.approx(10.0)
    assert finding.parameters["fast"].value == pytest.approx(2.0)


def test_the_same_everywhere_is_not_told_apart():
    finding, _ = told(reported(incidents(2, 2, 2, 2, n=5)))
    assert finding.verdict.code == "reported_alike"


def test_more_incidents_make_nobody_quicker():
    """That more happens in a place is not that people there report sooner."""
    rows = [*incidents(2, 2, 2, 2).to_pylist(), *incidents(2, n=40).to_pylist()[:-1]]
    finding, _ = told(reported(pa.Table.from_pylist(rows)))
    assert finding.verdict.code == "reported_alike"


def test_a_report_after_the_end_is_of_another_thing():
    late = [
        {"incident": f"I{row}-0", "area_id": area_id(0, row), "reported": FIRST + 12 * DAY,
         "ended": FIRST + 10 * DAY}
        for row in range(4)
    ]  # fmt: skip
    rows = incidents(2, 2, 2, 2)
    more = pa.concat_tables([rows, pa.Table.from_pylist(late, schema=rows.schema)])
    before, after = (told(reported(one, classes=False))[0] for one in (rows, more))
    assert before.estimates == after.estimates


REASONS = {
    "was never reported again": told_again(1, times=0),
    "none of the 5 incidents was ever reported again": told_again(5, times=0),
    "it is a copy of a record, not a further report": told_again(1),
    "of the 5 rows that name an incident again, 5 bear the same time": told_again(5),
    "no row says which incident it is of": told_again(0),
    "nothing says when incidents ended": incidents(2, 2, 2, 2, ends=False),
    "too few incidents were reported again": incidents(2, 1, 0, 0),
}


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_why_it_cannot_be_told_is_said(reason):
    finding, sentence = told(reported(REASONS[reason]))
    assert finding.verdict.code == "cannot_tell"
    assert finding.estimates == ()
    assert reason in sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert finding.would_change


def test_reports_without_a_time_tell_nothing():
    rows = [{**row, "reported": None} for row in told_again(3).to_pylist()]
    schema = told_again(3).schema
    _, sentence = told(reported(pa.Table.from_pylist(rows, schema=schema)))
    assert "no row has a time" in sentence
