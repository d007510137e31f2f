"""Say whether every locked run-time distribution has a licence that licences.toml admits."""

from __future__ import annotations

import re
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NAME = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
WORD = re.compile(r"[A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The allow-list: permissive names, older spellings of them, and exceptions by distribution."""

    permissive: frozenset[str]
    spelled: dict[str, str]
    allowed: dict[str, dict[str, str]]

    @classmethod
    def read(cls, path: Path = HERE / "licences.toml") -> Rules:
        """Read the allow-list."""
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(
            permissive=frozenset(found["permissive"]),
            spelled=found["spelled"],
            allowed=found["allowed"],
        )


def locked(path: Path = HERE / "run.txt") -> list[str]:
    """Return the names of the distributions in a lock."""
    return NAME.findall(path.read_text(encoding="utf-8"))


def declared(name: str) -> str:
    """Return the licence that a distribution states: expression, else classifier, else field.

    Raises
    ------
    PackageNotFoundError
        If the distribution is not installed.
    """
    about = metadata(name)
    if expression := about.get("License-Expression"):
        return expression
    for classifier in about.get_all("Classifier", []):
        if classifier.startswith("License :: ") and classifier.count(" :: ") > 1:
            return classifier.rsplit(" :: ", maxsplit=1)[1]
    return (about.get("License") or "").strip().split("\n", maxsplit=1)[0]


def admits(rules: Rules, name: str, licence: str) -> bool:
    """Say whether a distribution of that name may have that licence.

    Of licences joined by OR one must be admitted, of those joined by AND all; where brackets mix
    the two, all.
    """
    wanted = rules.allowed.get(name, {}).get("licence")
    known = rules.permissive | ({wanted} if wanted else set())
    spdx = rules.spelled.get(licence, licence)
    choices = [spdx] if "(" in spdx else re.split(r"\bOR\b", spdx)
    parts = [[word for word in WORD.findall(one) if word not in {"AND", "OR"}] for one in choices]
    return any(words and known.issuperset(words) for words in parts)


def problems(names: list[str], rules: Rules) -> list[str]:
    """Return a sentence for every distribution that is absent or not admitted."""
    said: list[str] = []
    for name in names:
        try:
            licence = declared(name)
        except PackageNotFoundError:
            said.append(f"{name} is locked and not installed, so its licence cannot be read.")
            continue
        if not admits(rules, name, licence):
            said.append(
                f"{name} has the licence {licence or '(none stated)'!r}, which "
                "requirements/licences.toml does not admit. Take another library, or add it there "
                "with its reason."
            )
    return said


def main() -> int:
    """Print what is wrong; return the number of problems, at most 1."""
    names = locked()
    found = problems(names, Rules.read())
    for sentence in found:
        print(sentence)
    print(f"Licences of {len(names)} run-time distributions read, {len(found)} not admitted.")
    return min(1, len(found)) if names else 1


if __name__ == "__main__":
    sys.exit(main())
