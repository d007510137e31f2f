"""What every counting rule returns: who is funded, by which variant, step by step, and how sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evenground.questions.voice.measures.budgeting.election import Election

Recorded = str | int | float | bool | None | tuple[str, ...]
"""What a record of variants may hold: fit for JSON; fractions are written as ``"3/7"``."""
Found = Literal["replayed", "recounted", "whole_numbers", "proven_optimal", "floats"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One project chosen.

    Attributes
    ----------
    project
        Its place in the election, 0 to m - 1.
    value
        What the rule compared, exactly: votes, votes per cost, the load, or what supporters pay per
        unit of satisfaction; the record of the rule says which.
    price
        The most that one supporter pays for it, in the election's units of money; ``None`` for
        rules in which supporters pay nothing.
    phase
        What chose it: the rule by its name, or the completion.
    tied
        Places of projects with the same ``value`` that the order of ties put behind it.
    """

    project: int
    value: Fraction
    price: Fraction | None = None
    phase: str
    tied: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """How the outcome is known to be what the rule says.

    Attributes
    ----------
    exact
        Whether it is proven in whole numbers and fractions, free of rounding.
    found
        ``"replayed"``: a fast count, its path checked step by step by code of its own;
        ``"recounted"``: that check failed, so all was counted in fractions;
        ``"whole_numbers"``: the rule needs no fractions; ``"proven_optimal"``: a bound meets the
        value; ``"floats"``: not checked.
    n_steps
        Steps that were checked.
    reason
        Why it was recounted or is not exact; ``None`` otherwise.
    """

    exact: bool
    found: Found
    n_steps: int
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The projects that a rule funds.

    Attributes
    ----------
    funded
        Their places in the election, in the order in which they were chosen.
    cost
        What they cost together, in the election's units of money.
    rule
        The name of the rule.
    record
        Every variant that was used, by name: satisfaction, completion, start and increment of the
        endowment, stop, order of ties and so on.
    steps
        One per funded project, in the same order.
    certificate
        How the outcome is known to be right.
    """

    funded: tuple[int, ...]
    cost: int
    rule: str
    record: Mapping[str, Recorded]
    steps: tuple[Step, ...]
    certificate: Certificate

    def names(self, election: Election) -> tuple[str, ...]:
        """Return the names of the funded projects, in the order in which they were chosen."""
        return tuple(election.projects[place] for place in self.funded)


def cost_of(election: Election, funded: Iterable[int]) -> int:
    """Return what projects cost together, in the election's units of money."""
    return sum(int(election.costs[place]) for place in funded)
