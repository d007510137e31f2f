"""An audit in a notebook: what each purpose can be carried by, and the sixteen measures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from evenground.language import language
from evenground.questions.data.purposes.model import Known
from evenground.questions.data.wording import WORDING

if TYPE_CHECKING:
    from evenground.questions.data.audited import DatasetAudit


def notebook_view(audit: DatasetAudit) -> str:
    """Return two tables in HTML; every text is escaped."""
    speaks = language("en")
    verdicts = [
        (speaks.text(WORDING[f"purpose.{name}"]), one.verdict.value.replace("_", " "))
        for name, one in audit.verdicts.items()
    ]
    measures = [
        (speaks.text(WORDING[f"measure.{name}"]), *_numbers(one), one.unit)
        for name, one in audit.measures.items()
    ]
    found = [
        (speaks.text(WORDING[f"check.{check.name}"]), str(check.count), check.unit)
        for check in audit.found()
    ]
    title = f"<p><strong>{escape(audit.title)}</strong>: {audit.n_rows:,} rows</p>"
    return (
        title
        + _table(("Purpose", "Can it be carried?"), verdicts)
        + _table(("Found", "Count", "Unit"), found)
        + _table(("Measure", "Value", "Low", "High", "Unit"), measures)
    )


def _numbers(one: Known) -> tuple[str, str, str]:
    value, low, high = (
        "" if number is None else f"{number:.4g}" for number in (one.value, one.low, one.high)
    )
    return (
        (value or "not established", low, high) if one.established else ("not established", "", "")
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        inside = "".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in cells)
        return f"<tr>{inside}</tr>"

    body = "".join(line(row, "td") for row in rows)
    return f"<table><thead>{line(head, 'th')}</thead><tbody>{body}</tbody></table>"
