"""What each dataset can carry: the verdict for deciding first, the others beside it."""

from __future__ import annotations

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.measure_table import measure_table
from evenground.questions.data.purposes.model import CanCarry, Outcome, Purpose

METHOD = Method(
    name=N_("Sixteen measures, each held against what the purpose asks"),
    formula=N_(
        "met: the interval lies wholly on the good side of the threshold; not met: wholly on the "
        "other; open: across it, or nothing is established. No if any is not met, yes if all are "
        "met, else cannot tell. Nothing is averaged"
    ),
    literature=("Kitchin & Stehle 2021, Journal of Official Statistics 37(1), 121–147",),
)
CARRIES, DOES_NOT_CARRY, DIFFERS = (
    Verdict("carries"), Verdict("does_not_carry"), Verdict("differs"),
)  # fmt: skip
_VERDICTS = {
    CanCarry.YES: CARRIES,
    CanCarry.NO: DOES_NOT_CARRY,
    CanCarry.CANNOT_TELL: Verdict.CANNOT_TELL,
}
DECIDE = Purpose.DECIDE.value
MOST_REASONS = 3
"""A sentence names so many reasons; the table holds all of them."""


def verdict_to_decide(audit: DatasetAudit) -> Verdict:
    """Return whether a dataset can carry a decision."""
    return _VERDICTS[audit.verdicts[DECIDE].verdict]


def carrying(context: Context) -> list[Finding]:
    """Return a finding for each dataset that was audited."""
    return [_finding(context, audit) for audit in context.audits]


def _finding(context: Context, audit: DatasetAudit) -> Finding:
    judged = audit.verdicts[DECIDE]
    verdict = verdict_to_decide(audit)
    cells = [cell for cell in judged.cells if cell.outcome is not Outcome.NOT_REQUIRED]
    counts = {one: sum(cell.outcome is one for cell in cells) for one in Outcome}
    known = context.known(
        title=audit.title,
        because=reasons(judged.because),
        operate=_also(audit, Purpose.OPERATE),
        official=_also(audit, Purpose.OFFICIAL_STATISTICS),
        alone=Message(code=f"alone.{judged.from_data_alone.value}"),
        rows=audit.n_rows,
    )
    return Finding(
        code=f"carrying.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            Estimate.exact("n_rows", audit.n_rows, unit="rows"),
            Estimate.exact("n_required", len(cells), unit="requirements"),
            Estimate.exact("n_met", counts[Outcome.MET], unit="requirements"),
            Estimate.exact("n_not_met", counts[Outcome.FAILED], unit="requirements"),
            Estimate.exact("n_open", counts[Outcome.OPEN], unit="requirements"),
        ),
        tables=(measure_table(audit),),
        caveats=(
            *judged.notes,
            *(() if audit.datasheet_given else (Message(code="caveat.no_datasheet"),)),
        ),
        sources=audit.sources,
        method=METHOD,
        claims=("M23",),
        would_change=judged.would_change,
        asks=() if audit.datasheet_given else (_ask_for_datasheet(context, audit),),
    )


def _also(audit: DatasetAudit, purpose: Purpose) -> Message:
    return Message(code=f"also.{purpose.value}.{audit.verdicts[purpose.value].verdict.value}")


def reasons(because: tuple[Message, ...], *, most: int = MOST_REASONS) -> tuple[Message, ...]:
    """Return the first reasons of a verdict, and that there are more."""
    if len(because) <= most:
        return because or (Message(code="because.nothing"),)
    more = Message(code="because.more", parameters={"n": len(because) - most})
    return (*because[:most], more)


def _ask_for_datasheet(context: Context, audit: DatasetAudit) -> Ask:
    known = {"title": audit.title}
    return Ask(
        to=Message(code="to.producer" if audit.datasheet.producer else "to.producer_unknown",
                   parameters={"name": audit.datasheet.producer}),
        what=Message(code="ask.datasheet", parameters=known),
        unlocks=Message(code="ask.datasheet.unlocks", parameters=known),
        by=context.case.initiative.decision.ask_by,
    )  # fmt: skip
