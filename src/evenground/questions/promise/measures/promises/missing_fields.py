"""What a promise leaves out, named by what its absence prevents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from evenground.language import N_
from evenground.methods.validation import wrong
from evenground.questions.promise.measures.promises.gaps import (
    ALWAYS,
    COST,
    MEASURED,
    NO_HARM,
    NO_METHOD,
    Gap,
    Prevents,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What else is known of a promise: rows of other tables.

    Attributes
    ----------
    n_harms
        Harms that are watched with it, 0 or more.
    is_evaluated
        Whether it is said how the promise will be judged.
    """

    n_harms: int = 0
    is_evaluated: bool = False


KINDS = ("outcome", "output", "cost", "time", "social")


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFields:
    """What one promise leaves out.

    Attributes
    ----------
    promise_id
        Its short code.
    gaps
        What is not there, in the order of a benefits register.
    is_judged_by_accounts
        Whether it is judged by what people say: then there can be no delivered share, which is no
        gap.
    can_have_delivered_share, can_be_ruled
        Whether a delivered share can be formed, and whether a rule could say scale or stop, once
        there is an estimate.
    """

    promise_id: str
    gaps: tuple[Gap, ...]
    is_judged_by_accounts: bool
    can_have_delivered_share: bool
    can_be_ruled: bool

    def prevented(self, what: Prevents) -> bool:
        """Whether a gap prevents ``what``."""
        return any(gap.prevents is what for gap in self.gaps)


def missing_fields(promise: Mapping[str, Any], beside: Beside | None = None) -> MissingFields:
    """Return what a promise leaves out.

    What is asked for is a superset of a benefits register: HM Treasury (2022), The Green Book,
    paragraph 5.30 and Box 9; Australian Transport Assessment and Planning guidelines, T6 Benefits
    management, section 6.1.2. What it adds (smallest worthwhile effect, floor, harms, method) is
    what a rule set beforehand needs.

    Parameters
    ----------
    promise
        Column to value, as in the table of promises; ``None``, NaN and blank texts are not there.
    beside
        What other tables hold on it; nothing when left out.

    Raises
    ------
    UsageError
        If ``kind`` or ``judged_by`` is none of the table's.
    """
    kind = _choice(promise, "kind", KINDS)
    judged_by = _choice(promise, "judged_by", ("indicator", "accounts"))
    settled = beside or Beside()
    by_accounts = judged_by == "accounts" or (kind == "social" and not judged_by)
    gaps = [gap for gap in ALWAYS if _lacks(promise, gap)]
    if kind == "cost":
        gaps += [gap for gap in COST if _lacks(promise, gap)]
    elif kind != "time" and not by_accounts:
        counted_from_none = _is_counted_from_none(promise, kind)
        gaps += [
            gap
            for gap in MEASURED
            if _lacks(promise, gap) and not (counted_from_none and _is_of_baseline(gap))
        ]
        gaps += [] if settled.is_evaluated else [NO_METHOD]
    if kind not in {"cost", "time"} and not settled.n_harms:
        gaps.append(NO_HARM)
    return MissingFields(
        promise_id=str(promise.get("promise_id") or ""),
        gaps=tuple(gaps),
        is_judged_by_accounts=by_accounts,
        can_have_delivered_share=not by_accounts and _has_share(promise, kind),
        can_be_ruled=not by_accounts
        and kind not in {"cost", "time"}
        and is_there(promise.get("minimum_effect"))
        and is_there(promise.get("indicator")),
    )


def is_there(value: object) -> bool:
    """Whether a cell holds anything: not ``None``, not NaN, not blank."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return False
    return not isinstance(value, str) or bool(value.strip())


def _has_share(promise: Mapping[str, Any], kind: str) -> bool:
    """Whether something delivered could be divided by what was promised."""
    there = {name for name, value in promise.items() if is_there(value)}
    if kind == "cost":
        return "target" in there
    if kind == "time":
        return "by" in there
    if _is_counted_from_none(promise, kind) and {"indicator", "target"} <= there:
        return True
    put = bool(there & {"change"}) or (
        "baseline" in there and bool(there & {"target", "change_share"})
    )
    return "indicator" in there and put


def _is_counted_from_none(promise: Mapping[str, Any], kind: str) -> bool:
    """Whether it is something to be built, of which there was none: it needs no value before."""
    return kind == "output" and promise.get("direction") != "less"


def _is_of_baseline(gap: Gap) -> bool:
    return all(column.startswith("baseline") for column in gap.columns)


def _lacks(promise: Mapping[str, Any], gap: Gap) -> bool:
    return not any(is_there(promise.get(column)) for column in gap.columns)


def _choice(promise: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> str:
    value = promise.get(name)
    found = str(value) if is_there(value) else ""
    if found and found not in choices:
        raise wrong(
            "promise_choice",
            N_("{name} is {found}, expected one of {choices}"),
            name=name,
            found=found,
            choices=", ".join(choices),
        )
    return found
