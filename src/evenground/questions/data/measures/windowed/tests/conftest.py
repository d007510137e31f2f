"""A DuckDB for the tests of one module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from evenground.stores.engines.opening import duckdb_connection


@pytest.fixture(scope="module")
def duck() -> Iterator[Any]:
    """Return a DuckDB for one module."""
    with duckdb_connection(threads=2) as connection:
        yield connection
