"""The demo is made once for all of its tests."""

from __future__ import annotations

import tomllib

import pytest
from evenground_demo import make_demo
from evenground_demo.world import make_world


@pytest.fixture(scope="session")
def world():
    return make_world()


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    return make_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def planted(demo):
    return tomllib.loads(demo.truth.read_text(encoding="utf-8"))
