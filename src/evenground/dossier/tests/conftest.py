"""The sample dossier, made once."""

from __future__ import annotations

import pytest

from evenground.dossier import Dossier
from evenground.dossier.tests.sample import sample_dossier


@pytest.fixture(scope="session")
def sample() -> Dossier:
    return sample_dossier()


@pytest.fixture(scope="session")
def page(sample: Dossier) -> str:
    return sample.html()
