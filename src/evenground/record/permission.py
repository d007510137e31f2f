"""Whether outcome data may be evaluated: only against what was sealed, unless asked otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenground.record.status import SealStatus


class Ground(StrEnum):
    """Why an evaluation may, or may not, go on."""

    SEALED = "sealed"
    ASKED_UNSEALED = "asked_unsealed"
    NO_SEAL = "no_seal"
    BROKEN = "broken"
    DIFFERS = "differs"
    KEY_LOST = "key_lost"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether outcome data may be evaluated, and why.

    Attributes
    ----------
    allowed
        Whether it may.
    sealed
        Whether what is evaluated is what was sealed; if not, the dossier says so on its first page.
    ground
        What stands in the way of ``sealed``, or ``Ground.SEALED``.
    """

    allowed: bool
    sealed: bool
    ground: Ground


def may_evaluate(status: SealStatus, *, unsealed: bool = False) -> Permission:
    """Return whether an evaluation may go on.

    It may when a seal exists, the record is unbroken, and the tables were held against the sealed
    text and are the same. So the text must be at hand: otherwise whoever changed a promise would
    only have to put the text away. With ``unsealed`` it may always, and is not sealed, whatever
    there is.

    Parameters
    ----------
    status
        The state of the seal.
    unsealed
        Whether somebody asked for an evaluation without a seal.
    """
    ground = _ground(status)
    if unsealed:
        asked = Ground.ASKED_UNSEALED if ground is Ground.SEALED else ground
        return Permission(allowed=True, sealed=False, ground=asked)
    holds = ground is Ground.SEALED
    return Permission(allowed=holds, sealed=holds, ground=ground)


def _ground(status: SealStatus) -> Ground:
    if not status.unbroken:
        return Ground.BROKEN
    if not status.sealed:
        return Ground.NO_SEAL
    if status.key_lost:
        return Ground.KEY_LOST
    if status.differs is None:
        return Ground.NOT_COMPARED
    return Ground.DIFFERS if status.differs else Ground.SEALED
