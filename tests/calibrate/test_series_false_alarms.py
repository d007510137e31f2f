"""False alarms on clean series, and how well planted faults are found, by kind of signal."""

from __future__ import annotations

from functools import partial

import numpy as np
import pyarrow as pa
import pytest

from evenground.questions.data.measures.faults.clean import KINDS, clean_network
from evenground.questions.data.measures.faults.detection import detection
from evenground.questions.data.measures.faults.planting import missing, plant, spikes, stuck
from evenground.questions.data.measures.faults.rows import duplicates
from evenground.questions.data.measures.faults.stream import Stream, truth_table
from evenground.questions.data.measures.series.checks import series_checks
from evenground.questions.data.measures.series.folded import folded_table
from evenground.questions.data.measures.series.kernels import passes_for
from evenground.questions.data.measures.series.rules import SeriesRules
from evenground.questions.data.measures.series.series import Series, audit_series

pytestmark = pytest.mark.calibrate

NOTHING = SeriesRules()
ALARMS = ("stuck_runs", "zero_runs", "out_of_range", "sentinels", "spikes")
READINGS_A_YEAR = 105_120
SPIKES = {"temperature": 0.9, "humidity": 0.88, "noise": 0.8, "particles": 0.75}
"""Least F1. What noise and particles do varies with the hour and the level: a spike of five scales
of the whole is none where the signal is restless."""


def audited(stream: Stream, *, flags: bool):
    passes = passes_for(10**9)
    audits = []
    for i, name in enumerate(stream.names):
        rows = np.flatnonzero(stream.sensor == i)
        series = Series(
            sensor=name, times=stream.time[rows], values={"value": stream.value[rows]}, rows=rows
        )
        audits.append(audit_series(series, rules=NOTHING, flags=flags, passes=passes))
    return series_checks(folded_table(audits, flags=flags), NOTHING, flags=flags)


def weather(rng, n, keeps):
    from scipy.signal import lfilter

    return lfilter([1.0], [1.0, -keeps], rng.standard_normal(n) * np.sqrt(1 - keeps**2))


def signals(rng: np.random.Generator, n: int) -> dict[str, np.ndarray]:
    """Return clean signals that are awkward in ways that instruments are."""
    day = np.arange(n) / 288
    warm = 12 + 4 * np.sin(2 * np.pi * day) + 3 * weather(rng, n, 0.999)
    stale = 2.3 + 0.5 * weather(rng, n, 0.9985)
    busy = np.exp(1.7 * np.sin(2 * np.pi * (day - 0.3)))
    return {
        "unrounded": warm + rng.normal(0, 0.3, n),
        "half degrees": np.round((warm + rng.normal(0, 0.3, n)) * 2) / 2,
        "slow and coarse": np.round(warm + rng.normal(0, 0.3, n)),
        "little noise": np.round(warm + rng.normal(0, 0.05, n), 1),
        "Laplace noise": np.round(warm + rng.laplace(0, 0.3, n), 1),
        "whole micrograms": np.round(np.exp(stale + rng.normal(0, 0.1, n))),
        "lognormal, independent": np.round(rng.lognormal(2.5, 0.5, n), 1),
        "busy counts": rng.poisson(100 * busy).astype(float),
        "sparse counts": rng.poisson(busy).astype(float),
        "saturated humidity": np.round(np.clip(80 + 15 * weather(rng, n, 0.9995), 5, 100), 1),
        "light": np.round(np.maximum(np.sin(2 * np.pi * day), 0) * 900
                          * np.exp(-np.abs(weather(rng, n, 0.98)) / 2), 1),
        "calm at night": np.round(warm + rng.normal(0, np.where(day % 1 < 0.25, 0.06, 0.5)), 1),
    }  # fmt: skip


def alarms_of(stream: Stream) -> dict[str, int]:
    counts = {check.name: check.count or 0 for check in audited(stream, flags=False)}
    return {name: counts[name] for name in ALARMS}


@pytest.mark.parametrize("kind", KINDS)
def test_one_false_alarm_in_twenty_years_at_most(kind, tables):
    years, total = 0, dict.fromkeys(ALARMS, 0)
    for seed in range(5):
        network = clean_network(np.random.default_rng([21, seed]), kind=kind, sensors=8, days=365)
        years += 8
        for name, count in alarms_of(network).items():
            total[name] += count
    tables.add("False alarms of clean networks", kind=kind, sensor_years=years, **total)
    # One in twenty years is two in forty; by chance alone there may be four.
    assert sum(total.values()) <= 4


def test_awkward_signals_are_left_in_peace_too(tables):
    years, alarms = 0, 0
    for name in signals(np.random.default_rng(0), 288):
        total = dict.fromkeys(ALARMS, 0)
        for seed in range(10):
            n = READINGS_A_YEAR
            values = signals(np.random.default_rng([22, seed]), n)[name]
            stream = Stream(
                names=(name,), sensor=np.zeros(n, dtype=np.int64),
                time=np.arange(n) * 300_000_000, value=values,
            )  # fmt: skip
            for check, count in alarms_of(stream).items():
                total[check] += count
        tables.add("False alarms of awkward signals", signal=name, sensor_years=10, **total)
        years += 10
        alarms += sum(total.values())
    assert alarms <= years / 20


@pytest.mark.parametrize("days", [30, 120, 365])
@pytest.mark.parametrize("kind", SPIKES)
def test_planted_faults_are_found(kind, days, tables):
    scores: dict[str, list[float]] = {}
    for seed in range(6):
        rng = np.random.default_rng([23, seed, days])
        network = clean_network(rng, kind=kind, sensors=4, days=days)
        each = max(4, days // 3)
        planted = plant(
            network, rng,
            [
                partial(missing, n=each), partial(stuck, n=each),
                partial(duplicates, exact=5 * each, conflicting=2 * each, scale=2.0),
                partial(spikes, n=3 * each),
            ],
        )  # fmt: skip
        checks = audited(planted.stream, flags=True)
        flags = pa.concat_tables([check.flags for check in checks if check.flags is not None])
        for name, found in detection(truth_table(planted), flags).items():
            scores.setdefault(name, []).append(found.f1)
    means = {name: float(np.mean(scores[name])) for name in
             ("stuck_runs", "gaps", "duplicates", "spikes")}  # fmt: skip
    tables.add("F1 of planted faults", kind=kind, days=days, **means)
    for name in ("stuck_runs", "gaps", "duplicates"):
        assert means[name] >= 0.95, name
    assert means["spikes"] >= SPIKES[kind]
