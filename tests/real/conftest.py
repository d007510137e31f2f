"""Pages of the documentation that work on real data: their files, laid out as a reader would."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(
    r"^<!-- (?P<mark>file|append): (?P<name>\S+) -->\n```(?:toml|text)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture
def laid_out(tmp_path: Path, real_data: Callable[[str], Path]) -> Callable[[str, str], Path]:
    """Return a function that writes the files of a page beside a link to a city's real data.

    It takes the page and the name of the data's folder, and returns the folder that it made; files
    that the page lets grow are written as they are at its end.
    """

    def folder(page: str, data: str) -> Path:
        (tmp_path / "downloads").symlink_to(real_data(data))
        for found in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")):
            path = tmp_path / found["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w" if found["mark"] == "file" else "a", encoding="utf-8") as file:
                file.write(found["text"])
        return tmp_path

    return folder


@pytest.fixture
def table_in() -> Callable[[str, str], list[list[str]]]:
    """Return a function that reads the rows of the table below a header line, from a page."""

    def rows(page: str, header: str) -> list[list[str]]:
        text = (DOCS / page).read_text(encoding="utf-8")
        below = text[text.index(header) :].split("\n\n", maxsplit=1)[0].splitlines()[2:]
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in below]

    return rows
