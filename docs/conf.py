"""How the documentation is built: Markdown pages, and a reference made from the code itself."""

from __future__ import annotations

import sys
from pathlib import Path

import evenground

sys.path.insert(0, str(Path(__file__).parent))  # where reference_pages.py lies

project = "Evenground"
author = "The Evenground contributors"
copyright = "The Evenground contributors, Apache-2.0"
version = release = evenground.__version__
language = "en_GB"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "reference_pages"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
# Attributes of several results share names (n_draws, confidence): a mention of one is no link.
suppress_warnings = ["ref.python"]

# Headings can be linked to; a list of fields may be written as one.
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3

napoleon_numpy_docstring = True
napoleon_google_docstring = False
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"

html_theme = "furo"
html_title = f"Evenground {release}"
html_show_sphinx = False
html_copy_source = False
