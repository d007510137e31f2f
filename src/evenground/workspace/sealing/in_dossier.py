"""What page one of a dossier says of the seal: nothing where nothing was promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evenground.evidence import Message
from evenground.record import Permission, SealStatus
from evenground.record.status import DatedBy
from evenground.record.witness import Witness
from evenground.workspace.sealing.looking import seal_status

if TYPE_CHECKING:
    import pyarrow as pa

    from evenground.workspace.opening import OpenInitiative


@dataclass(frozen=True, slots=True, kw_only=True)
class SealTerms:
    """On what terms promises are held against what came.

    Attributes
    ----------
    unsealed
        Whether they are although they were not sealed; page one then says so.
    witness
        A head or short code of the record that was noted outside the city, with its day.
    """

    unsealed: bool = False
    witness: Witness | None = None


def seal_of(
    opened: OpenInitiative, *, witness: Witness | None = None, internal: bool = False
) -> SealStatus:
    """Return the state of the seal of an open initiative; unsealed where it lies in no folder.

    Raises
    ------
    UsageError
        If the witness's code was copied wrongly.
    UntrustedInputError
        If a file of the record is too large.
    """
    path = _path_of(opened)
    if path is None:
        return SealStatus()
    return seal_status(path, witness=witness, internal=internal)


def seal_lines(
    status: SealStatus, permission: Permission, tables: Mapping[str, pa.Table]
) -> tuple[Message, ...]:
    """Return what page one says of the seal.

    Parameters
    ----------
    status
        The state of the seal.
    permission
        Whether promises were held against what came.
    tables
        Tables of the edition by name.

    Returns
    -------
    tuple of Message
        Codes of ``evenground.workspace.sealing.wording``; empty where there is neither a record nor
        a promise with outcome data.
    """
    judged = _has(tables, "promises") and _has(tables, "outcomes")
    return (
        *(_judging(permission) if judged else ()),
        *(_sealed(status) if status.sealed else ()),
        *(_record(status) if status.n_entries else ()),
    )


def _path_of(opened: OpenInitiative) -> Path | None:
    if opened.workbook is not None:
        return opened.workbook
    return None if opened.folder is None else opened.folder.folder


def _has(tables: Mapping[str, pa.Table], name: str) -> bool:
    return name in tables and tables[name].num_rows > 0


def _judging(permission: Permission) -> Iterator[Message]:
    ground = permission.ground.value
    if not permission.allowed:
        yield Message(code=f"refused.{ground}")
    elif not permission.sealed:
        yield Message(code=f"unsealed.{ground}")


def _sealed(status: SealStatus) -> Iterator[Message]:
    known = {"on": status.first_sealed_on, "last": status.sealed_on, "who": status.afterwards_by}
    yield Message(code="amended" if status.amendments else "sealed", parameters=known)
    if status.afterwards:
        named = "afterwards" if status.afterwards_by else "afterwards_unnamed"
        yield Message(code=named, parameters=known)
    if status.key_lost:
        yield Message(code="key_lost")


def _record(status: SealStatus) -> Iterator[Message]:
    if status.breaks:
        yield Message(code="broken", parameters={"n": len(status.breaks)})
    yield Message(code="code", parameters={"n": status.n_entries, "code": status.code})
    seen = status.witness
    if status.dated_by is DatedBy.WITNESS and seen is not None:
        yield Message(code="witness", parameters={"on": seen.on, "sequence": seen.sequence})
    else:
        yield Message(code="city_only")
