"""Checks of labels: categories, beneficiaries, districts and neighbourhoods, and of places."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from evenground.connectors.pabulib.amounts import amount
from evenground.connectors.pabulib.checks import field_messages as say
from evenground.connectors.pabulib.document import PabulibFile
from evenground.connectors.pabulib.rows import Rows
from evenground.errors import Problem, nearest_name

_DECLARED = (
    ("categories", "category", "PROJECTS"),
    ("neighborhoods", "neighborhood", "PROJECTS"),
    ("neighborhoods", "neighborhood", "VOTES"),
    ("subdistricts", "district", "PROJECTS"),
    ("subdistricts", "district", "VOTES"),
)
_LISTS = ("category", "beneficiaries")
_SINGLE = ("district", "neighborhood")
_SPANS = {"latitude": 90, "longitude": 180}


def label_problems(file: PabulibFile) -> Iterator[Problem]:
    """Yield labels that are listed twice, spelled in several ways, unused or undeclared."""
    for key, column, section in _DECLARED:
        yield from _declared(file, key, column, section)
    for section, rows in (("PROJECTS", file.projects), ("VOTES", file.votes)):
        for column in (*_LISTS, *_SINGLE):
            if rows.has(column):
                yield from _alike(file, section, rows, column)
    yield from _twice(file)
    yield from _places(file)


def _items(text: str, column: str) -> list[str]:
    if column in _LISTS:
        return [item.strip() for item in text.split(",") if item.strip()]
    return [text] if text else []


def _rows(file: PabulibFile, section: str) -> Rows:
    return file.projects if section == "PROJECTS" else file.votes


def _counts(rows: Rows, column: str) -> Counter[str]:
    """Return in how many rows each label stands."""
    found: Counter[str] = Counter()
    for text, n_rows in Counter(rows.texts(column)).items():
        for item in set(_items(text, column)):
            found[item] += n_rows
    return found


def _declared(file: PabulibFile, key: str, column: str, section: str) -> Iterator[Problem]:
    declared = [item.strip() for item in file.value(key).split(",") if item.strip()]
    used = _counts(_rows(file, section), column)
    if not declared or not used or declared == ["True"]:
        return
    for label in declared:
        if label not in used:
            at = file.place("META", file.meta_line(key), key)
            yield say.LABEL_UNUSED.at(at, value=label, nearest=nearest_name(label, used))
    for label, n_rows in sorted(used.items()):
        if label not in declared:
            yield say.LABEL_UNDECLARED.at(
                file.place(section, None, column),
                value=label,
                nearest=nearest_name(label, declared),
                n_rows=n_rows,
                names=key,
            )


def _alike(file: PabulibFile, section: str, rows: Rows, column: str) -> Iterator[Problem]:
    by_key: dict[str, set[str]] = defaultdict(set)
    for label in _counts(rows, column):
        plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
        by_key[" ".join(plain.lower().split()) or label].add(label)
    for labels in by_key.values():
        if len(labels) > 1:
            at = file.place(section, None, column)
            yield say.LABELS_ALIKE.at(at, value=", ".join(sorted(labels)))


def _twice(file: PabulibFile) -> Iterator[Problem]:
    lines = file.projects.lines.tolist()
    for column in _LISTS:
        for line, text in zip(lines, file.projects.texts(column), strict=True):
            for label, times in Counter(_items(text, column)).items():
                if times > 1:
                    yield say.LABEL_TWICE.at(file.place("PROJECTS", line, column), value=label)


def _places(file: PabulibFile) -> Iterator[Problem]:
    pairs: list[tuple[str, str]] = []
    for line, latitude, longitude in zip(
        file.projects.lines.tolist(),
        file.projects.texts("latitude"),
        file.projects.texts("longitude"),
        strict=True,
    ):
        if bool(latitude) != bool(longitude):
            column = "latitude" if latitude else "longitude"
            yield say.COORDINATE_ALONE.at(file.place("PROJECTS", line, column))
            continue
        if not latitude:
            continue
        pairs.append((latitude, longitude))
        for (column, most), text in zip(_SPANS.items(), pairs[-1], strict=True):
            number = amount(text, decimals=30)
            if number is not None and abs(number) > most:
                yield say.COORDINATE_RANGE.at(file.place("PROJECTS", line, column), value=text)
    if len(pairs) > 1 and len(set(pairs)) == 1:
        yield say.COORDINATES_SAME.at(file.place("PROJECTS"), n_rows=len(pairs))
