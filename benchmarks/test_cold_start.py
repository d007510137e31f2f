"""A dossier from a cold start: how long an official waits in front of a fresh machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.bench
PROGRAM = str(Path(sys.executable).with_name("evenground"))
SECONDS = 15.0


def processor_seconds(*command: str) -> float:
    """Return the processor time that a fresh process takes, all its threads together."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return (
        after.children_user - before.children_user + after.children_system - before.children_system
    )


@pytest.fixture(scope="module")
def initiative(tmp_path_factory) -> Path:
    """Return the folder of an initiative of the demo city, made but not timed."""
    home = tmp_path_factory.mktemp("demo")
    subprocess.run([PROGRAM, "demo", str(home)], check=True, capture_output=True)
    return min(path.parent for path in home.rglob("initiative.toml"))


def test_dossier_of_the_demo_city(benchmark, say, initiative, tmp_path):
    command = (PROGRAM, "appraise", str(initiative), "--out", str(tmp_path / "dossier"))
    seconds = processor_seconds(*command)
    benchmark.pedantic(lambda: processor_seconds(*command), rounds=2)
    say(f"dossier of the demo city from a cold start: {seconds:.1f} s of processor time")
    assert (tmp_path / "dossier" / "dossier.html").exists()
    assert seconds <= SECONDS


def test_dossier_of_a_real_city(benchmark, say, tmp_path):
    """The city and initiative folders stand where EVENGROUND_BENCH_INITIATIVE says."""
    folder = os.environ.get("EVENGROUND_BENCH_INITIATIVE")
    if not folder:
        pytest.skip("EVENGROUND_BENCH_INITIATIVE names no initiative folder")
    command = (PROGRAM, "appraise", folder, "--out", str(tmp_path / "dossier"))
    seconds = processor_seconds(*command)
    benchmark.pedantic(lambda: processor_seconds(*command), rounds=2)
    say(f"dossier of {Path(folder).name} from a cold start: {seconds:.1f} s of processor time")
    assert seconds <= SECONDS
