"""Other people's software, run out of process, so that none of it is imported by the library."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
# Other people's packages may live in an environment of their own.
PEERS_PYTHON = os.environ.get("EVENGROUND_PEERS_PYTHON", sys.executable)
NOT_INSTALLED = 3


@pytest.fixture(scope="session")
def peer() -> Callable[..., dict[str, Any]]:
    """Return a function that runs ``peers/<script>`` on its work and returns what it printed.

    Work goes in as JSON; the script's last line comes back as JSON. A script that ends with status
    3 says that its package is not installed, and the test is skipped.
    """

    def run(script: str, **work: Any) -> dict[str, Any]:
        done = subprocess.run(
            [PEERS_PYTHON, str(HERE / "peers" / script)],
            input=json.dumps(work), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode == NOT_INSTALLED:
            pytest.skip(f"{script}: {done.stderr.strip().splitlines()[-1]}")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run
