"""Read a record as a CKAN catalogue gives it (``package_show``).

Source: CKAN 2.11, API guide, ``ckan.logic.action.get.package_show``; names of further fields as in
ckanext-dcat.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from evenground.questions.data.metadata.record import Distribution, Record

Fields = Mapping[str, Any]


def is_ckan(document: Fields) -> bool:
    """Tell whether a parsed JSON document is a CKAN record."""
    fields = _package(document)
    return "resources" in fields and isinstance(fields["resources"], list)


def read_ckan(document: Fields) -> Record:
    """Read the record of a dataset from CKAN's own JSON, with or without its envelope."""
    fields = _with_extras(_package(document))
    start = _first(fields, "temporal_start", "temporal_coverage_from")
    end = _first(fields, "temporal_end", "temporal_coverage_to")
    return Record(
        identifier=_first(fields, "identifier", "id"),
        title=_first(fields, "title"),
        description=_first(fields, "notes", "description"),
        keywords=_named(fields.get("tags"), "display_name", "name"),
        themes=_named(fields.get("groups"), "display_name", "title", "name")
        or _listed(fields, "theme"),
        spatial=_first(fields, "spatial", "spatial_uri", "spatial_coverage"),
        temporal=f"{start}/{end}" if start or end else _first(fields, "temporal"),
        publisher=_publisher(fields),
        contact=_first(fields, "contact_email", "maintainer_email", "author_email", "maintainer"),
        access_rights=_first(fields, "access_rights"),
        rights=_first(fields, "rights"),
        licence=_first(fields, "license_url", "license_id", "license_title"),
        issued=_first(fields, "issued", "metadata_created"),
        modified=_first(fields, "modified", "metadata_modified"),
        frequency=_first(fields, "frequency"),
        language=_first(fields, "language"),
        provenance=_first(fields, "provenance"),
        conforms_to=_listed(fields, "conforms_to"),
        distributions=tuple(
            _distribution(cast("Fields", one), fields)
            for one in cast("list[object]", fields.get("resources") or [])
            if isinstance(one, Mapping)
        ),
    )


def _package(document: Fields) -> Fields:
    result = document.get("result")
    return cast("Fields", result) if isinstance(result, Mapping) else document


def _with_extras(fields: Fields) -> Fields:
    extras = fields.get("extras")
    if not isinstance(extras, list):
        return fields
    pairs = [cast("Fields", one) for one in cast("list[object]", extras) if isinstance(one, dict)]
    return {**{str(one.get("key")): one.get("value") for one in pairs}, **fields}


def _distribution(one: Fields, package: Fields) -> Distribution:
    address = _first(one, "access_url", "url")
    return Distribution(
        title=_first(one, "name", "description"),
        access_url=address,
        # CKAN has one address; it leads to the file unless the resource says that it is a service
        download_url=_first(one, "download_url")
        or (address if one.get("url_type") == "upload" else ""),
        format=_first(one, "format"),
        media_type=_first(one, "mimetype"),
        licence=_first(one, "license") or _first(package, "license_url", "license_id"),
        rights=_first(one, "rights"),
        byte_size=_first(one, "size"),
        issued=_first(one, "issued", "created"),
        modified=_first(one, "modified", "last_modified"),
        conforms_to=_listed(one, "conforms_to"),
    )


def _first(fields: Fields, *names: str) -> str:
    for name in names:
        value = fields.get(name)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value):
            return str(value).strip()
    return ""


def _listed(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.get(name)
    if isinstance(value, list):
        return tuple(str(one) for one in cast("list[object]", value))
    return (value,) if isinstance(value, str) and value else ()


def _named(value: object, *names: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        return ()
    found: list[str] = []
    for one in cast("list[object]", value):
        text = _first(cast("Fields", one), *names) if isinstance(one, Mapping) else str(one)
        if text:
            found.append(text)
    return tuple(found)


def _publisher(fields: Fields) -> str:
    organisation = fields.get("organization")
    named = (
        _first(cast("Fields", organisation), "title", "name")
        if isinstance(organisation, Mapping)
        else ""
    )
    return _first(fields, "publisher_name") or named or _first(fields, "author")
