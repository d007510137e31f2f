"""An audit for programs: one JSON object in words, and a row for each flagged value."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from evenground import __version__
from evenground.language import Language
from evenground.questions.data import QUESTION
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.metadata.dqv import dqv_of
from evenground.questions.data.plain_audit import as_data
from evenground.questions.data.purposes.model import PURPOSES
from evenground.workspace.telling import Teller, Wording
from evenground.workspace.telling_problems import as_data as problem_data


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
        "verdicts": {name: one for name, one in found["verdicts"].items() if name in purposes},
        "problems": [problem_data(problem, speaks) for problem in audit.problems],
    }


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
