"""Sentences of the workbook: what to fill first, and how."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

EASTING = N_(
    "Place, if it is a point: longitude in degrees, or easting in metres. Outlines and lines belong in a map file (GeoPackage, GeoJSON) named after this sheet, in the same folder"
)
NORTHING = N_("Latitude in degrees, or northing in metres")

START: Mapping[str, tuple[str, ...]] = {
    "city": (
        N_(
            "This workbook holds what your city knows. Nothing in it has to be complete: the dossier says what is missing and who may have it."
        ),
        N_("Fill first: city (name and coordinate system), then areas and population."),
    ),
    "initiative": (
        N_(
            "This workbook holds one initiative: what is offered, what is decided, what it costs and what people say. Nothing in it has to be complete: the dossier says what is missing and whom to ask."
        ),
        N_(
            "Fill first: initiative (title, who decides and when), options, costs, problems. That is enough for a first dossier."
        ),
    ),
    "offer": (
        N_(
            "This workbook holds one offer and the city that it is made to. Nothing in it has to be complete: the dossier says what is missing and whom to ask."
        ),
        N_(
            "Fill first: initiative (title, who decides and when), options, costs, problems. That is enough for a first dossier; areas and population show who would get it."
        ),
    ),
}
HOW: tuple[str, ...] = (
    N_(
        "Column names and keys stay as they are, in every language. Leave empty what you do not know: an empty cell is better than a guess, and 0 means none."
    ),
    N_("Rows that begin with # are notes; they are skipped when the workbook is read."),
    N_(
        "Cells with codes are texts, so that a code such as 0102 keeps its zero. Paste values only."
    ),
    N_("Dates are written as 2026-03-01. Several values in one cell are parted by semicolons."),
    N_("A dark heading must be filled in every row; a light one may stay empty."),
)
CHECK: Mapping[str, str] = {
    "city": N_("See what is still wrong or missing: evenground check {file}"),
    "initiative": N_("See what is still wrong or missing: evenground check {file}"),
    "offer": N_("Make a dossier: evenground appraise {file}"),
}
