"""Codes that records may name: file formats, licences, access rights.

Source: Publications Office of the European Union, authority tables ``file-type``, ``licence`` and
``access-right``; European Data Portal, lists of machine-readable and of non-proprietary formats.
"""

from __future__ import annotations

import re

FILE_TYPE = "publications.europa.eu/resource/authority/file-type/"
LICENCE = "publications.europa.eu/resource/authority/licence/"
ACCESS_RIGHT = "publications.europa.eu/resource/authority/access-right/"
MEDIA_TYPE = "iana.org/assignments/media-types/"
ACCESS_RIGHTS = frozenset({"PUBLIC", "RESTRICTED", "NON_PUBLIC", "CONFIDENTIAL", "SENSITIVE"})
NON_PROPRIETARY = frozenset({
    "BMP", "CSV", "DBF", "GEOJSON", "GZIP", "HTML", "ICS", "JPEG2000", "JSON", "JSON_LD", "KML",
    "KMZ", "NETCDF", "ODS", "PNG", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE",
    "RDF_XML", "RSS", "RTF", "TAR", "TIFF", "TSV", "TXT", "WMS_SRVC", "XML", "ZIP",
})  # fmt: skip
"""Formats that the European Data Portal lists as non-proprietary."""
MACHINE_READABLE = frozenset({
    "CSV", "GEOJSON", "ICS", "JSON", "JSON_LD", "KML", "KMZ", "NETCDF", "ODS", "RDFA",
    "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML", "RSS", "SHP", "XLS",
    "XLSX", "XML",
})  # fmt: skip
"""Formats that the European Data Portal lists as machine-readable."""
OTHER_FORMATS = frozenset({
    "DOC", "DOCX", "DWG", "DXF", "GDB", "GML", "GPKG", "GEOTIFF", "GPX", "JPEG", "MDB", "ODT",
    "PARQUET", "PDF", "PPT", "PPTX", "SHP", "SQL", "SVG", "WFS_SRVC", "WMTS_SRVC", "ATOM", "ZIP",
})  # fmt: skip
"""Further codes of the authority table that data come in; it holds many more."""
SAME = {
    "geo+json": "GEOJSON", "geojson": "GEOJSON", "ld+json": "JSON_LD", "json-ld": "JSON_LD",
    "jsonld": "JSON_LD", "excel": "XLS", "ms excel": "XLS", "vnd.ms-excel": "XLS",
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "vnd.oasis.opendocument.spreadsheet": "ODS", "plain": "TXT", "text": "TXT",
    "tab-separated-values": "TSV", "turtle": "RDF_TURTLE", "ttl": "RDF_TURTLE",
    "n-triples": "RDF_N_TRIPLES", "n-quads": "RDF_N_QUADS", "trig": "RDF_TRIG",
    "rdf+xml": "RDF_XML", "rdf": "RDF_XML", "vnd.google-earth.kml+xml": "KML",
    "vnd.google-earth.kmz": "KMZ", "geopackage": "GPKG", "geopackage+sqlite3": "GPKG",
    "shapefile": "SHP", "shape": "SHP", "esri shapefile": "SHP", "x-netcdf": "NETCDF",
    "vnd.apache.parquet": "PARQUET", "geoparquet": "PARQUET", "wms": "WMS_SRVC",
    "wfs": "WFS_SRVC", "calendar": "ICS", "rss+xml": "RSS", "x-zip-compressed": "ZIP",
    "gz": "GZIP", "tif": "TIFF", "jpg": "JPEG", "comma separated values": "CSV",
}  # fmt: skip
"""Other names of codes, and the second half of media types."""
OPEN_LICENCE = re.compile(
    r"creativecommons\.org|opendatacommons\.org|spdx\.org/licenses|eupl|opengovernmentlicence",
    re.IGNORECASE,
)
"""Addresses of licences that the authority table knows under addresses of its own."""


def format_code(format_given: str, media_type: str = "") -> str:
    """Return the code of a format as in the authority table; empty if it is not known here."""
    for text in (format_given, media_type):
        last = re.split(r"[/#]", text.strip().rstrip("/"))[-1].strip(". ").casefold()
        code = SAME.get(last, last.upper().replace("-", "_"))
        if code in NON_PROPRIETARY | MACHINE_READABLE | OTHER_FORMATS:
            return code
    return ""
