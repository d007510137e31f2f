"""How far each dataset is from what it can be held against."""

from __future__ import annotations

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.measures.fidelity import Fidelity

METHOD = Method(
    name=N_("Pairs of a reading and what was seen beside it, with limits over days and sensors"),
    formula=N_(
        "relative error = mean |reading - reference| / mean |reference|; limits by drawing days of "
        "a sensor with replacement; 95 % of differences lie within bias ± 1.96 spread"
    ),
    literature=(
        "Bland & Altman 1986, The Lancet 327, 307–310",
        "Lin 1989, Biometrics 45, 255–268",
    ),
)
READS_HIGH, READS_LOW, EVEN = (
    Verdict("reads_high"), Verdict("reads_low"), Verdict("reads_even"),
)  # fmt: skip


def held(context: Context) -> list[Finding]:
    """Return a finding for each dataset that was held against a reference."""
    return [
        _finding(context, audit, audit.held) for audit in context.audits if audit.held is not None
    ]


def _verdict(found: Fidelity) -> Verdict:
    """Tell whether readings lie above or below the reference beyond what chance would do."""
    margin = 1.96 * found.spread / np.sqrt(max(found.n_blocks, 1))
    if found.bias > margin:
        return READS_HIGH
    return READS_LOW if found.bias < -margin else EVEN


def _finding(context: Context, audit: DatasetAudit, found: Fidelity) -> Finding:
    verdict = _verdict(found)
    unit = _unit(audit)
    margin = 1.96 * found.spread / float(np.sqrt(max(found.n_blocks, 1)))
    bias = Estimate.estimated(
        "bias", found.bias, interval=(found.bias - margin, found.bias + margin, 0.95), unit=unit
    )
    known = context.known(
        title=audit.title,
        n=found.n_pairs,
        bias=Estimate.estimated(
            "bias", abs(found.bias), unit=unit,
            interval=(abs(found.bias) - margin, abs(found.bias) + margin, 0.95),
        ),
        unit=unit,
        low=round(found.agreement[0], 1),
        high=round(found.agreement[1], 1),
    )  # fmt: skip
    reference = audit.datasheet.reference
    caveats = [Message(code="caveat.reference_errs")]
    if reference is not None and reference.by:
        caveats.append(Message(code="caveat.reference_by", parameters={"by": reference.by}))
    return Finding(
        code=f"held.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            bias,
            *_relative(found),
            Estimate.exact("spread", found.spread, unit=unit),
            Estimate.exact("root_mean_square_error", found.root_mean_square_error, unit=unit),
            Estimate.exact("n_pairs", found.n_pairs, unit="pairs"),
        ),
        caveats=tuple(caveats),
        sources=audit.sources,
        method=METHOD,
        claims=("M23",),
    )


def _relative(found: Fidelity) -> tuple[Estimate, ...]:
    if not np.isfinite([found.low, found.high]).all():
        return ()
    ends = (found.low, found.high, found.confidence)
    return (
        Estimate.estimated("relative_error", found.relative_error, interval=ends, unit="times"),
    )


def _unit(audit: DatasetAudit) -> str:
    """Return the unit that the datasheet states for the column that is held."""
    reference, sheet = audit.datasheet.reference, audit.datasheet
    values = audit.roles.values
    column = (reference.column if reference else "") or (values[0] if values else "")
    return (sheet.columns[column].unit if column in sheet.columns else "") or "units"
