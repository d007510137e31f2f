"""What a head proves that somebody outside noted on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenground.record.chain import Break, Chain
from evenground.record.short_code import code_fits, read_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A head or short code that stands outside the city's hands, and the day it was noted.

    Attributes
    ----------
    code
        The head, or its short code, as it was copied.
    on
        The day on which it was noted; ``None`` where nobody says.
    """

    code: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """How far a witness carries.

    Attributes
    ----------
    sequence
        The last entry that the code covers: it and all before existed, as they stand, on that day;
        ``None`` where the code is not in the chain.
    on
        The day of the witness.
    dated_before
        Entries that come after the code and are dated before its day: they were added later than
        they say, or the code was not the newest on that day.
    breaks
        What the witness shows to be wrong.
    """

    sequence: int | None = None
    on: date | None = None
    dated_before: tuple[int, ...] = ()
    breaks: tuple[Break, ...] = ()


def witnessed(chain: Chain, witness: Witness) -> Witnessed:
    """Return what a head that was noted outside proves of a chain.

    Every entry up to the one with that head is what it was on that day. A chain that was cut short
    before it, or made anew, does not hold the head any more.

    Raises
    ------
    UsageError
        If the code was copied wrongly.
    """
    code = read_code(witness.code)
    at = next((i for i, head in enumerate(chain.heads) if code_fits(code, head)), None)
    if at is None:
        missing = Break(code="head_not_there", parameters={"code": code})
        return Witnessed(on=witness.on, breaks=(missing,))
    entry, later = chain.entries[at], chain.entries[at + 1 :]
    if witness.on is None:
        return Witnessed(sequence=entry.sequence)
    dates = {"sequence": entry.sequence, "stated_on": entry.stated_on, "on": witness.on}
    impossible = Break(code="dated_after_witness", parameters=dates)
    return Witnessed(
        sequence=entry.sequence,
        on=witness.on,
        dated_before=tuple(one.sequence for one in later if one.stated_on < witness.on),
        breaks=(impossible,) if entry.stated_on > witness.on else (),
    )
