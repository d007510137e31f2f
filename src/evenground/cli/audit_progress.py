"""A bar while data are audited: on a terminal only, so that pipelines see nothing of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager

Show = Callable[[float | None, str], None]


@contextmanager
def audit_bar() -> Generator[Show]:
    """Yield what takes the share done (0-1, ``None`` where nobody knows) and what is being done."""
    if not sys.stderr.isatty():
        yield lambda _done, _what: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        SpinnerColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("…", total=None)

        def show(done: float | None, what: str) -> None:
            if done is None:
                bar.update(task, description=what)
            else:
                bar.update(task, description=what, total=1.0, completed=min(max(done, 0.0), 1.0))

        yield show
