"""Quillhaven, an invented city with planted truth, for trying out Evenground and for testing it.

No place, person, office or company in it exists. Everything it writes is in the public domain
(CC0 1.0). The same seed gives the same files.
"""

from __future__ import annotations

from evenground_demo.making import AS_OF, DemoFolder, make_demo
from evenground_demo.world import SEED

__all__ = ["AS_OF", "SEED", "DemoFolder", "make_demo"]
