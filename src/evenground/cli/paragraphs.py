"""Sentences in lines of a terminal's width, with what belongs together set in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

WIDTH = 80
_KEPT = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_TOGETHER = dict.fromkeys(map(ord, _KEPT), "\N{NO-BREAK SPACE}")


def paragraph(text: str, *, inset: int = 0, hanging: int = 0) -> Iterator[str]:
    """Yield a text in lines of at most ``WIDTH`` characters; longer words stand alone.

    A no-break space ("11 130 PLN") holds its words on one line, and is printed as a plain one.

    Parameters
    ----------
    text
        One paragraph; nothing in it can steer the reader's terminal.
    inset, hanging
        Spaces before the first line, and before the others.
    """
    from evenground.workspace.telling_problems import printable

    words = (printable(word) for word in text.translate(_TOGETHER).split("\N{NO-BREAK SPACE}"))
    lines = textwrap.wrap(
        "\N{NO-BREAK SPACE}".join(words),
        WIDTH,
        initial_indent=" " * inset,
        subsequent_indent=" " * (hanging or inset),
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)
