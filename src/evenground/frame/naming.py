"""How areas and groups are called in sentences."""

from __future__ import annotations

from typing import Any

from evenground.evidence import Message
from evenground.frame.areas import Grouping
from evenground.phrasing import grouped
from evenground.protocol import Case


def case_names(case: Case) -> dict[str, Any]:
    """Return what the units and the areas of a case are called, singular and plural."""
    initiative, city = case.initiative, case.city
    level = city.level_named(city.level)
    return {
        "unit": initiative.unit or Message(code="unit.one"),
        "units": initiative.unit_plural or Message(code="unit.many"),
        "area": level.name,
        "areas": level.plural,
    }


def pair_names(grouping: Grouping, pair: tuple[int, int]) -> dict[str, Any]:
    """Return the focus and the reference as parameters: their names, and where that is."""
    kind = "classes" if grouping.classes is not None else "people"
    focus, reference = grouping.names[pair[0]], grouping.names[pair[1]]
    return {
        "group": grouping.group.name,
        "focus": focus,
        "reference": reference,
        "at_focus": Message(code=f"in.{kind}", parameters={"name": focus}),
        "at_reference": Message(code=f"in.{kind}", parameters={"name": reference}),
    }


def where(grouping: Grouping, row: int) -> Message:
    """Return where one group is, as part of a sentence."""
    kind = "classes" if grouping.classes is not None else "people"
    return Message(code=f"in.{kind}", parameters={"name": grouping.names[row]})


def per_unit(per: float, people: str) -> str:
    """Return the unit of a rate per so many of somebody, as a wording code."""
    people = _whole(people)
    if per == 1:
        return f"wording:per_one|people={people}"
    return f"wording:per_many|per={grouped(per)}|people={people}"


def headed(name: str) -> str:
    """Return the column that the city's own word heads."""
    return f"named|name={_whole(name)}"


def _whole(words: str) -> str:
    """Return words without the sign that parts a code from its parameters."""
    return words.replace("|", "/")
