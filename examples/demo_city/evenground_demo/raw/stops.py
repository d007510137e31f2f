"""Bus stops and libraries as an old program exports places: degrees with decimal commas."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from evenground_demo.land import CRS
from evenground_demo.tables.services import service_rows
from evenground_demo.world import World

FILE = "places.csv"
ENCODING = "cp1252"
HEADER = ("Kind", "Name", "Run by", "Lat", "Lon")
KINDS = ("library", "clinic", "school", "bus_stop", "litter_bin")


def write_places(folder: Path, world: World) -> None:
    """Write places with latitude before longitude."""
    import pyproj

    to_degrees = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    rows = [row for row in service_rows(world) if row["kind"] in KINDS]
    points = np.array([(row["geometry"].x, row["geometry"].y) for row in rows])
    lon, lat = to_degrees.transform(*points.T)
    lines = [";".join(HEADER)]
    for row, east, north in zip(rows, lon, lat, strict=True):
        degrees = [f"{value:.6f}".replace(".", ",") for value in (north, east)]
        lines.append(";".join([row["kind"], row["name"], row["provider"], *degrees]))
    (folder / FILE).write_bytes("\r\n".join([*lines, ""]).encode(ENCODING))
