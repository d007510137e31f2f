"""Published event studies, for every test here."""

from __future__ import annotations

import pytest

from evenground.questions.promise.tests.honest import published_studies


@pytest.fixture(scope="session")
def medicaid():
    return published_studies.medicaid()


@pytest.fixture(scope="session")
def french_restaurants():
    return published_studies.french_restaurants()
