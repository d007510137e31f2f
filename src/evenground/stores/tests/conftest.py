"""Read a few bytes as a file of a city folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evenground.city import CITY_TABLES
from evenground.stores.draft import Locale
from evenground.stores.entries import TableEntry
from evenground.stores.folder import DataFolder
from evenground.stores.reading import read_table
from evenground.stores.table import ReadTable

SCHEMAS = {schema.name: schema for schema in CITY_TABLES}


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(folder=tmp_path, root=tmp_path)


@pytest.fixture
def read(folder: DataFolder) -> Callable[..., ReadTable]:
    """Return a function that writes content to a file and reads it as a table of the model."""

    def read_content(
        content: str | bytes | None, table: str = "population", *, file: str = "", **entry
    ) -> ReadTable:
        name = file or f"{table}.csv"
        if content is not None:
            raw = content.encode("utf-8") if isinstance(content, str) else content
            (folder.root / name).write_bytes(raw)
        locale = entry.pop("locale", Locale())
        return read_table(
            folder, TableEntry(table=table, file=name, **entry), SCHEMAS[table], locale
        )

    return read_content


@pytest.fixture
def codes() -> Callable[[ReadTable], list[str]]:
    """Return a function that lists the codes of everything that was said."""

    def listed(found: ReadTable) -> list[str]:
        return [p.code for p in (*found.problems, *found.noticed, *found.set_aside)]

    return listed
