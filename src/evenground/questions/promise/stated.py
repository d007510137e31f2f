"""Promises as they were stated: rows of several tables put together, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

from evenground.phrasing import grouped
from evenground.questions.promise.measures.promises.contradictions import (
    Contradiction,
    Terms,
    contradictions,
)
from evenground.questions.promise.measures.promises.gesture import Gesture, gesture
from evenground.questions.promise.measures.promises.missing_fields import (
    Beside,
    MissingFields,
    missing_fields,
)
from evenground.questions.promise.measures.promises.promised_change import (
    PromisedChange,
    Stated,
    promised_change,
)

Row = Mapping[str, Any]
SIGNS: Mapping[str, int] = {"more": 1, "less": -1}
"""What a change for the better is multiplied with, by direction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise with all that was said about it beforehand.

    Attributes
    ----------
    row, evaluation
        Its row, and how it will be judged (empty where nobody said).
    harms, responses
        What must not get worse; what the city would do, by result.
    change
        How much was promised to change.
    missing, contradictory, gesture
        What is left out; what cannot all be meant; whether any result would make a difference.
    """

    row: Row
    evaluation: Row
    harms: tuple[Row, ...]
    responses: Mapping[str, str]
    change: PromisedChange
    missing: MissingFields
    contradictory: tuple[Contradiction, ...]
    gesture: Gesture

    @property
    def key(self) -> str:
        """Its short code."""
        return str(self.row["promise_id"])

    @property
    def kind(self) -> str:
        """What is promised; an outcome unless another kind is stated."""
        return self.row.get("kind") or "outcome"

    @property
    def words(self) -> str:
        """The promise, word for word."""
        return self.row.get("words") or ""

    @property
    def unit(self) -> str:
        """Unit of its indicator."""
        return self.row.get("unit") or ""

    @property
    def side(self) -> int:
        """1 where more is better, -1 where less is; 0 where nobody said."""
        return SIGNS.get(self.change.direction, 0)

    @property
    def sign(self) -> float:
        """What its indicator is multiplied with to count for the better."""
        return float(self.side or 1)

    def number(self, name: str) -> float | None:
        """Return a number of its row, if there is one."""
        return number(self.row, name)

    @property
    def due(self) -> date | None:
        """By when."""
        return self.row.get("by")


def quoted(promise: Promise) -> str:
    """Return the promise's words as they stand between quotation marks, with a full stop."""
    words = promise.words.strip()
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def as_stated(value: float | None) -> str:
    """Return a stated number in words: it is no estimate, and is not rounded like one."""
    if value is None:
        return ""
    return grouped(value) if value.is_integer() else f"{value:.12g}"


def number(row: Row, name: str) -> float | None:
    """Return a number of a row; ``None`` for none."""
    value = row.get(name)
    return None if value is None or isnan(value) else float(value)


def stated(tables: Mapping[str, Sequence[Row]]) -> tuple[Promise, ...]:
    """Return the promises in the order in which they are listed."""
    evaluations = {row["promise_id"]: row for row in tables.get("evaluation", ())}
    return tuple(_promise(row, evaluations, tables) for row in tables.get("promises", ()))


def _promise(
    row: Row, evaluations: Mapping[str, Row], tables: Mapping[str, Sequence[Row]]
) -> Promise:
    key = row["promise_id"]
    harms = tuple(one for one in tables.get("harms", ()) if (one.get("promise_id") or key) == key)
    responses = {
        one["result"]: one.get("response") or ""
        for one in tables.get("responses", ())
        if one["promise_id"] == key
    }
    says = Stated(
        direction=row.get("direction") or "",
        baseline=number(row, "baseline"),
        target=number(row, "target"),
        change=number(row, "change"),
        change_share=number(row, "change_share"),
    )
    evaluation = evaluations.get(key, {})
    return Promise(
        row=row,
        evaluation=evaluation,
        harms=harms,
        responses=responses,
        change=promised_change(says),
        missing=missing_fields(row, Beside(n_harms=len(harms), is_evaluated=bool(evaluation))),
        contradictory=contradictions(
            Terms(
                stated=says,
                minimum_effect=number(row, "minimum_effect"),
                floor_worst_group=number(row, "floor_worst_group"),
                baseline_date=row.get("baseline_date"),
                by=row.get("by"),
            )
        ),
        gesture=gesture(responses),
    )
