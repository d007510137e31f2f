"""An audit for programs: one JSON object in words, and a row for each flagged value."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from evenground import __version__
from evenground.language import Language
from evenground.questions.data import QUESTION
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.measures.checks import Status
from evenground.questions.data.metadata.dqv import dqv_of
from evenground.questions.data.plain_audit import as_data
from evenground.questions.data.purposes.model import PURPOSES
from evenground.workspace.auditing.wording import LABELS
from evenground.workspace.telling import Teller, Wording
from evenground.workspace.telling_problems import as_data as problem_data

ALWAYS = ("duplicates", "gaps", "stuck_runs", "out_of_range", "nulls", "order_inversions")
"""Checks that a program finds in every audit, made or not."""


def audit_data(
    audit: DatasetAudit,
    speaks: Language,
    *,
    purposes: Sequence[str] = PURPOSES,
    wording: Wording | None = None,
) -> dict[str, Any]:
    """Return an audit as JSON has it, messages in words.

    Its shape is kept stable: ``rows``; ``measures`` by name with ``value``, ``low``, ``high`` and
    ``status``; ``checks`` by name with ``count`` and ``definition``; ``verdicts`` by purpose with
    ``verdict``, ``from_data_alone``, ``because`` and ``would_change``.

    Raises
    ------
    KeyError
        If there is no sentence for a code.
    """
    teller = Teller(QUESTION.wording if wording is None else wording, speaks)
    found = as_data(audit, teller.message)
    return {
        **found,
        "checks": {**found["checks"], **_not_made(audit, speaks, found["checks"])},
        "verdicts": {name: one for name, one in found["verdicts"].items() if name in purposes},
        "problems": [problem_data(problem, speaks) for problem in audit.problems],
    }


def _not_made(
    audit: DatasetAudit, speaks: Language, made: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the checks that programs always find, where rows are no readings to make them on."""
    row_is = speaks.text(LABELS[f"row_is.{audit.roles.form.value}"])
    none = {
        "count": None,
        "status": Status.NOT_ESTABLISHED.value,
        "unit": "readings",
        "definition": speaks.text(LABELS["not_made.definition"]),
        "reason": speaks.say(LABELS["not_made.reason"], {"row_is": row_is}),
    }
    return {name: dict(none) for name in ALWAYS if name not in made}


def dqv_text(
    audit: DatasetAudit, speaks: Language, *, day: date, wording: Wording | None = None
) -> str:
    """Return an audit in the W3C's Data Quality Vocabulary as JSON-LD; ``day`` is that of it."""
    teller = Teller(QUESTION.wording if wording is None else wording, speaks)
    document = dqv_of(audit, say=teller.message, today=day, version=__version__)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def flags_parquet(audit: DatasetAudit) -> bytes:
    """Return one row per flagged value as Parquet: row, sensor, time, column, check, value."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(audit.flags(), buffer, compression="zstd")
    return buffer.getvalue()
