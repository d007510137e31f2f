"""Benchmarks print what they compared: medians, ratio, and what the peer did not do."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest

_LINES: list[str] = []


@pytest.fixture
def say() -> Callable[[str], None]:
    """Return a function that adds a line to the summary."""
    return _LINES.append


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
