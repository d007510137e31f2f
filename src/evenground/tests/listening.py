"""Sentences said by one who remembers which words were used."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evenground.evidence import Parameter
from evenground.language import language
from evenground.workspace.telling import Teller, Wording

BEGINS = re.compile(r"[“‘(]?[A-Z0-9−]")
ENDS = re.compile(r"[.?!…](?:[”’)]|$)$|[.?!]$|”$")
UNSAID = re.compile(r"[{}]|\bNone\b|\bnan\b|\binf\b|wording:|an unknown (number|share)")


class Listening(Teller):
    """Says what it is asked, and keeps each code with whether its singular was said."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording, language("en", currency="EUR"))
        self.heard: set[tuple[str, str]] = set()

    def say(self, code: str, parameters: Mapping[str, Parameter]) -> str:
        """Return the sentence of a code."""
        self.heard.add((code, "singular" if parameters.get("n") == 1 else "plural"))
        return super().say(code, parameters)


def unsaid(wording: Wording, heard: set[tuple[str, str]]) -> list[str]:
    """Return codes, with the number where there are two forms, that nobody was heard to say."""
    codes = {code for code, _ in heard}
    return sorted(
        f"{code} {number}".strip()
        for code, forms in wording.items()
        for number in (("",) if isinstance(forms, str) else ("singular", "plural"))
        if (code not in codes if isinstance(forms, str) else (code, number) not in heard)
    )
