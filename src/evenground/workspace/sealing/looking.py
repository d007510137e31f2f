"""Look at a record: what state the seal is in, and whether the tables are still what was sealed."""

from __future__ import annotations

from pathlib import Path

from evenground.errors import EvengroundError
from evenground.record.sealed_text import DataRole
from evenground.record.status import Looking, SealStatus, State, status_of
from evenground.record.witness import Witness
from evenground.workspace.sealing.files import record_of
from evenground.workspace.sealing.making import state_of

_DECLARED = (".toml", ".xlsx", ".xlsm")


def seal_status(
    path: Path | str, *, witness: Witness | None = None, internal: bool = False
) -> SealStatus:
    """Return the state of an initiative's seal.

    Parameters
    ----------
    path
        The initiative's folder or workbook; or a ``seals.jsonl``, which is then looked at alone.
    witness
        A head or short code noted outside, with its day.
    internal
        Whether texts that are not opened may be shown: for the internal edition only.

    Raises
    ------
    NotFoundError
        If there is nothing at ``path``.
    UsageError
        If the witness's code was copied wrongly.
    UntrustedInputError
        If a file of the record is too large.
    """
    given = Path(path)
    holdings = record_of(given).holdings
    now = None if holdings.seal is None else _now(given)
    return status_of(holdings, Looking(witness=witness, now=now, internal=internal))


def _now(path: Path) -> State | None:
    """Return today's tables; ``None`` where the record lies alone, without an initiative."""
    alone = path.is_dir() and not any((path / f"initiative{end}").exists() for end in _DECLARED)
    if alone or path.suffix == ".jsonl":
        return None
    try:
        return state_of(path, roles=(DataRole.ASSIGNMENT,))[0]
    except EvengroundError:
        return State()  # tables that are gone or cannot be read are not what was sealed
