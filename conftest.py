"""What every test may ask for, beside the code and in tests/ alike."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent

# Every processor has a process of tests already (make test: WORKERS); more threads only wait for
# one another. Read when NumPy is loaded, here and in the programs that tests run.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# "ci" gives the same examples on every run and knows no deadline: machines differ in speed, and
# results must not differ with them.
# HYPOTHESIS_PROFILE=explore looks further, for an hour when something smells.
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", deadline=None, max_examples=2_000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder in which the processes of this run share what is costly to make."""
    if not hasattr(config, "workerinput"):
        folder = tempfile.mkdtemp(prefix="evenground-tests-")
        os.environ["EVENGROUND_TESTS_SHARE"] = folder
        config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return this machine's Chromium; skip without one, fail where EVENGROUND_REQUIRE_BROWSER=1."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    if os.environ.get("EVENGROUND_REQUIRE_BROWSER") == "1":
        pytest.fail("EVENGROUND_REQUIRE_BROWSER=1, and no Chromium is installed", pytrace=False)
    pytest.skip("no Chromium on this machine: make browser")


@pytest.fixture(scope="session")
def real_data() -> Callable[[str], Path]:
    """Return a function from a city's folder name to its folder of real data; skip without it."""
    home = Path(os.environ.get("EVENGROUND_REAL_DATA", ROOT.parent / "shared" / "data"))

    def folder(name: str) -> Path:
        if not (home / name).is_dir():
            pytest.skip(f"no real data at {home / name}: name their folder in EVENGROUND_REAL_DATA")
        return home / name

    return folder


@pytest.fixture
def peer(request: pytest.FixtureRequest) -> Callable[..., dict[str, Any]]:
    """Return a function that runs ``peers/<script>`` beside the test and returns what it printed.

    Other people's software runs out of process, so that none of it is imported by the library, and
    may live in an environment of its own (EVENGROUND_PEERS_PYTHON). Work goes in as JSON; the
    script's last line comes back as JSON. A peer that is missing or stops is a failure: a
    comparison that was not made must not look like one that held.
    """
    python = os.environ.get("EVENGROUND_PEERS_PYTHON", sys.executable)

    def run(script: str, **work: Any) -> dict[str, Any]:
        done = subprocess.run(  # noqa: S603 - the scripts of this repository
            [python, str(request.path.parent / "peers" / script)],
            input=json.dumps(work), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            pytest.fail(f"{script}: {done.stderr.strip() or done.returncode}", pytrace=False)
        return json.loads(done.stdout.splitlines()[-1])

    return run
