"""Write readings of many sensors with faults of every kind, in the order in which they arrive."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from audit_measuring import measured, work
from pyarrow import parquet

MINUTES = 60_000_000
EVERY = 5 * MINUTES
START = 1_704_067_200_000_000
PER_DAY = 288
VALUES = {"pm25": (30.0, 6.0), "temperature": (15.0, 8.0), "humidity": (60.0, 15.0)}


def readings(
    rng: np.random.Generator, steps: np.ndarray, level: np.ndarray, wave: float
) -> np.ndarray:
    """Return clean readings, to one decimal, with faults: one in so many rows of each kind."""
    shape = steps.size, level.size
    day = np.sin(2 * np.pi * steps / PER_DAY)[:, None]
    values = np.round(level + wave * day + rng.normal(0, 1.5, shape), 1)
    n = values.size
    for share, planted in ((5e-5, 40.0), (2e-5, None)):
        spots = rng.integers(0, n, int(n * share))
        values.flat[spots] = -999.0 if planted is None else values.flat[spots] + planted
    for share, length, planted in ((1e-6, 30, None), (1e-6, 36, 0.0)):
        for spot in rng.integers(0, n, int(n * share)).tolist():
            row, column = divmod(spot, shape[1])
            stretch = slice(row, row + length)
            values[stretch, column] = values[row, column] if planted is None else planted
    values[rng.random(shape) < 0.002] = np.nan
    return values


def block(rng: np.random.Generator, steps: np.ndarray, levels: dict[str, np.ndarray]) -> pa.Table:
    """Return some steps of all sensors: some missing, some twice, some late, some out of order."""
    n_sensors = next(iter(levels.values())).size
    time = np.repeat(START + steps * EVERY, n_sensors)
    sensor = np.tile(np.arange(n_sensors), steps.size)
    kept = np.flatnonzero(rng.random(time.size) > 0.003)
    again = rng.choice(kept, kept.size // 5_000)
    rows = np.concatenate((kept, again))
    order = np.argsort(
        rows + np.where(rng.random(rows.size) < 1e-4, 3 * n_sensors, 0), kind="stable"
    )
    rows = rows[order]
    delay = rng.exponential(20_000_000, rows.size).astype(np.int64)
    delay[rng.random(rows.size) < 1e-4] += 180 * MINUTES
    columns = {
        name: pa.array(readings(rng, steps, levels[name], wave).ravel()[rows], from_pandas=True)
        for name, (_, wave) in VALUES.items()
    }
    names = pa.array([f"S{i:05d}" for i in range(n_sensors)])
    return pa.table(
        {
            "sensor": names.take(pa.array(sensor[rows])),
            "time": pa.array(time[rows]).cast(pa.timestamp("us")),
            "arrived": pa.array(time[rows] + delay).cast(pa.timestamp("us")),
            **columns,
        }
    )


def write() -> int:
    """Write the file, and return how many rows it has."""
    todo = work()
    rng = np.random.default_rng(todo["seed"])
    n_steps = int(todo["days"] * PER_DAY)
    at_once = max(1, 1_000_000 // todo["sensors"])
    levels = {name: rng.normal(mean, 2, todo["sensors"]) for name, (mean, _) in VALUES.items()}
    writer, n_rows = None, 0
    for first in range(0, n_steps, at_once):
        table = block(rng, np.arange(first, min(n_steps, first + at_once)), levels)
        writer = writer or parquet.ParquetWriter(todo["path"], table.schema)
        writer.write_table(table)
        n_rows += table.num_rows
    writer.close()
    return n_rows


measured(write, rounds=1)
