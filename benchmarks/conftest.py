"""Benchmarks print what they compared: medians, ratio, and what the peer did not do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

HERE = Path(__file__).parent
# Other people's packages may live in an environment of their own.
PEERS_PYTHON = os.environ.get("EVENGROUND_PEERS_PYTHON", sys.executable)
_LINES: list[str] = []


@pytest.fixture
def say() -> Callable[[str], None]:
    """Return a function that adds a line to the summary."""
    return _LINES.append


@pytest.fixture
def peer() -> Callable[..., dict[str, Any]]:
    """Return a function that runs a peer's script out of process and returns what it printed."""

    def run(script: str, **work: Any) -> dict[str, Any]:
        done = subprocess.run(
            [PEERS_PYTHON, str(HERE / "peers" / script)],
            input=json.dumps(work), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode == 3:
            pytest.skip(f"{script}: {done.stderr.strip().splitlines()[-1]}")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture
def cpu_seconds() -> Callable[..., float]:
    """Return a function that gives the median processor time of several calls."""

    def measure(call: Callable[[], object], *, rounds: int = 7) -> float:
        times = []
        for _ in range(rounds):
            start = time.process_time()
            call()
            times.append(time.process_time() - start)
        return median(times)

    return measure


def pytest_terminal_summary(terminalreporter) -> None:
    if _LINES:
        terminalreporter.section("side by side")
        for line in _LINES:
            terminalreporter.write_line(line)
