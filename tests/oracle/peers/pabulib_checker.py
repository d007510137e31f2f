"""What Pabulib's own checker says of given files; reads work, prints one JSON line."""

from __future__ import annotations

import contextlib
import io
import json
import sys

try:
    from pabulib.checker import Checker
except ImportError as missing:
    sys.exit(f"no peer: {missing}")


def kinds(text):
    """Return the checker's names of what it finds, by level."""
    checker = Checker()
    with contextlib.redirect_stdout(io.StringIO()):
        found = checker.process_files([text])
    results = next(value for key, value in found.items() if key not in {"metadata", "summary"})[
        "results"
    ]
    if isinstance(results, str):
        return {"errors": [], "warnings": []}
    return {level: sorted(results.get(level, {})) for level in ("errors", "warnings")}


work = json.load(sys.stdin)
sys.stdout.write(json.dumps({"found": [kinds(text) for text in work["texts"]]}) + "\n")
