"""The same files appraised on the same terms once in a run: by tests, pages and commands alike.

Tests and pages of the documentation appraise the demo city again and again. That the same input
gives the same dossier is tested apart (``contracts/``, ``golden/``), so whoever comes second is
handed what the first one found. Whatever is not sure to be the same is appraised anew.
"""

from __future__ import annotations

import os
import pickle
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.tests.sharing import FOLDER, shared

if TYPE_CHECKING:
    import pytest
    from evenground_demo import DemoFolder

    from evenground.dossier import Dossier

PROGRAM = """\
#!{python}
from evenground.tests.appraisals import main

main()
"""


def share_appraisals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``evenground.appraise`` look first whether this run has the dossier already."""
    from evenground.workspace import appraising

    if appraising.appraise.__name__ == "appraise":  # and not one that looks first already
        monkeypatch.setattr(appraising, "appraise", _looking_first(appraising.appraise))


def programs() -> Path:
    """Return a folder with the program ``evenground``, which looks first, too."""

    def write() -> Path:
        folder = Path(os.environ[FOLDER]) / "programs"
        folder.mkdir()
        path = folder / "evenground"
        path.write_text(PROGRAM.format(python=sys.executable), encoding="utf-8")
        path.chmod(0o755)
        return folder

    return shared("programs", write)


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] in (["appraise"], ["demo"]):
        from evenground.workspace import appraising

        appraising.appraise = _looking_first(appraising.appraise)
    from evenground.cli import main as run

    run()


def demo_city() -> DemoFolder:
    """Return the demo city, made once in a run: to read, not to write to."""
    from evenground_demo import make_demo

    return shared("demo city", lambda: make_demo(Path(os.environ[FOLDER]) / "demo"))


def _looking_first(appraise: Any) -> Any:
    from evenground.workspace.opening import OpenInitiative, open_city, open_initiative

    def looking_first(initiative: Any, city: Any = None, *, terms: Any = None) -> Dossier:
        opened = initiative
        if not isinstance(opened, OpenInitiative):
            opened = open_initiative(initiative)
        place = open_city(city) if isinstance(city, str | Path) else city
        if place is not None:
            opened = opened.in_city(place)
        name = _name(opened, place, terms)
        if not name:
            return appraise(opened, place, terms=terms)
        return shared(name, lambda: appraise(opened, place, terms=terms))

    return looking_first


def _name(opened: Any, place: Any, terms: Any) -> str:
    """Return a name that only the same input on the same terms has; none if it is not sure."""
    from evenground.questions import discover

    if terms is None or terms.today is None or terms.questions is not None or opened.datasets:
        return ""
    parts: list[object] = [terms.today, terms.audience, terms.seed, terms.sealing]
    parts += [question.key for question in discover()]
    for one in (opened, place):
        if one is None:
            continue
        if one.folder is None:
            return ""
        told = one.initiative if one is opened else one.city
        read = (dict(one.tables), dict(one.places), one.reports, one.notes, one.published)
        parts += [told, sha256(pickle.dumps(read)).hexdigest()]
        # What is read only once a question looks at it lies in the folder.
        for base in dict.fromkeys((one.folder.folder, one.folder.root)):
            if not (contents := _contents(base)):
                return ""
            parts.append(contents)
    return f"dossier {parts}"


def _contents(folder: Path) -> str:
    """Return a digest of all files below a folder; none where a link leads out of it."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            return ""
        if path.is_file():
            content = sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()
