"""A million rows: DiD, event study and group-time effects beside pyfixest, diff-diff and csdid.

100,000 units at ten times in six cohorts, the rows shuffled; errors are clustered by unit. Every
side runs out of process, after one another, and reports medians of processor time and its own peak
of memory; our time begins with the rows. EVENGROUND_BENCH_SUN_ABRAHAM=1 adds diff-diff's Sun and
Abraham, which takes more than a minute and five gigabytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.bench
N_UNITS, N_TIMES = 100_000, 10
MOST_SECONDS, MOST_MEGABYTES = 0.3, 500


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """Return the path of the rows."""
    rng = np.random.default_rng(1)
    starts = rng.choice([3, 4, 5, 6, 7, N_TIMES], N_UNITS)
    unit = np.repeat(np.arange(N_UNITS), N_TIMES)
    time, start = np.tile(np.arange(N_TIMES), N_UNITS), np.repeat(starts, N_TIMES)
    level = np.repeat(rng.normal(size=N_UNITS), N_TIMES)
    y = rng.normal(size=unit.size) + level + 0.5 * (time >= start)
    order = rng.permutation(unit.size)
    file = tmp_path_factory.mktemp("rows") / "rows.npz"
    np.savez(file, unit=unit[order], time=time[order], start=start[order], y=y[order])
    return str(file)


@pytest.fixture
def ours_alone(rows):
    """Return a function that runs ours in a process of its own."""

    def run(what):
        script = Path(__file__).parent / "peers" / "event_study_evenground.py"
        done = subprocess.run(
            [sys.executable, str(script)],
            input=json.dumps({"file": rows, "what": what, "rounds": 5}),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture
def both(ours_alone, peer, rows):
    """Return a function that runs ours and one peer."""

    def run(script, what, *, rounds=3):
        return ours_alone(what), peer(script, file=rows, what=what, rounds=rounds)

    return run


def told(what, ours, name, theirs):
    """Return the line that sets both side by side."""
    return (
        f"{what}, 1 M rows: evenground {ours['processor']:.2f} s of processor time, "
        f"{ours['peak']:.0f} MB; {name} {theirs['processor']:.2f} s, {theirs['peak']:.0f} MB"
    )


@pytest.mark.parametrize("what", ["did", "event study", "group-time"])
def test_within_the_bar(ours_alone, say, what):
    ours = ours_alone(what)
    say(f"{what}, 1 M rows: {ours['processor']:.2f} s of processor time, {ours['peak']:.0f} MB")
    assert ours["processor"] <= MOST_SECONDS
    assert ours["peak"] <= MOST_MEGABYTES


@pytest.mark.parametrize("what", ["did", "event study"])
def test_beside_pyfixest(both, say, what):
    ours, theirs = both("event_study_pyfixest.py", what)
    say(told(what, ours, "pyfixest (compiled before)", theirs))
    found, expected = ours["found"], theirs["found"]
    kept = slice(None)
    if what == "event study":
        kept = [place_of(expected["names"], since) for since in found["times"]]
    for number in ("effect", "standard_error"):
        assert found[number] == pytest.approx(np.array(expected[number])[kept], abs=1e-7)
    assert ours["peak"] < theirs["peak"]


def place_of(names, since):
    """Return where the peer tells of a time since treatment."""
    (found,) = (i for i, name in enumerate(names) if name.endswith((f"::{since}", f"::{since}.0")))
    return found


@pytest.mark.parametrize("name", ["diff_diff", "csdid"])
def test_group_time_effects(both, say, name):
    ours, theirs = both(f"event_study_{name}.py", "group-time")
    say(told("group-time effects", ours, name, theirs))
    assert ours["found"]["effect"] == pytest.approx(theirs["found"]["effect"], abs=1e-9)
    error = theirs["found"]["standard_error"]
    assert ours["found"]["standard_error"] == pytest.approx(error, rel=1e-6)
    assert ours["peak"] < theirs["peak"]


@pytest.mark.skipif(
    os.environ.get("EVENGROUND_BENCH_SUN_ABRAHAM") != "1",
    reason="a minute and 5 GB: set EVENGROUND_BENCH_SUN_ABRAHAM=1",
)
def test_sun_abraham(both, say):
    ours, theirs = both("event_study_diff_diff.py", "sun-abraham", rounds=1)
    say(told("group-time effects", ours, "diff-diff's Sun and Abraham", theirs))
