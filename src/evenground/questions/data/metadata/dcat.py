"""Read a DCAT record: DCAT-AP as JSON-LD, or the ``data.json`` of American catalogues.

Source: W3C 2024, Data Catalog Vocabulary (DCAT) version 3; SEMIC 2023, DCAT-AP 3.0.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.data.metadata.linked_data import Graph, Node
from evenground.questions.data.metadata.record import Distribution, Record


def read_dcat(document: Mapping[str, Any] | list[Any], *, dataset: str = "") -> Record:
    """Read the record of one dataset from a DCAT document.

    Parameters
    ----------
    document
        JSON-LD as parsed: one node, a list of nodes, a ``@graph``, or a catalogue with datasets.
    dataset
        Address, identifier or title of the dataset, where the document holds several; the first
        one otherwise.

    Raises
    ------
    UsageError
        If the document holds no dataset, or none so called.
    """
    graph = Graph(document)
    found = graph.of_type("Dataset") or [
        node for node in graph.nodes if graph.values(node, "distribution")
    ]
    chosen = [node for node in found if not dataset or dataset in _names(graph, node)]
    if not chosen:
        raise wrong(
            "no_dataset_in_record",
            N_("The record describes {n_found} datasets, none of them called “{dataset}”"),
            n_found=len(found),
            dataset=dataset,
        )
    return _record(graph, chosen[0])


def _names(graph: Graph, node: Node) -> set[str]:
    identity = str(node.get("@id", ""))
    return {identity, *graph.texts(node, "identifier"), *graph.texts(node, "title")}


def _record(graph: Graph, node: Node) -> Record:
    return Record(
        identifier=graph.text(node, "identifier") or str(node.get("@id", "")),
        title=graph.text(node, "title"),
        description=graph.text(node, "description"),
        keywords=graph.texts(node, "keyword"),
        themes=graph.texts(node, "theme"),
        spatial=_presence(graph, node, "spatial"),
        temporal=_period(graph, node),
        publisher=graph.text(node, "publisher"),
        contact=graph.text(node, "contactPoint"),
        access_rights=graph.address(node, "accessRights") or graph.text(node, "accessLevel"),
        rights=graph.text(node, "rights"),
        licence=graph.address(node, "license"),
        issued=graph.text(node, "issued"),
        modified=graph.text(node, "modified"),
        frequency=graph.address(node, "accrualPeriodicity"),
        language=graph.address(node, "language"),
        provenance=graph.text(node, "provenance"),
        conforms_to=graph.texts(node, "conformsTo"),
        distributions=tuple(
            _distribution(graph, one)
            for one in graph.values(node, "distribution")
            if isinstance(one, Mapping)
        ),
    )


def _distribution(graph: Graph, node: Node) -> Distribution:
    return Distribution(
        title=graph.text(node, "title"),
        access_url=graph.address(node, "accessURL"),
        download_url=graph.address(node, "downloadURL"),
        format=graph.address(node, "format"),
        media_type=graph.address(node, "mediaType"),
        licence=graph.address(node, "license"),
        rights=graph.text(node, "rights"),
        byte_size=graph.text(node, "byteSize"),
        issued=graph.text(node, "issued"),
        modified=graph.text(node, "modified"),
        conforms_to=graph.texts(node, "conformsTo"),
    )


def _presence(graph: Graph, node: Node, name: str) -> str:
    """Return a place as text; one given by coordinates alone counts as given."""
    if text := graph.text(node, name):
        return text
    for value in graph.values(node, name):
        if isinstance(value, Mapping):
            for part in ("geometry", "bbox", "centroid"):
                if text := graph.text(value, part):
                    return text
    return ""


def _period(graph: Graph, node: Node) -> str:
    for value in graph.values(node, "temporal"):
        if isinstance(value, Mapping):
            start = graph.text(value, "startDate", "hasBeginning", "start")
            end = graph.text(value, "endDate", "hasEnd", "end")
            if start or end:
                return f"{start}/{end}"
    return graph.text(node, "temporal")
