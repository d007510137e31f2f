"""Cambridge's bins marked as proposed in 2014: what stood there in 2017 and in 2025?

Until 2017 the column TYPE holds a status (PROPOSED - FY14 …), later the maker. OWNER says what a
bin is for (TRASH or RECYCLE): one for recycling keeps the promise of one for recycling.
"""

from __future__ import annotations

import numpy as np
import pytest

from evenground.questions.promise.measures.promises.stood_within import (
    ring_shifts,
    stood_within,
)

pytestmark = pytest.mark.real
PROMISED = "2014-03-05"
NEAR = 15
KINDS = ("RECYCLE", "TRASH")


@pytest.fixture(scope="module")
def bins(real_data):
    import geopandas as gpd

    file = real_data("cambridge_ma") / "litter_barrels_snapshots_2013_2025.parquet"
    table = gpd.read_parquet(file).to_crs(26986)
    places = np.column_stack([table.geometry.x, table.geometry.y])
    proposed = table.TYPE.fillna("").str.contains("PROPOSED").to_numpy()

    def of(snapshot, owner, *, promised=False):
        rows = (table.snapshot == snapshot) & (owner == table.OWNER)
        return places[rows.to_numpy() & (proposed == promised)]

    return of


def stood(bins, snapshot):
    """Return places that have it, promised places, and the mean share at shifted ones."""
    ring = ring_shifts(least=50, most=150, step=5)
    there, n, shifted = 0, 0, np.zeros(len(ring))
    for owner in KINDS:
        promised = bins(PROMISED, owner, promised=True)
        found = stood_within(promised, bins(snapshot, owner), metres=NEAR, shifts=ring)
        assert found.n_one_to_one == found.stands.sum()  # no bin is counted for two promises
        there += int(found.stands.sum())
        shifted += found.shifted * len(promised)
        n += len(promised)
    return there, n, shifted / n


def test_171_bins_were_proposed_166_of_them_for_recycling(bins):
    assert [len(bins(PROMISED, owner, promised=True)) for owner in KINDS] == [166, 5]


@pytest.mark.parametrize(
    ("snapshot", "there", "share", "expected"),
    [
        ("2014-03-05", 5, 0.029, 0.025),
        ("2015-10-06", 7, 0.041, 0.026),
        ("2017-11-13", 65, 0.380, 0.046),
        ("2025-07-08", 68, 0.398, 0.052),
    ],
)
def test_what_stood_there_beside_shifted_places(bins, snapshot, there, share, expected):
    found, n, shifted = stood(bins, snapshot)
    assert (found, n) == (there, 171)
    assert round(found / n, 3) == share
    assert round(float(shifted.mean()), 3) == expected


def test_no_shift_does_as_well_once_bins_came_and_many_do_before(bins):
    for snapshot, as_well in (("2015-10-06", 419), ("2017-11-13", 0), ("2025-07-08", 0)):
        found, n, shifted = stood(bins, snapshot)
        assert (shifted >= found / n - 1e-12).sum() == as_well


def test_where_it_was_not_promised_bins_came_more_seldom(bins):
    """Bins for trash without one for recycling near them, and none promised: 473 places."""
    from scipy.spatial import KDTree

    promised, trash = bins(PROMISED, "RECYCLE", promised=True), bins(PROMISED, "TRASH")
    taken = np.vstack([promised, bins(PROMISED, "RECYCLE")])
    free = trash[KDTree(taken).query(trash)[0] > NEAR]
    assert len(free) == 473
    for snapshot, came, elsewhere in (
        ("2014-03-05", 4, 0),
        ("2017-11-13", 63, 29),
        ("2025-07-08", 65, 66),
    ):
        found = stood_within(promised, bins(snapshot, "RECYCLE"), metres=NEAR, elsewhere=free)
        assert (found.stands.sum(), round(found.elsewhere * 473)) == (came, elsewhere)
    assert (round(63 / 166, 2), round(29 / 473, 2)) == (0.38, 0.06)
    assert (round(65 / 166, 2), round(66 / 473, 2)) == (0.39, 0.14)


def test_the_same_slowly(bins):
    """Every distance of every promised place to every bin, without a tree."""
    there = 0
    for owner in KINDS:
        promised, built = bins(PROMISED, owner, promised=True), bins("2017-11-13", owner)
        apart = np.hypot(*(promised[:, None, :] - built[None, :, :]).transpose(2, 0, 1))
        there += int((apart.min(axis=1) <= NEAR).sum())
    assert there == 65
