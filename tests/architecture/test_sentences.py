"""Every sentence can be translated, plurals included."""

from __future__ import annotations

import ast
import gettext
import io

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from evenground.language import NN_, Language


def marked(node, name: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == name


def test_plurals_are_marked_as_one_message(modules):
    """Two templates marked apart have no plural in a catalogue, so they stay English."""
    apart = [
        f"{module.path}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and all(marked(part, "N_") for part in node.elts)
        and "{n}" in str(node.elts[0].args and getattr(node.elts[0].args[0], "value", ""))
    ]
    assert apart == [], "write NN_(singular, plural)"


def test_marks_hold_plain_text(modules):
    """A mark on anything but a literal is not found by what collects the sentences."""
    found = [
        f"{module.path}:{node.lineno}"
        for module in modules
        for node in ast.walk(module.tree)
        if (marked(node, "N_") or marked(node, "NN_"))
        and not all(isinstance(a, ast.Constant) and isinstance(a.value, str) for a in node.args)
    ]
    assert found == []


def test_a_plural_is_said_in_the_other_language():
    pair = NN_("{n} row", "{n} rows")
    catalogue = Catalog(locale="sv")
    catalogue.add(pair, string=("{n} rad", "{n} rader"))
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    swedish = gettext.GNUTranslations(compiled)
    speaks = Language("sv", "SEK", swedish.gettext, swedish.ngettext)
    assert speaks.say(pair, {"n": 1}) == "1 rad"
    assert speaks.say(pair, {"n": 3}) == "3 rader"
