"""Headings of benefits registers, and the columns of the table of promises that they stand for.

Sources: HM Treasury (2022), The Green Book, paragraph 5.30 and Box 9 "Benefits Register Template";
Australian Transport Assessment and Planning guidelines, T6 Benefits management, sections 6.1.1
(what a benefits profile holds) and 6.1.2 (what a benefits register holds). Headings under
``ALSO`` are ways in which registers were seen to say the same; no guideline is claimed for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenground.initiative.tables import PROMISES
from evenground.schema import Kind


class Profile(StrEnum):
    """Whose headings a register has."""

    EVENGROUND = "evenground"
    GREEN_BOOK = "green-book"
    ATAP = "atap"


class Holds(StrEnum):
    """How a cell under a heading is read."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    BASELINE = "baseline"
    TARGET = "target"
    IMPROVEMENT = "improvement"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands under a heading: how it is read, and the column that it fills (if one alone)."""

    holds: Holds
    column: str = ""


def _text(column: str) -> Heading:
    return Heading(holds=Holds.TEXT, column=column)


_KEPT = Heading(holds=Holds.KEPT)
_WHEN = Heading(holds=Holds.DATE, column="by")

GREEN_BOOK: Mapping[str, Heading] = {
    "Benefit number": _text("promise_id"),
    "Benefit category & class": _KEPT,
    "Description": _text("words"),
    "Service feature": _KEPT,
    "Potential costs": _KEPT,
    "Activities required": _KEPT,
    "Responsible officer": _text("who"),
    "Performance measure": _text("indicator"),
    "Target improvement": Heading(holds=Holds.IMPROVEMENT),
    "Full-year value": _KEPT,
    "Timescale": _KEPT,
}
ATAP: Mapping[str, Heading] = {
    "Transport system objective": _KEPT,
    "Benefit description": _text("words"),
    "KPI": _text("indicator"),
    "Benefit metric": _text("unit"),
    "Measurement source": _text("outcome_source"),
    "Baseline measurement": Heading(holds=Holds.BASELINE),
    "Target measure": Heading(holds=Holds.TARGET),
    "Target measure date": _WHEN,
    "Benefit owner": _text("who"),
}
TEMPLATES: Mapping[Profile, Mapping[str, Heading]] = {
    Profile.EVENGROUND: {},
    Profile.GREEN_BOOK: GREEN_BOOK,
    Profile.ATAP: ATAP,
}
"""Headings of each profile, in the order of its template."""
ALSO: Mapping[str, Heading] = {
    "Benefit ID": _text("promise_id"),
    "Benefit no": _text("promise_id"),
    "ID": _text("promise_id"),
    "Ref": _text("promise_id"),
    "Benefit": _text("words"),
    "Owner": _text("who"),
    "Measure": _text("indicator"),
    "Key performance indicator": _text("indicator"),
    "Measurement criteria": _text("indicator"),
    "Unit of measure": _text("unit"),
    "Units": _text("unit"),
    "Data source": _text("outcome_source"),
    "Beneficiary": _text("groups"),
    "Beneficiaries": _text("groups"),
    "Location": _text("place"),
    "Baseline value": Heading(holds=Holds.BASELINE),
    "Target value": Heading(holds=Holds.TARGET),
    "Target date": _WHEN,
    "Target delivery date": _WHEN,
    "Realisation date": _WHEN,
    "Relevant transport system objectives": _KEPT,
    "Source document": _text("document"),
}
_OWN_WAYS = {"baseline": Holds.BASELINE, "target": Holds.TARGET}
_KINDS = {
    Kind.TEXT: Holds.TEXT,
    Kind.NUMBER: Holds.NUMBER,
    Kind.INTEGER: Holds.NUMBER,
    Kind.DATE: Holds.DATE,
}


def folded(name: str) -> str:
    """Return a heading without what writers vary: capitals, marks, spaces, what is in brackets."""
    plain = re.sub(r"\([^)]*\)", " ", name.casefold().replace("&", " and ").replace("_", " "))
    return " ".join(re.findall(r"\w+", plain))


def own_heading(name: str) -> Heading:
    """Return how a column of the table of promises is read."""
    column = PROMISES[name]
    holds = Holds.CHOICE if column.choices else _OWN_WAYS.get(name, _KINDS[column.kind])
    return Heading(holds=holds, column=name)


def headings() -> dict[str, Heading]:
    """Return every heading that is known, folded, with what it stands for."""
    known = {folded(name): one for name, one in ALSO.items()}
    for template in TEMPLATES.values():
        known |= {folded(name): one for name, one in template.items()}
    return known | {folded(name): own_heading(name) for name in PROMISES.names}


def all_names() -> tuple[str, ...]:
    """Return every heading as it is written; a header row is found by them."""
    templates = [name for template in TEMPLATES.values() for name in template]
    return (*PROMISES.names, *templates, *ALSO)
