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
    compared
        Whether the tables were held against the sealed text; not so where it is not at hand.
    """

    allowed: bool
    sealed: bool
    ground: Ground
    compared: bool = False


def may_evaluate(status: SealStatus, *, unsealed: bool = False) -> Permission:
    """Return whether an evaluation may go on.

    It may when a seal exists, the record is unbroken, the key is not lost, and the tables are those
    that were sealed, as far as the sealed text is at hand. With ``unsealed`` it may always, and is
    not sealed, whatever there is.

    Parameters
    ----------
    status
        The state of the seal.
    unsealed
        Whether somebody asked for an evaluation without a seal.
    """
    ground = _ground(status)
    compared = status.differs is not None
    if ground is Ground.SEALED and not unsealed:
        return Permission(allowed=True, sealed=True, ground=ground, compared=compared)
    if unsealed:
        asked = Ground.ASKED_UNSEALED if ground is Ground.SEALED else ground
        return Permission(allowed=True, sealed=False, ground=asked, compared=compared)
    return Permission(allowed=False, sealed=False, ground=ground, compared=compared)


def _ground(status: SealStatus) -> Ground:
    if not status.sealed:
        return Ground.NO_SEAL
    if not status.unbroken:
        return Ground.BROKEN
    if status.key_lost:
        return Ground.KEY_LOST
    return Ground.DIFFERS if status.differs else Ground.SEALED
