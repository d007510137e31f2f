"""What is worked out where the data lie is what pandas makes of the same rows."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from evenground.questions.data.datasheet.reading import datasheet_of
from evenground.questions.data.measures.exposure.equivalence_classes import class_sizes
from evenground.questions.data.plan import (
    BY_AREA,
    CLASSES,
    DIVERSITY,
    OUTCOMES,
    PLACES,
    REPORTS,
    Rows,
    plan,
)
from evenground.stores.engines.streaming import collected
from evenground.workspace.auditing.opening import Named, opened

TODAY = date(2026, 3, 1)
SEEDS = (1, 2, 3)
seeds = pytest.mark.parametrize("seed", SEEDS)
START = pd.Timestamp("2026-02-01")
SHEET = {
    "roles": {
        "form": "events", "time": "at", "x": "x", "y": "y", "area": "area", "incident": "incident",
        "ended": "ended", "quasi": ["age", "street"], "sensitive": "ailment",
        "prediction": "said", "outcome": "came", "group": "group",
    }
}  # fmt: skip


def rows(seed, n=400):
    """Return random rows; of every column some cells are empty."""
    rng = np.random.default_rng(seed)
    at = START + pd.to_timedelta(rng.integers(0, 10**6, n), unit="s")
    frame = pd.DataFrame(
        {
            "at": at,
            "ended": at + pd.to_timedelta(rng.integers(1, 10**6, n), unit="s"),
            "x": rng.integers(0, 6, n) / 4 + 10,
            "y": rng.integers(0, 6, n) / 4 + 50,
            "area": [f"A{one}" for one in rng.integers(0, 7, n)],
            "incident": [f"I{one}" for one in rng.integers(0, 90, n)],
            "age": rng.integers(20, 26, n),
            "street": [f"street {one}" for one in rng.integers(0, 9, n)],
            "ailment": [f"ailment {one}" for one in rng.integers(0, 4, n)],
            "said": rng.random(n).round(2),
            "came": rng.integers(0, 2, n),
            "group": [f"G{one}" for one in rng.integers(0, 3, n)],
        }
    )
    return frame.mask(rng.random(frame.shape) < 0.05)


def worked_out(frame):
    """Return what the plan asks of a frame, as frames by name."""
    sheet = datasheet_of(SHEET)[0]
    with opened(frame, Named(key="d", sheet=sheet)) as one:
        asked = plan("datasets/d", Rows(read=one.table, raw=one.raw, today=TODAY), one.card)
        wanted = (PLACES, BY_AREA, REPORTS, CLASSES, DIVERSITY, OUTCOMES)
        return {
            name: collected(asked[f"datasets/d/{name}"]).to_pandas() for name in wanted
        }  # fmt: skip


def counted(frame, keys):
    """Return how many rows share each key, as a mapping; an empty cell is a key of its own."""
    sizes = frame.groupby(list(keys), dropna=False).size()
    return {_key(key): int(n) for key, n in sizes.items()}


def _key(values):
    listed = values if isinstance(values, tuple) else (values,)
    return tuple(None if pd.isna(one) else one for one in listed)


def mapped(frame, keys, value):
    """Return a result with unique keys as a mapping."""
    found = {
        _key(tuple(row)): int(n)
        for row, n in zip(frame[list(keys)].to_numpy(dtype=object), frame[value], strict=True)
    }
    assert len(found) == len(frame)
    return found


@seeds
def test_rows_by_area_are_those_of_a_group_by(seed):
    frame = rows(seed)
    assert mapped(worked_out(frame)[BY_AREA], ["area"], "n") == counted(frame, ["area"])


@seeds
def test_places_are_every_row_with_its_position(seed):
    frame = rows(seed)
    found = worked_out(frame)[PLACES].sort_values("row").reset_index(drop=True)
    assert found["row"].tolist() == list(range(len(frame)))
    assert (found["n"] == 1).all()
    for name in ("x", "y"):
        np.testing.assert_array_equal(found[name].astype(float), frame[name].astype(float))


@seeds
def test_reports_keep_incident_time_end_and_area_of_every_row(seed):
    frame = rows(seed)
    found = worked_out(frame)[REPORTS]
    expected = pd.DataFrame({
        "incident": frame["incident"],
        "time": (frame["at"] - pd.Timestamp(0)) // pd.Timedelta(1, "us"),
        "ended": (frame["ended"] - pd.Timestamp(0)) // pd.Timedelta(1, "us"),
        "area": frame["area"],
    })  # fmt: skip
    assert list(found.columns) == list(expected.columns)
    assert counted(found, expected.columns) == counted(expected, expected.columns)


@seeds
def test_classes_of_like_rows_are_counted_by_their_size(seed):
    frame = rows(seed)
    sizes = frame.groupby(["age", "street"], dropna=False).size()
    expected = {(int(size),): int(n) for size, n in sizes.value_counts().items()}
    assert mapped(worked_out(frame)[CLASSES], ["size"], "classes") == expected


@seeds
def test_diversity_counts_the_different_secrets_of_each_class(seed):
    frame = rows(seed)
    grouped = frame.groupby(["age", "street"], dropna=False)["ailment"]
    held = grouped.value_counts(dropna=False).groupby(level=[0, 1], dropna=False)
    classes = pd.DataFrame({"size": held.sum(), "distinct": held.count(), "largest": held.max()})
    found = worked_out(frame)[DIVERSITY]
    keys = ["size", "distinct", "largest"]
    expected = {
        tuple(map(int, key)): n for key, n in counted(classes, keys).items()
    }  # fmt: skip
    assert mapped(found, keys, "classes") == expected
    # natural logarithms: no class is more varied than evenly over its values
    assert (found["entropy"] <= np.log(found["distinct"]) + 1e-9).all()
    assert (found["entropy"] >= -1e-9).all()


@seeds
def test_decisions_are_held_against_what_came_by_group(seed):
    """From one half on a prediction says yes; rows that lack either are counted apart."""
    frame = rows(seed)
    held = pd.DataFrame({
        "group": frame["group"],
        "decided": (frame["said"] >= 0.5).mask(frame["said"].isna()),
        "came": (frame["came"] >= 0.5).mask(frame["came"].isna()),
    })  # fmt: skip
    keys = ["group", "decided", "came"]
    assert mapped(worked_out(frame)[OUTCOMES], keys, "n") == counted(held, keys)


@seeds
def test_order_of_rows_changes_no_count(seed):
    frame = rows(seed)
    one, other = (worked_out(f) for f in (frame, frame.sample(frac=1, random_state=seed)))
    for name in (BY_AREA, CLASSES, DIVERSITY, OUTCOMES):
        pd.testing.assert_frame_equal(
            *(part[name].sort_values(list(part[name].columns)[:3], ignore_index=True)
              for part in (one, other))
        )  # fmt: skip


def test_nothing_is_asked_that_no_column_stands_for():
    frame = pd.DataFrame({"colour": ["red", "blue", "red"]})
    with opened(frame, Named(key="d", sheet=datasheet_of({})[0])) as one:
        asked = plan("datasets/d", Rows(read=one.table, raw=one.raw, today=TODAY), one.card)
    assert {name.split("/")[2] for name in asked} <= {"columns"}


def test_a_column_named_as_one_of_ours_is_no_trouble():
    frame = pd.DataFrame({"size": [1, 1, 2], "classes": ["a", "a", "b"]})
    with opened(frame, Named(key="d", sheet=datasheet_of({})[0])) as one:
        found = collected(class_sizes(one.raw, ["size", "classes"])).to_pylist()
    assert found == [{"size": 1, "classes": 1}, {"size": 2, "classes": 1}]
