"""A map of causes: what acts on what, and whether something acts on the cause of a problem.

Things are joined by directed links with a sign: more of the cause gives more (+), less (-) or
either (?) of the effect. The sign of a path is the product of its links', and a loop reinforces or
balances by the same rule.
Source: Maruyama (1963), The second cybernetics: deviation-amplifying mutual causal processes,
American Scientist 51, 164-179; signed digraphs, Levins (1974), The qualitative analysis of
partially specified systems, Annals of the New York Academy of Sciences 231, 123-138. What such maps
can't say (how strong, flows and stocks): Richardson (1986), Problems with causal-loop diagrams,
System Dynamics Review 2, 158-170.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evenground.language import N_
from evenground.methods.validation import wrong


class Sign(StrEnum):
    """What more of the cause does to the effect."""

    MORE = "+"
    LESS = "-"
    EITHER = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One thing acts on another.

    Attributes
    ----------
    cause, effect
        Their names, as people write them.
    sign
        Of the effect.
    delay_months
        How long it takes, 0 or more; ``None`` if nobody says.
    """

    cause: str
    effect: str
    sign: Sign
    delay_months: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseMap:
    """Links between things, each pair of things once in each direction.

    Attributes
    ----------
    names
        By the form in which names are compared, the name as written; sorted. Of several spellings
        the first in the alphabet stands.
    links
        By cause and effect, as compared; sorted.
    """

    names: Mapping[str, str]
    links: Mapping[tuple[str, str], Link]

    @property
    def effects(self) -> Mapping[str, tuple[str, ...]]:
        """What each thing acts on, as compared, sorted."""
        found: dict[str, list[str]] = {name: [] for name in self.names}
        for cause, effect in self.links:
            found[cause].append(effect)
        return {name: tuple(effects) for name, effects in found.items()}

    @property
    def causes(self) -> Mapping[str, tuple[str, ...]]:
        """What acts on each thing, as compared, sorted."""
        found: dict[str, list[str]] = {name: [] for name in self.names}
        for cause, effect in self.links:
            found[effect].append(cause)
        return {name: tuple(causes) for name, causes in found.items()}


def compared(name: str) -> str:
    """Return the form in which names are compared: case, ``_`` and extra spaces do not matter."""
    return " ".join(name.replace("_", " ").split()).casefold()


def cause_map(links: Iterable[Link]) -> CauseMap:
    """Return a map from links, whose order does not matter.

    Several links from one thing to another, such as from several sources, become one: their common
    sign or ``?``, and the shortest delay that is known.

    Raises
    ------
    UsageError
        If a name is empty, a sign is none, or a delay is negative or not finite.
    """
    names: dict[str, str] = {}
    together: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        _check(link)
        for name in (link.cause, link.effect):
            written = " ".join(name.split())
            names[compared(name)] = min(names.get(compared(name), written), written)
        together.setdefault((compared(link.cause), compared(link.effect)), []).append(link)
    merged = {
        pair: _merged(found, cause=names[pair[0]], effect=names[pair[1]])
        for pair, found in sorted(together.items())
    }
    return CauseMap(names=dict(sorted(names.items())), links=merged)


def product(signs: Iterable[Sign]) -> Sign:
    """Return the sign of a chain of links: ``?`` if one is, else by how many are ``-``."""
    n_less = 0
    for sign in signs:
        if sign is Sign.EITHER:
            return Sign.EITHER
        n_less += sign is Sign.LESS
    return Sign.LESS if n_less % 2 else Sign.MORE


def agreed(signs: Iterable[Sign]) -> Sign:
    """Return the sign that all have, else ``?``."""
    found = set(signs)
    return found.pop() if len(found) == 1 else Sign.EITHER


def _merged(links: list[Link], *, cause: str, effect: str) -> Link:
    known = [link.delay_months for link in links if link.delay_months is not None]
    return Link(
        cause=cause,
        effect=effect,
        sign=agreed(Sign(link.sign) for link in links),
        delay_months=min(known) if known else None,
    )


def _check(link: Link) -> None:
    if not compared(link.cause) or not compared(link.effect):
        raise wrong("link_name", N_("a link lacks the name of its cause or effect"))
    if link.sign not in set(Sign):
        raise wrong("link_sign", N_("sign is {sign}, expected +, - or ?"), sign=link.sign)
    if link.delay_months is not None and not 0 <= link.delay_months < np.inf:
        raise wrong(
            "link_delay", N_("delay_months is {delay}, not 0 or more"), delay=link.delay_months
        )
