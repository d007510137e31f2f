"""What Evenground needs at run time may be given to any city."""

from __future__ import annotations

import importlib.util
import re
import sys

import pytest


@pytest.fixture(scope="module")
def licences(root):
    """Return requirements/licences.py as a module."""
    path = root / "requirements" / "licences.py"
    spec = importlib.util.spec_from_file_location("licences", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_locked_distribution_is_admitted(licences):
    names = licences.locked()
    assert {"numpy", "duckdb", "geopandas", "ibis-framework"} <= set(names)
    assert licences.problems(names, licences.Rules.read()) == []


def test_every_exception_has_its_reason(licences):
    for name, entry in licences.Rules.read().allowed.items():
        assert entry["licence"], name
        assert len(entry["reason"].split()) > 4, name


@pytest.mark.parametrize(
    ("name", "licence", "admitted"),
    [
        ("any", "MIT", True),
        ("any", "BSD-3-Clause AND MIT", True),
        ("any", "GPL-3.0-only OR MIT", True),
        ("any", "GPL-3.0-only", False),
        ("any", "BSD-3-Clause AND GPL-3.0-only", False),
        ("any", "GPL-3.0-only AND (MIT OR Apache-2.0)", False),
        ("any", "GNU Affero General Public License v3", False),
        ("any", "", False),
        ("any", "LGPL-3.0-only", False),
        ("psycopg", "LGPL-3.0-only", True),
        ("psycopg", "GPL-3.0-only", False),
    ],
)
def test_copyleft_is_told_from_permissive(licences, name, licence, admitted):
    assert licences.admits(licences.Rules.read(), name, licence) is admitted


def test_every_core_dependency_is_locked(root, licences):
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("\ndependencies = [", maxsplit=1)[1].split("\n]", maxsplit=1)[0]
    wanted = set(re.findall(r'^\s*"([a-z0-9-]+)', block, flags=re.MULTILINE))
    assert len(wanted) > 10
    assert wanted <= set(licences.locked())
