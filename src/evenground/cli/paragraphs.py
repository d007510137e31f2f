"""Sentences in lines of a terminal's width, with what belongs together set in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

WIDTH = 80


def paragraph(text: str, *, inset: int = 0, hanging: int = 0) -> Iterator[str]:
    """Yield a text in lines of at most ``WIDTH`` characters; longer words stand alone.

    Parameters
    ----------
    text
        One paragraph; nothing in it can steer the reader's terminal.
    inset, hanging
        Spaces before the first line, and before the others.
    """
    from evenground.workspace.telling_problems import printable

    yield from textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=" " * inset,
        subsequent_indent=" " * (hanging or inset),
        break_long_words=False,
        break_on_hyphens=False,
    )
