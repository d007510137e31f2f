"""Washington's tracts as if their counts were the city's own and not public."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest

from evenground.methods.disclosure import protect
from evenground.methods.disclosure.audit import feasibility_intervals
from evenground.methods.disclosure.population_system import population_system, rows_of
from evenground.methods.disclosure.rules import Nesting, Rules

pytestmark = pytest.mark.real

GROUPS = (
    "total_pop", "age_under_5", "age_5_9", "age_10_14", "age_15_19", "age_65_plus", "hispanic",
    "nh_white", "nh_black", "nh_asian", "living_alone_65_plus", "foreign_born", "limited_english",
    "with_disability",
)  # fmt: skip


@pytest.fixture(scope="module")
def people(real_data):
    read = pyarrow.csv.read_csv(
        real_data("washington_dc") / "areas" / "acs_tract_2011_2014.csv",
        convert_options=pyarrow.csv.ConvertOptions(column_types={"geoid": pa.string()}),
    )
    parts = [
        pa.table(
            {
                "area_id": read["geoid"],
                "group": ["total" if name == "total_pop" else name] * read.num_rows,
                "count": read[name].cast(pa.float64()),
                "vintage": read["acs_end_year"].cast(pa.string()),
            }
        )
        for name in GROUPS
    ]
    return pa.concat_tables(parts)


def test_small_counts_of_tracts_are_hidden_and_public_counts_stay_near(people):
    protected = protect(people)
    assert protected.certificate.holds
    assert protected.certificate.least_values >= 5
    assert protected.withheld == ()
    true = np.asarray(people["count"], dtype=float)
    public = np.asarray(protected.table["count"], dtype=float)
    gone = np.asarray(protected.suppressed)
    assert gone.sum() == protected.n_suppressed < 0.01 * true.size
    assert np.array_equal(true[~gone], public[~gone], equal_nan=True)
    small = (true > 0) & (true < 5)
    assert small.any()
    assert gone[small].all()
    # Hiding a group that is nearly everybody must not cost thousands of people elsewhere.
    assert np.nanmax(np.abs(true - public)) < 10


def test_totals_of_groups_over_tracts_stay(people):
    protected = protect(people)
    keys = np.array([f"{g} {v}" for g, v in zip(people["group"], people["vintage"], strict=True)])
    true = np.asarray(people["count"], dtype=float)
    public = np.asarray(protected.table["count"], dtype=float)
    for key in np.unique(keys):
        assert np.nansum(public[keys == key]) == pytest.approx(np.nansum(true[keys == key]))


def test_the_exact_attack_agrees_with_the_certificate(people):
    protected = protect(people)
    rows = rows_of(people, Nesting())
    system = population_system(rows, Rules())
    suppressed = np.zeros(system.n_cells, dtype=np.bool_)
    suppressed[: rows.value.size] = np.asarray(protected.suppressed)
    low, high = feasibility_intervals(system, suppressed)
    assert ((high - low)[system.primary & suppressed] >= 4 - 1e-6).all()
