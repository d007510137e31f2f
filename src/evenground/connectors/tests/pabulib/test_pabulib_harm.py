"""Files built to harm: whatever stands in one, reading, checking and counting say so or work."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from runpy import run_path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenground.connectors.pabulib.checks.listing import pabulib_problems
from evenground.connectors.pabulib.reading import read_pabulib
from evenground.connectors.pabulib.writing import pabulib_bytes
from evenground.errors import EvengroundError
from evenground.workspace.polls.pabulib_poll import pabulib_poll

FILES = run_path(str(Path(__file__).with_name("test_pabulib_checks.py")))
TEXTS = [FILES[name] for name in ("APPROVAL", "CUMULATIVE", "CHOOSE", "ORDINAL")]
HARM = (
    *("", ";", "\n", '"', "\0", ",", "-", "9" * 40, "1e999", "nan", "VOTES\n", "\r", "\ufeff", "'"),
    *("\N{ARABIC-INDIC DIGIT ONE}", "=cmd()", "0.1234567890123", "²", "--1", "\u2028", "#1: #7:"),
    "PROJECTS\nproject_id;cost\n",
)


def used(data: bytes) -> None:
    """Use a file in every way; errors of ours are an answer."""
    file = read_pabulib(data, file="harm.pb")
    for problem in pabulib_problems(file):
        problem.what.format(**{name: str(value) for name, value in problem.fields.items()})
    assert read_pabulib(pabulib_bytes(file)).votes.n_rows == file.votes.n_rows
    with suppress(EvengroundError):
        pabulib_poll(file)


@given(st.sampled_from(TEXTS), st.data())
def test_changed_anywhere(text, data):
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(st.sampled_from(HARM)) + text[end:]
    used(text.encode())


@given(st.sampled_from(TEXTS), st.data())
def test_one_cell_changed(text, data):
    lines = text.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    cells = lines[at].split(";")
    cells[data.draw(st.integers(0, len(cells) - 1))] = data.draw(st.sampled_from(HARM))
    lines[at] = ";".join(cells)
    used("\n".join(lines).encode())


@given(st.binary(max_size=200))
def test_any_bytes(data):
    used(data)


@pytest.mark.parametrize("text", TEXTS)
def test_cut_off_anywhere(text):
    for end in range(0, len(text), 41):
        used(text[:end].encode())
