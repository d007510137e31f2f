"""A catalogue's record of one dataset, whatever form it was written in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One way to get the data.

    ``format`` and ``media_type`` are a code or an address; ``access_status`` and
    ``download_status`` are what the addresses answered (HTTP), ``None`` where nobody tried.
    """

    title: str = ""
    access_url: str = ""
    download_url: str = ""
    format: str = ""
    media_type: str = ""
    licence: str = ""
    rights: str = ""
    byte_size: str = ""
    issued: str = ""
    modified: str = ""
    conforms_to: tuple[str, ...] = ()
    access_status: int | None = None
    download_status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a catalogue says about one dataset; texts as written, empty where nothing is.

    ``problems`` names what a reader could make nothing of (keys of wordings in ``wording``).
    """

    identifier: str = ""
    title: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    spatial: str = ""
    temporal: str = ""
    publisher: str = ""
    contact: str = ""
    access_rights: str = ""
    rights: str = ""
    licence: str = ""
    issued: str = ""
    modified: str = ""
    frequency: str = ""
    language: str = ""
    provenance: str = ""
    conforms_to: tuple[str, ...] = ()
    distributions: tuple[Distribution, ...] = ()
