"""Write tables so that the same rows always give the same bytes, in every format used here."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from openpyxl import Workbook

Row = Mapping[str, Any]
STAMP = datetime(2026, 1, 15)  # noqa: DTZ001 - files carry this day, not the day of making


def columns_of(rows: Sequence[Row]) -> list[str]:
    """Return every column that some row has, in the order of first appearance."""
    return list(dict.fromkeys(name for row in rows for name in row))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with line feeds on every platform."""
    path.write_text(text, encoding="utf-8", newline="\n")


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Write UTF-8, comma-separated, one line per row, dates as 2025-06-14."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns_of(rows), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_geojson(path: Path, rows: Sequence[Row], *, crs: str) -> None:
    """Write features with whole decimetres and the projected system named in the file."""
    columns = [name for name in columns_of(rows) if name != "geometry"]
    features = [
        {
            "type": "Feature",
            "properties": {name: plain(row.get(name)) for name in columns},
            "geometry": json.loads(shapely.to_geojson(row["geometry"])),
        }
        for row in rows
    ]
    name = f"urn:ogc:def:crs:{crs.replace(':', '::')}"
    head = {"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": name}}}
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    text = f'{json.dumps(head)[:-1]}, "features": [\n{lines}\n]}}\n'
    write_text(path, text)


def write_geopackage(path: Path, layers: Mapping[str, Sequence[Row]], *, crs: str) -> None:
    """Write layers of polygons; text columns only."""
    import pyogrio
    from pyogrio import raw

    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{STAMP.isoformat()}.000Z"})
    try:
        for layer, rows in layers.items():
            names = [name for name in columns_of(rows) if name != "geometry"]
            raw.write(
                path,
                geometry=shapely.to_wkb(np.array([row["geometry"] for row in rows])),
                field_data=[np.array([str(row[name]) for row in rows], object) for name in names],
                fields=np.array(names),
                layer=layer,
                driver="GPKG",
                geometry_type="MultiPolygon",
                promote_to_multi=True,
                crs=crs,
            )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Write sheets of plain cells (rows of values, header included)."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    save_workbook(path, workbook)


def save_workbook(path: Path, workbook: Workbook) -> None:
    """Save a workbook without the clock in it."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w") as kept:
        for item in sorted(made.namelist()):
            content = made.read(item)
            if item == "docProps/core.xml":
                when = f"{STAMP.isoformat()}Z".encode()
                content = re.sub(rb"(?<=W3CDTF\">)[^<]+", when, content)
            entry = zipfile.ZipInfo(item, date_time=STAMP.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, content)


def grid(rows: Sequence[Row]) -> list[list[Any]]:
    """Turn rows into a header and lines of cells."""
    names = columns_of(rows)
    return [names, *([row.get(name) for name in names] for row in rows)]


def plain(value: Any) -> Any:
    """Turn numpy numbers and dates into what JSON knows."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, date):
        return value.isoformat()
    return value
