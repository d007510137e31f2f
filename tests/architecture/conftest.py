"""The source tree, read once for every test about its shape."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "src" / "evenground"


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One Python file of the library: its path in the repository, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def inside(self) -> tuple[str, ...]:
        """The path's parts below ``src/evenground``."""
        return Path(self.path).parts[2:]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def modules() -> tuple[Module, ...]:
    """Return every module of the library, its tests left out."""
    found: list[Module] = []
    for path in sorted(LIBRARY.rglob("*.py")):
        if "tests" not in path.relative_to(LIBRARY).parts:
            text = path.read_text(encoding="utf-8")
            name = path.relative_to(ROOT).as_posix()
            found.append(Module(path=name, text=text, tree=ast.parse(text, filename=name)))
    assert found, f"no module below {LIBRARY}"
    return tuple(found)


@pytest.fixture(scope="session")
def tracked() -> tuple[Path, ...]:
    """Return every file under version control; skip outside a checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a checkout of the repository")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return tuple(path for path in paths if path.is_file())
