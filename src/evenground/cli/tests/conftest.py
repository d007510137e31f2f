"""Run a command as people do, in a folder of its own."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from evenground.cli import build


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return an empty folder that commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def invoke(folder):
    """Return what a command prints; errors of ours come through as exceptions."""

    def run(*words: object) -> str:
        result = CliRunner().invoke(build(), [str(word) for word in words], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.fixture
def told(invoke):
    """Return what a command prints with ``--json``, read back."""

    def run(*words: object):
        def refuse(text):
            raise ValueError(text)

        return json.loads(invoke(*words, "--json"), parse_constant=refuse)

    return run
