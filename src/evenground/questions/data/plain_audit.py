"""An audit as plain values: the shape that programs can rely on.

``rows``; ``measures`` by name with value, low, high and status; ``checks`` by name with count and
definition; ``verdicts`` by purpose. Sentences are codes here; whoever prints them puts words in
their place (``said``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from evenground.evidence import Message, Source, settled
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.purposes.model import Known, Measured, PurposeVerdict

if TYPE_CHECKING:
    from evenground.questions.data.audited import DatasetAudit

Said = Callable[[Message], Any]


def as_data(audit: DatasetAudit, said: Said | None = None) -> dict[str, Any]:
    """Return an audit as plain values; ``said`` turns a message into words."""
    say = said or _code
    return {
        "name": audit.title,
        "rows": audit.n_rows,
        "columns": audit.n_columns,
        "period": [day.isoformat() for day in audit.period] if audit.period else None,
        "form": audit.roles.form.value,
        "roles": _roles(audit),
        "guessed": {role: say(why) for role, why in audit.guessed.items()},
        "datasheet": audit.datasheet_given,
        "files": [_file(source) for source in audit.sources],
        "measures": {name: _measured(one, say) for name, one in audit.measures.items()},
        "checks": {name: _check(one, say) for name, one in audit.checks.items()},
        "verdicts": {name: _verdict(one, say) for name, one in audit.verdicts.items()},
    }


def _code(message: Message) -> Any:
    return {"code": message.code, **_plain(message.parameters)}


def _roles(audit: DatasetAudit) -> dict[str, Any]:
    roles = audit.roles
    names = [name for name in roles.__dataclass_fields__ if name != "form"]
    given = {name: getattr(roles, name) for name in names}
    return {name: _plain(value) for name, value in given.items() if value}


def _file(source: Source) -> dict[str, Any]:
    return {"name": source.file, "sha256": source.sha256, "rows": source.rows_read}


def _known(one: Known, say: Said) -> dict[str, Any]:
    return {
        "value": _plain(one.value),
        "low": _plain(one.low),
        "high": _plain(one.high),
        "unit": one.unit,
        "status": one.status.value,
        "kind": one.kind.value,
        "level": one.level,
        "basis": one.basis.value,
        "reason": say(one.reason) if one.reason else None,
        "evidence": _plain(one.evidence),
    }


def _measured(one: Measured, say: Said) -> dict[str, Any]:
    return {
        **_known(one, say),
        "method": say(one.method),
        "aspects": {name: _known(aspect, say) for name, aspect in one.aspects.items()},
        "parts": _plain(one.parts),
        "checks": list(one.checks),
        "notes": [say(note) for note in one.notes],
    }


def _check(one: Check, say: Said) -> dict[str, Any]:
    return {
        "count": one.count,
        "status": one.status.value,
        "unit": one.unit,
        "definition": say(one.definition),
        "reason": say(one.reason) if one.reason else None,
        "notes": [say(note) for note in one.notes],
        "untold": [say(why) for why in one.untold],
        **_plain(one.detail),
    }


def _verdict(one: PurposeVerdict, say: Said) -> dict[str, Any]:
    return {
        "verdict": one.verdict.value,
        "from_data_alone": one.from_data_alone.value,
        "because": [say(message) for message in one.because],
        "would_change": [say(message) for message in one.would_change],
        "notes": [say(message) for message in one.notes],
        "requirements": [
            {
                "measure": cell.measure,
                "aspect": cell.aspect,
                "outcome": cell.outcome.value,
                "at_least": cell.rule.at_least if cell.rule else None,
                "at_most": cell.rule.at_most if cell.rule else None,
                "unit": cell.rule.unit if cell.rule else None,
                "origin": cell.rule.origin if cell.rule else None,
            }
            for cell in one.cells
        ],
    }


def _plain(value: Any) -> Any:
    """Turn values into what JSON knows; floats are rounded as everywhere in a dossier."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, float):
        return settled(value)
    if isinstance(value, Message):
        return _code(value)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, int, bool)) or value is None else str(value)
