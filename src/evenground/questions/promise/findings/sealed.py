"""Whether what is promised is sealed, since when, what changed since, and who vouches for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.questions.promise.context import Context
from evenground.record import SealStatus
from evenground.record.differences import Difference, told_apart
from evenground.record.status import DatedBy
from evenground.record.wording import PARTS

NOT_SEALED, BROKEN, KEY_LOST = (
    Verdict("not_sealed"),
    Verdict("record_broken"),
    Verdict("seal_without_key"),
)
DIFFERS, AFTERWARDS, AMENDED, SEALED = (
    Verdict("not_what_was_sealed"),
    Verdict("sealed_afterwards"),
    Verdict("sealed_and_amended"),
    Verdict("sealed"),
)
COMMITMENTS = Method(
    name="Keyed commitments in a chain of hashes, and a code of it that is noted outside",
    formula="HMAC-SHA-256(key, text); SHA-256(entry, with the hash of the entry before it)",
    literature=(
        "Krawczyk, Bellare & Canetti 1997, HMAC: keyed-hashing, RFC 2104",
        "Haber & Stornetta 1991, How to time-stamp a digital document, Journal of Cryptology 3(2)",
    ),
)
FIRST = 1
"""Number of the first seal: nothing can be recorded before it."""
_DATED = re.compile(r"\d{4}(-\d{2}){0,2}")


def sealed(context: Context) -> list[Finding]:
    """Return whether the promises are sealed; nothing where no promise is listed."""
    if not context.promises:
        return []
    seal = context.case.seal
    verdict = _verdict(seal)
    return [
        Finding(
            code=f"seal.{verdict.code}",
            verdict=verdict,
            parameters=context.known(
                n=_counted(verdict, seal),
                on=seal.first_sealed_on,
                last=seal.sealed_on,
                who=seal.afterwards_by or Message(code="seal.nobody_named"),
            ),
            estimates=tuple(_estimates(seal)),
            tables=tuple(_tables(seal)),
            caveats=tuple(_caveats(context)),
            sources=context.sources("promises", "evaluation", "harms", "responses"),
            method=COMMITMENTS,
            claims=("M22", "M9"),
            asks=tuple(_asks(context, verdict)),
        )
    ]


def _verdict(seal: SealStatus) -> Verdict:
    known = (
        (not seal.unbroken, BROKEN),
        (not seal.sealed, NOT_SEALED),
        (seal.key_lost, KEY_LOST),
        (bool(seal.differs), DIFFERS),
        (seal.afterwards, AFTERWARDS),
        (bool(seal.amendments), AMENDED),
    )
    return next((verdict for holds, verdict in known if holds), SEALED)


def _counted(verdict: Verdict, seal: SealStatus) -> int:
    """Return how many of what the sentence counts there are."""
    if verdict is BROKEN:
        return len(seal.breaks)
    return len(seal.differs or ()) if verdict is DIFFERS else len(seal.amendments)


def _estimates(seal: SealStatus) -> Iterator[Estimate]:
    if seal.sealed:
        yield Estimate.exact("n_amendments", len(seal.amendments), unit="amendments")
    if seal.differs is not None:
        yield Estimate.exact("n_differing", len(seal.differs), unit="cells or rows")


def _tables(seal: SealStatus) -> Iterator[Table]:
    if not seal.sealed:
        return
    none, closed = Message(code="seal.no_data"), Message(code="seal.when_opened")
    first: tuple[Parameter, ...] = (
        FIRST,
        seal.first_sealed_on,
        Message(code="seal.row_sealed"),
        seal.first_outcomes_until or none,
    )
    later = [
        (one.sequence, one.stated_on, one.words or closed, one.outcomes_until or none)
        for one in seal.amendments
    ]
    yield Table(
        key="seals",
        columns=("seal_entry", "seal_day", "seal_why", "seal_until"),
        rows=(first, *later),
        title=Message(code="table.seals"),
    )
    rows = tuple(
        row
        for entry, found in (
            *((one.sequence, one.changed or ()) for one in seal.amendments),
            (Message(code="seal.today"), seal.differs or ()),
        )
        for row in _rows(entry, found)
    )
    if rows:
        yield Table(
            key="changed",
            columns=("seal_entry", "seal_table", "seal_row", "seal_column", "seal_was", "seal_is"),
            rows=rows,
            title=Message(code="table.changed"),
        )


def _rows(entry: Parameter, found: Sequence[Difference]) -> Iterator[tuple[Parameter, ...]]:
    """Yield a row for each thing that changed; where a table changed all over, one for all."""
    each, many = told_apart(found)
    yield from (_row(entry, one) for one in each)
    for one in many:
        told = Message(code=f"seal.many_{one.change.value}", parameters={"n": one.n})
        apart = Message(code="seal.not_listed")
        yield (entry, Message(code=f"seal.table.{one.table}"), told, apart, apart, apart)


def _row(entry: Parameter, found: Difference) -> tuple[Parameter, ...]:
    table = Message(code=f"seal.table.{found.table}")
    if not (found.row or found.column or found.before or found.after):
        closed = Message(code="seal.when_opened")
        return (entry, table, closed, closed, closed, closed)
    whole = Message(code="seal.whole_row" if not found.column else f"seal.{found.column}")
    column = found.column if found.column and found.column not in PARTS else whole
    nothing = Message(code="seal.nothing")
    row = found.row or Message(code="seal.all_rows")
    return (entry, table, row, column, found.before or nothing, found.after or nothing)


def _caveats(context: Context) -> Iterator[Message]:
    seal, permission = context.case.seal, context.case.permission
    if seal.sealed and not seal.differs:
        compared = "unchanged" if seal.differs is not None else "not_compared"
        yield Message(code=f"caveat.seal.{compared}")
    outcomes = context.tables.get("outcomes")
    if outcomes is not None and outcomes.num_rows and not permission.sealed:
        held = "held_unsealed" if permission.allowed else "not_held"
        yield Message(code=f"caveat.seal.{held}")
    if not seal.sealed:
        return
    if not context.rows.get("evaluation"):
        yield Message(code="caveat.seal.no_plan")
    yield from _late(context)
    seen = seal.witness
    if seal.dated_by is DatedBy.WITNESS and seen is not None:
        yield Message(
            code="caveat.seal.witness", parameters={"on": seen.on, "sequence": seen.sequence}
        )
    else:
        yield Message(code="caveat.seal.city_only")
    yield Message(code="caveat.seal.nobody_looked")


def _late(context: Context) -> Iterator[Message]:
    """Say where the seal, or outcome data that were there when it was made, are after the start."""
    seal = context.case.seal
    starts: list[date] = [
        one.evaluation["starts"] for one in context.promises if one.evaluation.get("starts")
    ]
    if not starts or seal.first_sealed_on is None:
        return
    first, until = min(starts), seal.first_outcomes_until
    known = {"on": seal.first_sealed_on, "starts": first, "until": until}
    if seal.first_sealed_on > first:
        yield Message(code="caveat.seal.after_start", parameters=known)
    if _DATED.fullmatch(until) and until >= first.isoformat()[: len(until)]:
        yield Message(code="caveat.seal.data_after_start", parameters=known)


def _asks(context: Context, verdict: Verdict) -> Iterator[Ask]:
    seal, decision = context.case.seal, context.case.initiative.decision
    body = Message(code="to.body", parameters={"name": decision.body})
    if not decision.body:
        body = Message(code="to.body_unknown")
    city = Message(code="to.city")
    wanted = {
        NOT_SEALED: (body, "ask.sealing"),
        BROKEN: (city, "ask.seal_backup"),
        KEY_LOST: (body, "ask.seal_copy"),
        DIFFERS: (city, "ask.seal_amend"),
    }
    if verdict in wanted:
        to, what = wanted[verdict]
    elif seal.dated_by is DatedBy.CITY:
        to, what = body, "ask.seal_code"
    else:
        return
    yield Ask(
        to=to,
        what=Message(code=what, parameters={"code": seal.code}),
        unlocks=Message(code=f"{what}.unlocks"),
        by=decision.ask_by,
    )
