"""The log, the options and who took part to findings: verdicts, tables, pictures, whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.protocol import Answer, Case


def answer(tables: Mapping[str, pa.Table], case: Case) -> Answer:
    """Answer with what there is."""
    # Counting, lotteries and maps are loaded where findings are made, not where Voice is named.
    from evenground.questions.voice.findings import answering

    return answering.answer(tables, case)


__all__ = ["answer"]
