"""Put what people said, and what they object to, beside the findings that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from evenground.evidence import Account, Finding, Objection
from evenground.protocol import Answer

if TYPE_CHECKING:
    import pyarrow as pa


def with_voices(answer: Answer, key: str, tables: Mapping[str, pa.Table]) -> Answer:
    """Return the answer with accounts about it and objections against it.

    An account or objection names the question (then it stands at the headline) or
    ``question.finding`` (then at that finding).
    """
    accounts = _by_target(tables.get("initiative_accounts"), "about")
    objections = _by_target(tables.get("objections"), "against")

    def heard(finding: Finding, *targets: str) -> Finding:
        said = tuple(_account(row) for target in targets for row in accounts.get(target, ()))
        disputed = tuple(
            _objection(row) for target in targets for row in objections.get(target, ())
        )
        if not said and not disputed:
            return finding
        return replace(
            finding,
            accounts=(*finding.accounts, *said),
            objections=(*finding.objections, *disputed),
        )

    return replace(
        answer,
        headline=heard(answer.headline, key, f"{key}.{answer.headline.code}"),
        findings=tuple(heard(finding, f"{key}.{finding.code}") for finding in answer.findings),
    )


def _by_target(table: pa.Table | None, column: str) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in table.to_pylist() if table is not None else ():
        found.setdefault(str(row.get(column) or "").lower(), []).append(row)
    return found


def _account(row: Mapping[str, object]) -> Account:
    return Account(
        words=str(row["text"]),
        role=str(row["role"]),
        how_gathered=str(row.get("source") or ""),
        consent=str(row["consent"]),
        when=row.get("date"),  # pyright: ignore[reportArgumentType] - a date by the table's schema
        place=str(row.get("place") or ""),
    )


def _objection(row: Mapping[str, object]) -> Objection:
    return Objection(
        words=str(row["words"]),
        by=str(row.get("by") or ""),
        when=row.get("date"),  # pyright: ignore[reportArgumentType] - a date by the table's schema
        against=str(row.get("against") or ""),
        answer=str(row.get("answer") or ""),
        changed=str(row.get("changed") or ""),
    )
