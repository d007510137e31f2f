"""``python -m evenground_demo [FOLDER]`` writes the demo without appraising anything."""

from __future__ import annotations

import sys
from pathlib import Path

from evenground_demo.making import make_demo

if __name__ == "__main__":
    made = make_demo(Path(sys.argv[1] if len(sys.argv) > 1 else "demo"))
    sys.stdout.write(f"{made.root}\n")
