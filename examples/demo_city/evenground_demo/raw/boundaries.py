"""Boundaries as a zipped Shapefile in degrees, with field names cut to ten letters."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import shapely

from evenground_demo.land import CRS, Points
from evenground_demo.world import World
from evenground_demo.writers import STAMP

FILE = "small_areas.zip"
FIELDS = ("SMALL_AREA", "SMALL_ARE0", "DISTRICT")
"""Code, name and district, as the ten-letter limit left them."""


def write_boundaries(folder: Path, world: World) -> None:
    """Write the areas of 2024 in longitude and latitude."""
    import pyproj
    from pyogrio import raw

    to_degrees = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    shapes = np.array([area.shape for area in world.areas])

    def projected(points: Points) -> Points:
        degrees = to_degrees.transform(points[:, 0], points[:, 1])
        return np.round(np.stack(degrees, axis=1), 6).astype(float)

    degrees = shapely.transform(shapes, projected)
    columns = zip(*((a.code, a.name, a.district) for a in world.areas), strict=True)
    with tempfile.TemporaryDirectory() as scratch:
        raw.write(
            Path(scratch) / "small_areas.shp",
            geometry=shapely.to_wkb(degrees),
            field_data=[np.array(column, object) for column in columns],
            fields=np.array(FIELDS),
            driver="ESRI Shapefile",
            geometry_type="Polygon",
            crs="EPSG:4326",
            encoding="UTF-8",
            DBF_DATE_LAST_UPDATE=f"{STAMP:%Y-%m-%d}",
        )
        _zip(Path(scratch), folder / FILE)


def _zip(parts: Path, path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(parts.iterdir()):
            entry = zipfile.ZipInfo(part.name, date_time=STAMP.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part.read_bytes())
    path.write_bytes(buffer.getvalue())
