"""What differs between two dossiers: answers, numbers, inputs, choices; nothing goes unsaid."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from evenground.dossier.encoding import encode
from evenground.dossier.model import Dossier


class Part(StrEnum):
    """What sort of thing differs, in the order in which it is told."""

    ANSWER = "answer"
    VERDICT = "verdict"
    NUMBER = "number"
    FINDING = "finding"
    INITIATIVE = "initiative"
    INPUT = "input"
    SETTING = "setting"
    FIRST_SCREEN = "first_screen"
    ABOUT = "about"
    WORDS = "words"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that differs; ``before`` or ``after`` is ``None`` where it is not there at all.

    ``place`` leads to it in ``dossier.json``, with names instead of positions where there are any.
    """

    part: Part
    place: tuple[str, ...]
    before: Any
    after: Any


_IDENTITY: Mapping[str, tuple[str, ...]] = {
    "estimates": ("name", "about"),
    "inputs": ("table", "file"),
    "sources": ("table", "file"),
    "problems": ("by",),
    "before_you_decide": ("to", "what"),
    "asks": ("to", "what"),
    "accounts": ("words",),
    "objections": ("words",),
}
"""By what the members of a list are told apart; ``key`` or ``code`` where nothing stands here."""
_WHOLE = frozenset({"spec", "datasets", "rows", "cost", "parameters", "labels", "set_aside"})
"""What is told as one, however much of it differs."""
_SCREEN_PARTS: Mapping[str, Part] = {
    "initiative": Part.INITIATIVE,
    "inputs": Part.INPUT,
    "settings": Part.SETTING,
    "first_screen": Part.FIRST_SCREEN,
    "datasets": Part.DETAIL,
}
_ANSWERS = frozenset({(), ("asked",), ("headline", "sentence")})
_FINDING_WORDS = frozenset({"sentence", "caveats", "would_change", "asks", "missing", "title"})


def compare(before: Dossier, after: Dossier) -> tuple[Difference, ...]:
    """Return everything that differs, ordered by part; empty exactly when the seals are equal."""
    found = _walk(encode(before), encode(after), ())
    order = list(Part)
    return tuple(sorted(found, key=lambda one: (order.index(one.part), one.place)))


def _walk(before: Any, after: Any, place: tuple[str, ...]) -> Iterator[Difference]:
    if _same(before, after):
        return
    name = place[-1] if place else ""
    if isinstance(before, dict) and isinstance(after, dict) and not _is_whole(name, place):
        yield from _members(_named(before), _named(after), place)
    elif isinstance(before, list) and isinstance(after, list) and not _is_whole(name, place):
        if name == "findings":
            before, after = _paired(before, after)
        yield from _members(_identified(before, name), _identified(after, name), place)
    else:
        yield Difference(part=part_of(place), place=place, before=before, after=after)


def _same(before: Any, after: Any) -> bool:
    """Tell whether two values are written alike: 1 and 1.0 are not."""
    return before is after or json.dumps(before, sort_keys=True) == json.dumps(
        after, sort_keys=True
    )


def _is_whole(name: str, place: tuple[str, ...]) -> bool:
    return name in _WHOLE or (len(place) > 1 and place[-2] == "estimates")


def _members(
    before: Mapping[str, Any], after: Mapping[str, Any], place: tuple[str, ...]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        where = (*place, name)
        if name in before and name in after:
            yield from _walk(before[name], after[name], where)
        else:
            gone, come = before.get(name), after.get(name)
            yield Difference(part=part_of(where), place=where, before=gone, after=come)
    if list(before) != list(after) and set(before) == set(after):
        yield Difference(
            part=Part.DETAIL, place=(*place, "order"), before=list(before), after=list(after)
        )


def _named(value: Any) -> dict[str, Any]:
    return dict(sorted(cast("dict[str, Any]", value).items()))


def _identified(items: Any, name: str) -> dict[str, Any]:
    """Name the members of a list by what tells them apart; repeats are counted."""
    found: dict[str, Any] = {}
    for item in cast("Sequence[Any]", items):
        identity = _identity(item, name)
        copies = 1
        while (called := identity if copies == 1 else f"{identity} ({copies})") in found:
            copies += 1
        found[called] = item.item if isinstance(item, _Called) else item
    return found


def _paired(before: Any, after: Any) -> tuple[list[_Called], list[_Called]]:
    """Name findings so that those about the same thing meet, also where the code tells the verdict.

    Two findings are about the same thing if they share code and what their numbers are about; of
    the others, those that share the first word of their code and what their numbers are about.
    """
    one, other = [_Called(item) for item in before], [_Called(item) for item in after]
    for sameness in (_Called.exactly, _Called.roughly):
        waiting = [item for item in one if item.partner is None]
        for item in (item for item in other if item.partner is None):
            found = next((w for w in waiting if sameness(w) == sameness(item)), None)
            if found:
                waiting.remove(found)
                found.partner, item.partner = item, found
    for item in one:
        item.called = (item.partner or item).code
    return one, other


class _Called:
    """A finding with the name that it goes by in a comparison, and its partner over there."""

    def __init__(self, item: Mapping[str, Any]) -> None:
        self.item = item
        finding = item["finding"]
        self.code: str = finding["code"]
        abouts = dict.fromkeys(estimate["about"] for estimate in finding["estimates"])
        self.about = ", ".join(about for about in abouts if about)
        self.called = self.code
        self.partner: _Called | None = None

    def exactly(self) -> tuple[str, str]:
        return self.code, self.about

    def roughly(self) -> tuple[str, str]:
        return self.code.split(".")[0], self.about

    def name(self) -> str:
        return f"{self.called}: {self.about}" if self.about else self.called


def _identity(item: Any, name: str) -> str:
    if isinstance(item, _Called):
        return item.name()
    if not isinstance(item, dict):
        return str(item)
    known = cast("dict[str, Any]", item)
    keys = _IDENTITY.get(name, ("key",) if "key" in known else ("code",))
    told = [known.get(key) for key in keys]
    return ", ".join(one if isinstance(one, str) else str(one) for one in told if one) or name


def part_of(place: tuple[str, ...]) -> Part:
    """Return what sort of thing stands at a place of ``dossier.json``."""
    if place[0] != "sections":
        return _SCREEN_PARTS.get(place[0], Part.ABOUT)
    within = place[2:]
    if within in _ANSWERS:
        return Part.ANSWER
    if within[:-1] == ("findings",):
        return Part.FINDING
    if "estimates" in within:
        return Part.NUMBER
    if within[-1] == "verdict":
        return Part.VERDICT
    told = "finding" not in within and not _FINDING_WORDS.isdisjoint(within)
    return Part.WORDS if told else Part.DETAIL
