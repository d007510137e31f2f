"""What people think, statement by statement, and whether groups among them hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenground.evidence import Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.context import Context
from evenground.questions.voice.figures.opinions import opinion_spec
from evenground.questions.voice.large_tables import named, numbers
from evenground.questions.voice.logged import Row
from evenground.questions.voice.measures.opinions.opinion_map import OpinionMap, opinion_map
from evenground.questions.voice.measures.opinions.statement_table import (
    StatementTable,
    statement_table,
)
from evenground.questions.voice.measures.opinions.vote_matrix import (
    AGREE,
    DISAGREE,
    PASS,
    VoteMatrix,
    vote_matrix,
)

MAPPED = Method(
    name=N_("Opinion map with groups refused by a fixed rule"),
    formula=N_("resampled agreement, error in hidden votes, share of votes cast between groups"),
    literature=(
        "Small et al. 2021, Recerca 26(2)",
        "Hubert & Arabie 1985, Journal of Classification 2, 193–218",
        "Owen & Perry 2009, Annals of Applied Statistics 3, 564–594",
        "Clopper & Pearson 1934, Biometrika 26, 404–413",
    ),
)
HOLD, REFUSED = Verdict("opinions.groups"), Verdict("opinions.refused")
LEVEL, PER_CENT = 0.95, 100.0
_LEAST, _SHOWN = 2, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Votes by statement: what each says, and who voted how; people have no names here."""

    texts: tuple[str, ...]
    votes: VoteMatrix


def opinions(context: Context) -> list[Finding]:
    """Return the opinion map, and the statements that bridge and divide; nothing without votes."""
    asked = _asked(context)
    if asked is None:
        return []
    threshold = max(context.case.settings.whole("disclosure_threshold"), 2)
    if asked.votes.n_participants < max(threshold, _LEAST) or asked.votes.n_statements < _LEAST:
        return [_few(context, asked)]
    found = opinion_map(asked.votes, rng=context.case.rng("opinions"))
    table = statement_table(asked.votes, found.inside, found.groups)
    safe = _safe(table, threshold)
    return [
        _map(context, asked, found),
        *_statements(context, asked, table, safe),
    ]


def _asked(context: Context) -> _Asked | None:
    table = context.tables.get("opinion_votes")
    if table is None:
        return None
    listed = {row["statement"]: row for row in context.rows.get("opinion_statements", ())}
    (people, who), (names, what) = named(table, "participant"), named(table, "statement")
    vote = numbers(table, "vote")
    allowed = np.array([*(_is_allowed(listed.get(name)) for name in names), False])
    kept = np.isin(vote, (DISAGREE, PASS, AGREE)) & allowed[what] & (who >= 0)
    if not kept.any():
        return None
    voted = np.bincount(who[kept], minlength=len(people)) > 0
    asked = np.bincount(what[kept], minlength=len(names)) > 0
    row, column = np.cumsum(voted) - 1, np.cumsum(asked) - 1
    votes = np.full((int(voted.sum()), int(asked.sum())), np.nan)
    votes[row[who[kept]], column[what[kept]]] = vote[kept]
    told = (name for name, any_vote in zip(names, asked, strict=True) if any_vote)
    texts = tuple(str((listed.get(name) or {}).get("text") or name) for name in told)
    return _Asked(texts=texts, votes=vote_matrix(votes))


def _is_allowed(statement: Row | None) -> bool:
    """Return whether a statement was not rejected; one that is not listed was not."""
    state = None if statement is None else statement.get("moderated")
    return state is None or state >= 0


def _few(context: Context, asked: _Asked) -> Finding:
    n = min(asked.votes.n_participants, asked.votes.n_statements)
    return Finding(
        code="opinions.few",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(n=n),
        sources=context.sources("opinion_votes"),
        method=MAPPED,
        claims=("M28", "M32"),
    )


def _map(context: Context, asked: _Asked, found: OpinionMap) -> Finding:
    verdict = HOLD if found.groups is not None else REFUSED
    n_people = int(found.inside.sum())
    known: dict[str, Any] = {"n": n_people, "n_statements": asked.votes.n_statements}
    if found.groups is not None:
        known["n_groups"] = found.groups.n_groups
    if found.stability is not None:
        known["stability"] = found.stability.mean
    if found.reasons:
        known["reason"] = Message(code=f"reason.{found.reasons[0]}")
    caveats = ["caveat.opinions.volunteers"]
    caveats += ["caveat.opinions.cut"] * (found.groups is not None and found.cuts_a_crowd)
    return Finding(
        code=verdict.code,
        verdict=verdict,
        parameters=context.known(**known),
        estimates=tuple(_estimates(found)),
        figures=() if found.stability is None else (_figure(context, found, n_people),),
        caveats=tuple(Message(code=code) for code in caveats),
        sources=context.sources("opinion_votes", "opinion_statements"),
        method=MAPPED,
        claims=("M28", "M32"),
    )


def _estimates(found: OpinionMap) -> list[Estimate]:
    estimates = list[Estimate]()
    gain = found.held_out.gain
    if found.stability is not None:
        low, high = np.quantile(found.stability.indices, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        estimates.append(
            Estimate.estimated(
                "group_stability",
                found.stability.mean,
                interval=(min(low, found.stability.mean), max(high, found.stability.mean), LEVEL),
                unit="index",
            )
        )
    if gain is not None:
        estimates.append(
            Estimate.estimated(
                "group_gain",
                gain.value * PER_CENT,
                interval=(gain.low * PER_CENT, gain.high * PER_CENT, LEVEL),
                unit="%",
            )
        )
    if found.evidence.share_by_votes is not None:
        estimates.append(
            Estimate.exact("group_by_votes_cast", found.evidence.share_by_votes, unit="share")
        )
    return estimates


def _figure(context: Context, found: OpinionMap, n_people: int) -> Figure:
    n_resamples = 0 if found.stability is None else len(found.stability.indices)
    known = context.known(n=n_people, n_resamples=n_resamples)
    rows = tuple(
        (Message(code=f"predictor.{name.replace(' ', '_')}"), float(f"{error:.4g}"))
        for name, error in found.held_out.errors.items()
    )
    return Figure(
        key="opinions",
        spec=opinion_spec(found),
        title=Message(code="figure.opinions", parameters=known),
        alternative=Message(code="figure.opinions.alternative", parameters=known),
        table=Table(
            key="opinion_errors",
            title=Message(code="table.opinion_errors"),
            columns=("foretold_by", "error"),
            rows=rows,
        ),
    )


def _safe(table: StatementTable, threshold: int) -> np.ndarray:
    """Return statements whose counts may be shown: none of them is small."""
    passed = table.seen - table.agreed - table.disagreed
    counts = np.stack([table.agreed, table.disagreed, passed])
    return ((counts == 0) | (counts >= threshold)).all(axis=0) & (table.seen >= threshold)


def _statements(
    context: Context, asked: _Asked, table: StatementTable, safe: np.ndarray
) -> list[Finding]:
    """Return a finding on statements that bridge, and one on those that divide."""
    findings: list[Finding] = []
    order = np.argsort(-table.bridging, kind="stable")
    contested = np.argsort(-np.minimum(table.agreed, table.disagreed), kind="stable")
    for code, among, ranked in (
        ("opinions.bridge", table.bridges, order),
        ("opinions.divide", table.divides, contested),
    ):
        shown = [int(at) for at in ranked if among[at] and safe[at]]
        if shown:
            findings.append(_told(context, code, (asked, table), shown))
    return findings


def _told(
    context: Context, code: str, of: tuple[_Asked, StatementTable], shown: Sequence[int]
) -> Finding:
    asked, table = of
    first = shown[0]
    return Finding(
        code=code,
        verdict=Verdict(code),
        parameters=context.known(
            statement=asked.texts[first],
            agreed=int(table.agreed[first]),
            disagreed=int(table.disagreed[first]),
            voted=int(table.seen[first]),
            n=len(shown),
        ),
        estimates=(_share(table, first),),
        tables=(
            Table(
                key=code.replace(".", "_"),
                title=Message(code=f"table.{code.replace('.', '_')}"),
                columns=("statement", "agreed", "disagreed", "voted", "share_agreed"),
                rows=tuple(_row(asked, table, at) for at in shown[:_SHOWN]),
            ),
        ),
        caveats=(Message(code="caveat.opinions.volunteers"),),
        sources=context.sources("opinion_votes", "opinion_statements"),
        method=MAPPED,
        claims=("M28", "M32"),
    )


def _row(asked: _Asked, table: StatementTable, at: int) -> tuple[Any, ...]:
    counts = (int(table.agreed[at]), int(table.disagreed[at]), int(table.seen[at]))
    return (asked.texts[at], *counts, _share(table, at))


def _share(table: StatementTable, at: int) -> Estimate:
    ends = (float(table.low[at]), float(table.high[at]), LEVEL)
    return Estimate.estimated("share_agreed", float(table.share[at]), interval=ends, unit="share")
