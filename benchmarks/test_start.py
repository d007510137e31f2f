"""Starting: how long someone waits before the first word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 0.2
PROGRAM = str(Path(sys.executable).with_name("evenground"))


@pytest.mark.bench
def test_help_is_there_at_once(benchmark):
    def ask() -> str:
        return subprocess.run(
            [PROGRAM, "--help"], capture_output=True, text=True, check=True
        ).stdout

    said = benchmark.pedantic(ask, rounds=15, warmup_rounds=2)
    assert "Usage" in said
    assert benchmark.stats.stats.min <= SECONDS


@pytest.mark.bench
def test_import_is_there_at_once(benchmark):
    command = [sys.executable, "-c", "import evenground"]
    benchmark.pedantic(
        lambda: subprocess.run(command, capture_output=True, check=True), rounds=15, warmup_rounds=2
    )
    assert benchmark.stats.stats.min <= SECONDS
