"""Promise's answer: what can be checked, what the rule says, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evenground.evidence import Ask, Finding, Message, Verdict
from evenground.protocol import Answer, Case
from evenground.questions.promise.context import Context, context_of
from evenground.questions.promise.findings.came import came
from evenground.questions.promise.findings.costs import costs
from evenground.questions.promise.findings.delivery_record import delivery_record
from evenground.questions.promise.findings.expected import expected
from evenground.questions.promise.findings.kept import kept
from evenground.questions.promise.findings.promised import (
    REGISTER,
    checkable,
    promised,
    unused,
)
from evenground.questions.promise.findings.ruled import RULE, decided, ruled, verdict_of
from evenground.questions.promise.findings.sealed import sealed
from evenground.questions.promise.findings.worth import worth
from evenground.questions.promise.judged import Judged
from evenground.questions.promise.tables import NEEDS

if TYPE_CHECKING:
    import pyarrow as pa


def answer(tables: Mapping[str, pa.Table], case: Case) -> Answer:
    """Answer with what there is."""
    context = context_of(tables, case)
    results, found = came(context)
    findings = (
        *ruled(context, found),
        *results,
        *decided(context),
        *kept(context),
        *promised(context),
        *sealed(context),
        *unused(context), *worth(context, found)