"""Read JSON-LD without its contexts: names by their last part, references looked up in the file.

Catalogues write the same property as ``dct:title``, ``http://purl.org/dc/terms/title`` or
``title``; here all of them are ``title``. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

Node = Mapping[str, Any]
_LAST = re.compile(r"[^/#:]+$")
_LABELS = ("prefLabel", "label", "name", "fn", "title", "hasEmail", "email")
DEEPEST = 12
"""How far references are followed: records are shallow, loops are not meant."""


def local_name(name: str) -> str:
    """Return the last part of a name: ``title`` of ``dct:title`` or of an address."""
    if name.startswith("@"):
        return name
    found = _LAST.search(name.rstrip("/#"))
    return found[0] if found else name


class Graph:
    """The nodes of a JSON-LD document."""

    def __init__(self, document: object) -> None:
        self.nodes: list[Node] = list(_nodes(document, 0))
        self._by_id: dict[str, list[Node]] = {}
        for node in self.nodes:
            identity = node.get("@id", node.get("id"))
            if isinstance(identity, str):
                self._by_id.setdefault(identity, []).append(node)

    def of_type(self, name: str) -> list[Node]:
        """Return the nodes of a type, by its last part."""
        return [node for node in self.nodes if name in _types(node)]

    def values(self, node: Node, name: str) -> list[Any]:
        """Return what a node says under a name: plain values and nodes, references followed."""
        found: list[Any] = []
        for known in self._whole(node):
            for key, value in known.items():
                if local_name(key) == name:
                    found.extend(self._followed(value))
        return [value for value in found if value not in (None, "", {}, [])]

    def texts(self, node: Node, name: str) -> tuple[str, ...]:
        """Return what a node says under a name as texts, without repeats."""
        said = (self.text_of(value) for value in self.values(node, name))
        return tuple(dict.fromkeys(text for text in said if text))

    def text(self, node: Node, *names: str) -> str:
        """Return the first text under any of the names, English first; empty if none."""
        for name in names:
            values = self.values(node, name)
            values.sort(key=_language_order)
            for value in values:
                if text := self.text_of(value):
                    return text
        return ""

    def text_of(self, value: object, depth: int = 0) -> str:
        """Return a value as text: a label or name of a node, or its address."""
        if isinstance(value, Mapping):
            node = cast("Node", value)
            plain = node.get("@value")
            if plain is not None:
                return str(plain).strip()
            for name in _LABELS if depth < DEEPEST else ():
                for inner in self.values(node, name):
                    if text := self.text_of(inner, depth + 1):
                        return text
            return str(node.get("@id", node.get("id", ""))).strip()
        if isinstance(value, bool) or value is None:
            return ""
        return str(value).strip()

    def address(self, node: Node, name: str) -> str:
        """Return the first value under a name as it is written: an address rather than a label."""
        for value in self.values(node, name):
            if isinstance(value, Mapping):
                written = cast("Node", value)
                identity = written.get("@id", written.get("id"))
                plain = written.get("@value")
                found = plain if plain is not None else identity
                if isinstance(found, (str, int, float)) and not str(found).startswith("_:"):
                    return str(found).strip()
            if text := self.text_of(value):
                return text
        return ""

    def _whole(self, node: Node) -> list[Node]:
        """Return every piece of a node; a document may say one thing in several places."""
        identity = node.get("@id", node.get("id"))
        pieces = self._by_id.get(identity, []) if isinstance(identity, str) else []
        return pieces if any(piece is node for piece in pieces) else [node, *pieces]

    def _followed(self, value: object) -> list[Any]:
        if isinstance(value, list):
            return [one for item in cast("list[object]", value) for one in self._followed(item)]
        if isinstance(value, Mapping):
            node = cast("Node", value)
            if "@list" in node or "@set" in node:
                return self._followed(node.get("@list", node.get("@set")))
            return [node]
        return [value]


def _nodes(value: object, depth: int) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in cast("list[object]", value):
            yield from _nodes(item, depth + 1)
    elif isinstance(value, Mapping):
        node = cast("Node", value)
        if "@value" not in node:
            yield node
        for key, inner in node.items():
            if key != "@context":
                yield from _nodes(inner, depth + 1)


def _types(node: Node) -> set[str]:
    given = node.get("@type", node.get("type"))
    listed = cast("list[object]", given) if isinstance(given, list) else [given]
    return {local_name(one) for one in listed if isinstance(one, str)}


def _language_order(value: object) -> int:
    """Order texts: those without language or in English first, others in the order given."""
    if not isinstance(value, Mapping):
        return 0
    code = str(cast("Node", value).get("@language", ""))
    return 0 if not code or code.casefold().startswith("en") else 1
