"""What commands on plain files say: no ranking, whole sentences, every option explained."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import evenground
from evenground.cli import build

VERBS = ("access", "evenness", "inequality", "site", "trend")
FOLDER = Path(evenground.__file__).parent
FILES = sorted(
    [
        *(FOLDER / "cli" / f"{verb}.py" for verb in VERBS),
        *(FOLDER / "cli").glob("*_report.py"),
        *(FOLDER / "cli" / "wording").glob("*.py"),
        *(FOLDER / "cli" / name for name in ("inputs.py", "tables.py", "impedance.py")),
        *(FOLDER / "workspace").glob("plain_*.py"),
        *(FOLDER / "workspace").glob("one_*.py"),
    ]
)
RANKING = re.compile(
    r"\b(best|worst|rank(s|ed|ing|ings)|score[ds]?|scoring|league|top|bottom|grade[ds]?|winner|"
    r"loser|deserv\w*|undeserv\w*|fail(s|ed|ing|ure|ures)?|pass(es|ed)?|index of|overall)\b",
    re.IGNORECASE,
)


def sentences(path):
    """Return every text that is marked for translation in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"N_", "NN_"}
        for argument in node.args
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_sentence_ranks(path):
    for text in sentences(path):
        plain = re.sub(r"\{[^}]*\}", "", text)
        assert not RANKING.search(plain), text


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_explained_in_a_line(verb):
    result = CliRunner().invoke(build(), [verb, "--help"], catch_exceptions=False)
    assert result.exit_code == 0
    assert not RANKING.search(result.stdout)
    options = re.findall(r"^  (--?[\w-]+)(.*)$", result.stdout, re.MULTILINE)
    assert len(options) > 8
