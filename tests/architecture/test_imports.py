"""Dependencies point down, and starting costs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "altair", "duckdb", "geopandas", "highspy", "ibis", "openpyxl", "pandas", "pyarrow", "pyogrio",
    "pyproj", "scipy", "shapely", "vl_convert",
)  # fmt: skip
LOADED = "import json, sys; print(json.dumps(sorted(m.split('.')[0] for m in sys.modules)))"
HELP = f"""
import contextlib, io
from evenground.cli import main
sys_argv = ["evenground", "--help"]
import sys
sys.argv = sys_argv
with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit):
    main()
assert "Usage" in said.getvalue(), said.getvalue()
{LOADED}
"""


def test_import_contracts_are_kept(root: Path) -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    "program", [f"import evenground\n{LOADED}", HELP], ids=["import evenground", "--help"]
)
def test_starting_loads_no_heavy_package(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "evenground" in loaded
    assert loaded.isdisjoint(HEAVY), sorted(loaded.intersection(HEAVY))
