"""What could be learnt of a person from rows about people."""

from __future__ import annotations

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.language import N_
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.context import Context
from evenground.questions.data.measures.exposure.k_anonymity import KAnonymity, k_anonymity
from evenground.questions.data.measures.exposure.l_diversity import l_diversity
from evenground.questions.data.plan import CLASSES, DIVERSITY

METHOD = Method(
    name=N_("k-anonymity and l-diversity"),
    formula=N_("k: rows of the smallest class alike in the columns that may tell a person"),
    literature=(
        "Sweeney 2002, International Journal on Uncertainty, Fuzziness and KBS 10(5), 557–570",
        "Machanavajjhala et al. 2007, ACM Trans. on Knowledge Discovery from Data 1(1), 3",
    ),
)
EXPOSES, HIDES = Verdict("exposes"), Verdict("hides")


def exposed(context: Context) -> list[Finding]:
    """Return a finding for each dataset whose datasheet names what may tell a person."""
    return [
        _finding(context, audit, found)
        for audit in context.audits
        if (found := anonymity_of(context, audit)) is not None
    ]


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
        ),
        sources=audit.sources,
        method=METHOD,
        claims=("M17", "M23"),
    )


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
