"""What the scripts beside this one share: work in, times and peak memory out, as one JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

WORK: dict[str, Any] = {}


def work() -> dict[str, Any]:
    """Return what is to be done, as it came in."""
    if not WORK:
        WORK.update(json.load(sys.stdin))
    return WORK


def measured(call: Callable[[], Any], *, rounds: int, warm: bool = False) -> None:
    """Call several times; print medians of seconds and processor seconds, the peak, the last found.

    ``warm`` calls once before, without counting: what is compiled stays compiled.
    """
    if warm:
        call()
    seconds, processor, found = [], [], None
    for _ in range(rounds):
        before, cpu = time.perf_counter(), time.process_time()
        found = call()
        seconds.append(time.perf_counter() - before)
        processor.append(time.process_time() - cpu)
    said = {"seconds": median(seconds), "processor": median(processor), "peak": peak()}
    sys.stdout.write(json.dumps({**said, "found": found}) + "\n")


def peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
