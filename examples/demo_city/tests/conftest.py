"""The demo is made once for all of its tests."""

from __future__ import annotations

import tomllib

import pytest
from evenground_demo.world import make_world

from evenground.tests.appraisals import demo_city, share_appraisals


@pytest.fixture(scope="session")
def world():
    return make_world()


@pytest.fixture(scope="session")
def demo():
    return demo_city()


@pytest.fixture(scope="module", autouse=True)
def appraised_once():
    with pytest.MonkeyPatch.context() as monkeypatch:
        share_appraisals(monkeypatch)
        yield


@pytest.fixture(scope="session")
def planted(demo):
    return tomllib.loads(demo.truth.read_text(encoding="utf-8"))
