"""What could be learnt of a person from rows about people."""

from __future__ import annotations

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.measures.exposure.k_anonymity import KAnonymity, k_anonymity
from evenground.questions.data.measures.exposure.l_diversity import l_diversity
from evenground.questions.data.measures.exposure.unicity import Unicity
from evenground.questions.data.plan import CLASSES, DIVERSITY

METHOD = Method(
    name=N_("k-anonymity and l-diversity"),
    formula=N_("k: rows of the smallest class alike in the columns that may tell a person"),
    literature=(
        "Sweeney 2002, International Journal on Uncertainty, Fuzziness and KBS 10(5), 557–570",
        "Machanavajjhala et al. 2007, ACM Trans. on Knowledge Discovery from Data 1(1), 3",
        "Skinner & Elliot 2002, Journal of the Royal Statistical Society B 64, 855–867",
    ),
)
OF_TRACES = Method(
    name=N_("Unicity: people whom a few points of their trace single out"),
    formula=N_("share of traces that alone hold all points of a set drawn from them"),
    literature=("de Montjoye et al. 2013, Scientific Reports 3, 1376",),
)
EXPOSES, HIDES = Verdict("exposes"), Verdict("hides")
TRACED, NOT_TRACED = Verdict("traces_single_out"), Verdict("traces_alike")


def exposed(context: Context) -> list[Finding]:
    """Return findings for each dataset that names what may tell a person, or follows people."""
    found: list[Finding] = []
    for audit in context.audits:
        alike = anonymity_of(context, audit)
        if alike is not None:
            found.append(_finding(context, audit, alike))
        if audit.exposure is not None and audit.exposure.traces is not None:
            found.append(_traced(context, audit, audit.exposure.traces))
    return found


def _traced(context: Context, audit: DatasetAudit, found: Unicity) -> Finding:
    verdict = TRACED if found.share > 0 else NOT_TRACED
    share = (
        Estimate.exact("unicity", found.share, unit="share")
        if found.low is None or found.high is None or found.confidence is None
        else Estimate.estimated(
            "unicity",
            found.share,
            interval=(found.low, found.high, found.confidence),
            unit="share",
        )
    )
    few = {"n": found.n_short, "points": found.n_points}
    return Finding(
        code=f"traced.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            title=audit.title, share=found.share, points=found.n_points, n=found.n_traces
        ),
        estimates=(share, Estimate.exact("n_traces", found.n_traces, unit="people")),
        caveats=(
            Message(code="caveat.as_written"),
            *((Message(code="caveat.short_traces", parameters=few),) if found.n_short else ()),
        ),
        sources=audit.sources,
        method=OF_TRACES,
        claims=("M17", "M23"),
    )


def anonymity_of(context: Context, audit: DatasetAudit) -> KAnonymity | None:
    """Return how many rows are alike, at least; ``None`` where nothing was named to compare."""
    classes = context.tables.get(f"datasets/{audit.key}/{CLASSES}")
    if classes is None or not classes.num_rows:
        return None
    return k_anonymity(
        classes["size"].to_numpy(),
        classes["classes"].to_numpy(),
        least=context.case.settings.whole("disclosure_threshold"),
    )


def _finding(context: Context, audit: DatasetAudit, found: KAnonymity) -> Finding:
    verdict = HIDES if found.k >= found.least else EXPOSES
    secret, estimates = _secret(context, audit)
    known = context.known(
        title=audit.title,
        names=tuple(audit.roles.quasi),
        k=found.k,
        least=found.least,
        n=found.n_unique,
        below=found.share_below,
        secret=secret,
    )
    return Finding(
        code=f"exposed.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            Estimate.exact("alike", found.k, unit="rows"),
            Estimate.exact("share_alone", found.share_unique, unit="share"),
            Estimate.exact("share_below", found.share_below, unit="share"),
            *estimates,
            *_risk(audit),
        ),
        caveats=_matched(audit),
        sources=audit.sources,
        method=METHOD,
        claims=("M17", "M23"),
    )


def _risk(audit: DatasetAudit) -> tuple[Estimate, ...]:
    risk = audit.exposure.risk if audit.exposure else None
    if risk is None or risk.share is None:
        return ()
    interval = (risk.low, risk.high, risk.confidence)
    return (Estimate.estimated("match_risk", risk.share, interval=interval, unit="share"),)


def _matched(audit: DatasetAudit) -> tuple[Message, ...]:
    """Say with what chance a row like no other is of the right person, or why that is not told."""
    if audit.exposure is None or not audit.exposure.n_alone:
        return ()
    risk = _risk(audit)
    if not risk:
        return (Message(code="reason.match_risk.no_fraction"),)
    ends = {"low": risk[0].low, "high": risk[0].high}
    return (Message(code="caveat.match_risk", parameters=ends),)


def _secret(context: Context, audit: DatasetAudit) -> tuple[Message, tuple[Estimate, ...]]:
    table = context.tables.get(f"datasets/{audit.key}/{DIVERSITY}")
    if table is None or not table.num_rows:
        return Message(code="clause.none"), ()
    columns = {name: table[name].to_numpy() for name in table.column_names}
    found = l_diversity(columns)
    if found is None:
        return Message(code="clause.none"), ()
    share = found.n_given_away / found.n_rows
    known = {"sensitive": audit.roles.sensitive, "share": share, "n": found.distinct}
    return (
        Message(code="clause.secret", parameters=known),
        (
            Estimate.exact("different_secrets", found.distinct, unit="values"),
            Estimate.exact("share_given_away", share, unit="share"),
        ),
    )
