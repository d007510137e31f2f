"""Reading limits: how much of an input is read before it is refused.

Files come from vendors, portals and mail attachments. Each limit is far above what a city's tables
need and far below what would bring a small machine down. SECURITY.md lists them.
"""

from __future__ import annotations

MEBIBYTE = 1024 * 1024

MAX_TOML_BYTES = 1 * MEBIBYTE
"""Size of ``city.toml`` or ``initiative.toml``."""
MAX_FILE_BYTES = 512 * MEBIBYTE
"""Size of one file as it lies on disk."""
MAX_UNPACKED_BYTES = 1024 * MEBIBYTE
"""What a workbook or zip may unpack to, counted while unpacking, whatever its directory says."""
MAX_UNPACK_RATIO = 200
"""How many times larger than the packed file the unpacked content may be."""
FREE_UNPACK_BYTES = 16 * MEBIBYTE
"""Below this size unpacked content is read whatever the ratio."""
MAX_ZIP_MEMBERS = 10_000
"""Files inside one zip or workbook."""
MAX_ROWS = 5_000_000
"""Rows of one table."""
MAX_COLUMNS = 2_000
"""Columns of one table."""
MAX_CELL_CHARACTERS = 1_000_000
"""Characters of one cell; a drawn shape is the longest honest one."""
MAX_VERTICES = 20_000_000
"""Corners of all shapes of one file."""
MAX_NUMBER = 1e15
"""Largest number that is taken for a quantity (and that floats still count exactly)."""
