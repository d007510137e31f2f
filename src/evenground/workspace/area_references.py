"""Check columns that name an area beside a place of their own (services, spending, accounts)."""

from __future__ import annotations

from evenground.stores.table import ReadTable
from evenground.workspace import messages as say
from evenground.workspace.area_codes import AreaCodes, repaired, unknown_codes

AREA = "areas.area_id"


def checked_references(read: ReadTable, areas: AreaCodes) -> ReadTable:
    """Return the table with area codes repaired; unknown ones are listed and taken out.

    The row stays: what has no area may still have a place, an amount or words.
    """
    for column in read.schema.columns:
        if column.refers_to != AREA or column.name not in read.table.column_names:
            continue
        read = repaired(read, column.name, areas.known)
        problems = unknown_codes(read, column.name, areas.known, say.AREA_UNKNOWN_SIMPLE)
        if problems:
            codes = [code if code in areas.known else None for code in read.texts(column.name)]
            read = read.with_column(column.name, codes).saying(*problems)
    return read
