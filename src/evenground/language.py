"""Say codes in words: gettext catalogues plus a formatter that rounds to what an interval bears.

Templates are ordinary ``str.format`` templates with named fields; the format specification names
how a value is said: ``{n:count}``, ``{part:share}``, ``{ratio:times}``, ``{walk:metres}``,
``{part:per_cent}``, ``{day:date}``, ``{cost:money}``, ``{names:list}``, ``{rate:number}``.
"""

from __future__ import annotations

import gettext as _gettext
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from evenground.phrasing import PHRASES

DOMAIN = "evenground"


def N_(template: str) -> str:  # noqa: N802 - the name gettext extractors know
    """Mark a template for translation and return it unchanged."""
    return template


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802 - as above
    """Mark a singular and a plural template as one message, so that each language has its forms."""
    return singular, plural


@dataclass(frozen=True, slots=True)
class Language:
    """One language for output: a locale code, its catalogue, and the currency that money is in."""

    code: str
    currency: str
    _gettext: Callable[[str], str]
    _ngettext: Callable[[str, str, int], str]

    def text(self, template: str | tuple[str, str], n: int | None = None) -> str:
        """Return the translated template; a (singular, plural) pair is chosen by ``n``."""
        if isinstance(template, tuple):
            return self._ngettext(*template, 1 if n is None else n)
        return self._gettext(template) if template else ""

    def say(self, template: str | tuple[str, str], parameters: Mapping[str, Any]) -> str:
        """Translate ``template`` and fill in ``parameters``.

        Raises
        ------
        KeyError
            If the template names a field that ``parameters`` lacks.
        """
        n = parameters.get("n")
        chosen = self.text(template, n if isinstance(n, int) else None)
        return _Formatter(self).vformat(chosen, (), parameters)

    def list(self, items: Sequence[str]) -> str:
        """Join words as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
        if len(items) <= 1:
            return "".join(items)
        return self._gettext(N_("{all_but_last} and {last}")).format(
            all_but_last=", ".join(items[:-1]), last=items[-1]
        )


class _Formatter(string.Formatter):
    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in PHRASES:
            return PHRASES[format_spec](value, self._language)
        return super().format_field(value, format_spec)


def language(code: str, *, currency: str = "") -> Language:
    """Return the language for a code like ``en`` or ``sv``; English where no catalogue is."""
    folder = resources.files("evenground") / "locale"
    local = code.replace("-", "_")  # sv-SE is sv_SE in the names of catalogues
    catalogue = _gettext.translation(DOMAIN, str(folder), languages=[local], fallback=True)
    return Language(
        code=code,
        currency=currency,
        _gettext=catalogue.gettext,
        _ngettext=catalogue.ngettext,
    )
