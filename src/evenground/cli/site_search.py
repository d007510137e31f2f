"""How long ``evenground site`` searches: limits of work and time, Ctrl-C, and what is shown."""

from __future__ import annotations

import math
import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING

from evenground.cli.printing import progress
from evenground.language import N_, language

if TYPE_CHECKING:
    from evenground.methods.siting import Effort, Progress

SHOWN = N_("{objective}, bound {bound}, gap {gap}, work {work}; Ctrl-C ends it")
SEARCHING = N_("Searching, work {work}; Ctrl-C ends it")
_SECONDS_BETWEEN = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Limits of a search: work, seconds, and the gap at which it may end."""

    work_limit: int | None = None
    time_limit: float | None = None
    gap: float = 0.0


class Watch:
    """Says when to stop, and remembers why: Ctrl-C or the limit of time."""

    def __init__(self, seconds: float | None) -> None:
        self.end = math.inf if seconds is None else time.monotonic() + seconds
        self.interrupted = False
        self.out_of_time = False

    def interrupt(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Take note of Ctrl-C; the next one ends the program."""
        self.interrupted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def should_stop(self) -> bool:
        """Return whether to stop."""
        self.out_of_time = self.out_of_time or time.monotonic() >= self.end
        return self.interrupted or self.out_of_time


@contextmanager
def search(patience: Patience) -> Generator[tuple[Effort, Watch]]:
    """Yield what methods take as effort; meanwhile Ctrl-C asks for what was found so far."""
    from evenground.methods.siting import Effort

    watch = Watch(patience.time_limit)
    listens = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, watch.interrupt) if listens else None
    try:
        with progress() as show:
            yield (
                Effort(
                    work_limit=patience.work_limit,
                    gap=patience.gap,
                    should_stop=watch.should_stop,
                    progress=_shown(show),
                ),
                watch,
            )
    finally:
        if listens:
            signal.signal(signal.SIGINT, before)


def _shown(show: Callable[[float | None, str], None]) -> Callable[[Progress], None]:
    speaks, last = language("en"), -math.inf

    def told(now: Progress) -> None:
        nonlocal last
        at = time.monotonic()
        if at - last < _SECONDS_BETWEEN:
            return
        last = at
        known = {"work": now.work, "objective": f"{now.objective:.6g}", "bound": f"{now.bound:.6g}"}
        if math.isfinite(now.gap):
            show(None, speaks.say(SHOWN, {**known, "gap": f"{now.gap:.2%}"}))
        else:
            show(None, speaks.say(SEARCHING, known))

    return told
