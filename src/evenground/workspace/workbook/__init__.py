"""The workbook that officials fill in, as sheets and as a file."""

from evenground.workspace.workbook.sheets import KINDS, sheets_for
from evenground.workspace.workbook.xlsx import workbook_bytes

__all__ = ["KINDS", "sheets_for", "workbook_bytes"]
