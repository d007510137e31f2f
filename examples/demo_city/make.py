"""Make the demo city: ``python examples/demo_city/make.py [FOLDER]`` (default: ./demo)."""

from __future__ import annotations

import sys
from pathlib import Path

from evenground_demo import SEED, make_demo

if __name__ == "__main__":
    made = make_demo(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"), seed=SEED)
    sys.stdout.write(f"{made.root}\n")
