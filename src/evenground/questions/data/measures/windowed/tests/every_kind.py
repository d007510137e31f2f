"""Series of every kind that a pass has to tell apart, from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

MINUTE = 60_000_000
START = 1_704_067_200_000_000


def waves(rng, n):
    """Return readings that go up and down with noise, to one decimal."""
    return np.round(20 + 8 * np.sin(np.arange(n) / 40) + rng.normal(0, 1, n), 1)


def resting(rng, n):
    """Return counts that are mostly zero."""
    return np.round(rng.poisson(0.4, n) * rng.integers(1, 4, n)).astype(float)


def traffic(rng, n):
    """Return counts with zeros in between, and stretches of zeros that begin abruptly."""
    counts = rng.poisson(6, n).astype(float) * (rng.random(n) > 0.05)
    for start in rng.integers(0, n, 3):
        counts[start : start + int(rng.integers(5, 60))] = 0
    return counts


def fine(rng, n):
    """Return readings of full precision, some far away from the others."""
    values = rng.standard_t(3, n) * 7
    values[rng.integers(0, n, 2)] *= 1e3
    return values


def constant(rng, n):
    """Return one value again and again."""
    return np.full(n, float(rng.integers(0, 3)))


KINDS = (waves, resting, traffic, fine, constant)


def spoilt(rng, values):
    """Return readings with runs, placeholders, infinities, spikes, steps and nothing at places."""
    n = values.size
    for _ in range(int(rng.integers(0, 4))):
        start = int(rng.integers(0, n))
        values[start : start + int(rng.integers(3, 50))] = values[start]
    for _ in range(int(rng.integers(0, 3))):
        values[rng.integers(0, n, 2)] = rng.choice([-999, -1, 9999, 1e20, np.inf, -np.inf])
    values[rng.integers(0, n, int(rng.integers(1, 6)))] += rng.choice([-50, 40, 300])
    values[: int(rng.integers(0, 30))] = rng.choice([0.0, np.nan])
    values[rng.random(n) < rng.choice([0, 0.02, 0.3])] = np.nan
    return values


def times(rng, n):
    """Return times of one sensor: regular, jittered or at no rhythm; some left out."""
    every = int(rng.choice([1, 5, 10, 60])) * MINUTE
    kind = rng.integers(0, 5)
    at = START + np.arange(n) * every
    if kind == 0:
        at = at + rng.integers(-every // 10, every // 10, n)
    elif kind == 1:
        at = np.sort(START + rng.integers(0, 500 * every, n))
    elif kind == 2:
        at = at - 40 * 365 * 24 * 60 * MINUTE * 2
    there = rng.random(n) > rng.choice([0, 0.01, 0.2])
    for _ in range(int(rng.integers(0, 3))):
        start = int(rng.integers(0, n))
        there[start : start + int(rng.integers(1, 60))] = False
    return at[there]


def table_of(seed: int, *, n: int = 900, sensors: int = 5) -> pa.Table:
    """Return rows of several sensors, of every kind, with every fault, in no order of time."""
    rng = np.random.default_rng(seed)
    parts = [_sensor(rng, i, n) for i in range(sensors)]
    short = [_sensor(rng, 90 + i, int(rng.integers(2, 14))) for i in range(3)]
    table = pa.concat_tables([*parts, *short])
    again = table.take(pa.array(rng.integers(0, table.num_rows, table.num_rows // 40)))
    table = pa.concat_tables([table, again])
    mixed = np.argsort(np.arange(table.num_rows) + rng.integers(0, 30, table.num_rows))
    table = table.take(pa.array(mixed))
    return table.append_column("row", pa.array(np.arange(table.num_rows)))


def _sensor(rng: Any, number: int, n: int) -> pa.Table:
    at = times(rng, n)
    at = np.concatenate((at, rng.choice(at, int(rng.integers(0, 9))))) if at.size else at
    columns = (
        {
            name: pa.array(
                spoilt(rng, KINDS[int(rng.integers(0, len(KINDS)))](rng, at.size)),
                from_pandas=bool(rng.integers(0, 2)),
            )
            for name in ("a", "b")
        }
        if at.size
        else {name: pa.array([], pa.float64()) for name in ("a", "b")}
    )
    delays = rng.exponential(3 * MINUTE, at.size).astype(np.int64)
    return pa.table({
        "sensor": pa.array([f"S{number:02d}"] * at.size, pa.string()),
        "time": pa.array(at, pa.int64(), mask=rng.random(at.size) < 0.01),
        "arrived": pa.array(at + delays, pa.int64(), mask=rng.random(at.size) < 0.1),
        **columns,
    })  # fmt: skip


def differences(one: pa.Table, other: pa.Table) -> list[str]:
    """Return where two folded tables differ, in words that help to find out why."""
    assert one.schema.equals(other.schema)
    said = []
    for row, also in zip(one.to_pylist(), other.to_pylist(), strict=True):
        for name, value in row.items():
            if value == also[name]:
                continue
            if not isinstance(value, list):
                said.append(f"{row['sensor']} {name}: {value} and {also[name]}")
                continue
            if len(value) != len(also[name]):
                said.append(f"{row['sensor']} {name}: {len(value)} and {len(also[name])} entries")
            for entry, again in zip(value, also[name], strict=False):
                differing = {k: (v, again[k]) for k, v in entry.items() if v != again[k]}
                if differing:
                    said.append(f"{row['sensor']} {name} {entry.get('column')}: {differing}")
    return said
