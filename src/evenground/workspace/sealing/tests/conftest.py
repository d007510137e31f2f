"""An initiative that is made anew for each test."""

from __future__ import annotations

import pytest

from evenground.workspace.sealing.tests.initiatives import Proposal


@pytest.fixture
def proposal(tmp_path):
    return Proposal(tmp_path / "closed_bins")
