"""What ``evenground map-opinions`` prints: verdict in words, statements, and everything as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, method_lines, versions
from evenground.cli.paragraphs import paragraph
from evenground.cli.wording import map_opinions as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.questions.voice.measures.opinions.held_out_error import Gain
    from evenground.questions.voice.measures.opinions.representative import Representative
    from evenground.workspace.opinion_mapping import OpinionsFound

SOURCES = (
    "Small, Bjorkegren, Erkkilä, Shaw & Megill 2021, Recerca 26(2)",
    "Ilin & Raiko 2010, Journal of Machine Learning Research 11, 1957–2000",
    "Hubert & Arabie 1985, Journal of Classification 2, 193–218",
    "Hennig 2007, Computational Statistics & Data Analysis 52, 258–271",
    "Owen & Perry 2009, Annals of Applied Statistics 3, 564–594",
    "Wojcik et al. 2022, arXiv 2210.15723",
    "Clopper & Pearson 1934, Biometrika 26, 404–413",
)
LETTERS = "ABCDE"
_SHOWN = 5
HALF = 0.5


def opinion_lines(found: OpinionsFound, speaks: Language, *, written: Path | None) -> Iterator[str]:
    """Yield what a person reads."""
    yield from _read(found, speaks)
    yield ""
    yield from _verdict(found, speaks)
    yield ""
    yield from _groups(found, speaks)
    yield from _statements(found, words.BRIDGES, found.table.bridges, speaks)
    yield from _statements(found, words.DIVIDES, found.table.divides, speaks)
    yield ""
    yield speaks.text(words.CAVEATS)
    for sentence in caveats(found, speaks):
        yield from paragraph(f"- {sentence}", inset=2, hanging=4)
    if written is not None:
        yield from paragraph(speaks.say(words.PICTURE, {"file": written}))
    yield from paragraph(speaks.say(words.DRAWS, {"seed": found.asked.seed}))
    yield from method_lines(SOURCES, speaks)


def reasons(found: OpinionsFound, speaks: Language) -> list[str]:
    """Return why groups are refused, in words."""
    known = _known(found)
    return [speaks.say(words.REASON[code], known) for code in found.found.reasons]


def caveats(found: OpinionsFound, speaks: Language) -> list[str]:
    """Return what it rests on."""
    codes = ("volunteers", "asked", "each")
    if found.found.groups is not None:
        told = "cut" if found.found.cuts_a_crowd else "whole"
        codes = ("volunteers", "asked", "twice", told, "each")
    known = _known(found)
    return [speaks.say(words.CAVEAT[code], known) for code in codes]


def _known(found: OpinionsFound) -> dict[str, Any]:
    """Return the numbers that sentences name, as people read them."""
    from evenground.questions.voice.measures.opinions import grouping_rule as rule
    from evenground.questions.voice.measures.opinions.held_out_error import GROUPS, STATEMENT

    of = found.found
    held, evidence = of.held_out, of.evidence
    known: dict[str, Any] = {
        "least": f"{rule.LEAST_STABILITY:g}",
        "least_gain": _percent(rule.LEAST_GAIN),
        "most": _percent(rule.LARGEST_SHARE_BY_VOTES),
        "method": words.METHOD[of.method],
        "n_people": found.votes.n_participants,
        "n_statements": found.votes.n_statements,
        **_ends("", held.gain),
        **_ends("beyond", held.gain_beyond_level),
        **_ends("place", held.gain_of_place),
    }
    if held.errors:
        known["map_error"] = f"{held.errors[of.method]:.3f}"
        known["statement"] = f"{held.errors[STATEMENT]:.3f}"
    if held.gain is not None:
        known["groups"] = f"{held.errors[GROUPS]:.3f}"
    if of.stability is not None and evidence.share_by_votes is not None:
        known |= {
            "n_resamples": len(of.stability.indices),
            "stability": f"{of.stability.mean:.2f}",
            "dissolved": int((of.stability.indices < HALF).sum()),
            "lowest": f"{of.stability.indices.min():.2f}",
            "highest": f"{of.stability.indices.max():.2f}",
            "share": _percent(evidence.share_by_votes),
        }
    return known


def _ends(name: str, gain: Gain | None) -> dict[str, str]:
    if gain is None:
        return {}
    before = f"{name}_" if name else ""
    return {
        name or "gain": _percent(gain.value),
        f"{before}low": _percent(gain.low),
        f"{before}high": _percent(gain.high),
    }


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0").replace("-", "−") + "\N{NO-BREAK SPACE}%"


def _read(found: OpinionsFound, speaks: Language) -> Iterator[str]:
    from evenground.workspace.telling_problems import tell

    conversation = found.conversation
    known = {
        "topic": conversation.topic or next(iter(conversation.files)),
        "n_read": conversation.n_read,
        "n_people": len(conversation.participants),
        "n_statements": len(found.statements),
        "n_votes": int(found.votes.seen.sum()),
    }
    yield from paragraph(speaks.say(words.READ, known))
    for problem in conversation.set_aside:
        why = tell(problem, speaks).what.rstrip(".")
        said = speaks.say(words.ASIDE, {"n": problem.n_rows, "why": why})
        yield from paragraph(said, inset=2)
    for problem in conversation.noticed:
        yield from paragraph(tell(problem, speaks).what, inset=2)


def _verdict(found: OpinionsFound, speaks: Language) -> Iterator[str]:
    of, known = found.found, _known(found)
    if of.groups is not None:
        sizes = [str(size) for size in of.groups.sizes]
        said = {"n_groups": of.groups.n_groups, "sizes": sizes}
        yield from paragraph(speaks.say(words.GROUPS, said))
    elif of.candidate is None:
        yield speaks.text(words.REFUSED_NONE)
    else:
        n_groups = {"n_groups": of.candidate.n_groups}
        yield from paragraph(speaks.say(words.REFUSED, n_groups))
    for sentence in reasons(found, speaks):
        yield from paragraph(f"- {sentence}", inset=2, hanging=4)
    known["method"] = speaks.text(known["method"])
    if of.stability is not None:
        yield from paragraph(speaks.say(words.STABILITY, known))
    told = words.HELD_OUT_NONE if of.held_out.gain is None else words.HELD_OUT
    if of.held_out.errors:
        yield from paragraph(speaks.say(told, known))
    if of.stability is not None:
        yield from paragraph(speaks.say(words.CONFOUNDED, known))


def _groups(found: OpinionsFound, speaks: Language) -> Iterator[str]:
    if found.found.groups is None:
        return
    sizes = found.found.groups.sizes
    for group, stand_for in enumerate(found.stand_for):
        known = {"letter": LETTERS[group], "n": sizes[group]}
        yield from paragraph(speaks.say(words.GROUP, known))
        for one in stand_for:
            told = words.AGREES if one.agree else words.DISAGREES
            yield from paragraph(
                "- " + speaks.say(told, _compared(found, group, one)), inset=2, hanging=4
            )
        yield ""


def _compared(found: OpinionsFound, group: int, one: Representative) -> dict[str, Any]:
    counts = found.table.by_group
    if counts is None:
        return {}
    side = counts.agreed if one.agree else counts.disagreed
    here, seen = int(side[group, one.statement]), int(counts.seen[group, one.statement])
    return {
        "agreed": here,
        "seen": seen,
        "other_agreed": int(side[:, one.statement].sum()) - here,
        "other_seen": int(counts.seen[:, one.statement].sum()) - seen,
        "text": _text(found, one.statement),
    }


def _statements(found: OpinionsFound, told: Any, among: Any, speaks: Language) -> Iterator[str]:
    table = found.table
    columns = sorted(among.nonzero()[0].tolist(), key=lambda at: -table.bridging[at])
    if told is words.DIVIDES:
        columns.sort(key=lambda at: -min(table.agreed[at], table.disagreed[at]))
    yield from paragraph(speaks.text(told["some" if columns else "none"]))
    for at in columns[:_SHOWN]:
        known = {
            "agreed": int(table.agreed[at]),
            "seen": int(table.seen[at]),
            "disagreed": int(table.disagreed[at]),
            "low": _percent(float(table.low[at])),
            "high": _percent(float(table.high[at])),
            "text": _text(found, at),
        }
        yield from paragraph("- " + speaks.say(words.STATEMENT, known), inset=2, hanging=4)
    if len(columns) > _SHOWN:
        yield "  " + speaks.say(words.MORE, {"n": len(columns) - _SHOWN})


def _text(found: OpinionsFound, at: int) -> str:
    one = found.statements[at]
    return one.text or f"({one.key})"


def opinion_data(found: OpinionsFound, speaks: Language, *, written: Path | None) -> dict[str, Any]:
    """Return everything as data, at full precision; these keys are kept. No person is in it."""
    from evenground.questions.voice.measures.opinions import grouping_rule as rule

    of = found.found
    held, again = of.held_out, of.stability
    return {
        "command": "map-opinions",
        "versions": versions(),
        "groups": _groups_data(found),
        "refused": of.groups is None,
        "reasons": reasons(found, speaks),
        "reason_codes": list(of.reasons),
        "stability": None if again is None else again.mean,
        "stability_by_resample": [] if again is None else as_data(again.indices),
        "share_dissolved": of.evidence.dissolved,
        "groups_by_resample": [] if again is None else as_data(again.n_groups),
        "held_out_error": held.errors.get(of.method),
        "held_out_errors": dict(held.errors),
        "held_out_gain": _gain_data(held.gain),
        "held_out_gain_beyond_level": _gain_data(held.gain_beyond_level),
        "held_out_gain_of_place": _gain_data(held.gain_of_place),
        "cuts_a_crowd": of.cuts_a_crowd,
        "n_held_out": held.n_votes,
        "share_of_votes_cast_between_groups": of.evidence.share_by_votes,
        "rule": {
            "least_stability": rule.LEAST_STABILITY,
            "most_dissolved": rule.MOST_DISSOLVED,
            "least_gain": rule.LEAST_GAIN,
            "largest_share_of_votes_cast": rule.LARGEST_SHARE_BY_VOTES,
        },
        "map": of.method,
        "candidate_groups": None if of.candidate is None else of.candidate.n_groups,
        "polis": _polis_data(found),
        "statements": [_statement_data(found, at) for at in range(len(found.statements))],
        "n_participants": found.votes.n_participants,
        "n_mapped": int(of.inside.sum()),
        "n_votes": int(found.votes.seen.sum()),
        "caveats": caveats(found, speaks),
        "seed": found.asked.seed,
        "strict": found.asked.strict,
        "picture": None if written is None else str(written),
        "inputs": _inputs(found, speaks),
        "literature": list(SOURCES),
    }


def _gain_data(gain: Gain | None) -> dict[str, float] | None:
    return None if gain is None else {"value": gain.value, "low": gain.low, "high": gain.high}


def _polis_data(found: OpinionsFound) -> dict[str, Any] | None:
    """Return what Polis itself would show, which this command may refuse."""
    groups = found.polis
    if groups is None:
        return None
    return {
        "n_groups": groups.n_groups,
        "sizes": list(groups.sizes),
        "silhouette": groups.silhouette,
    }


def _groups_data(found: OpinionsFound) -> list[dict[str, Any]] | None:
    groups = found.found.groups
    if groups is None:
        return None
    sizes = groups.sizes
    return [
        {
            "group": LETTERS[group],
            "n_participants": sizes[group],
            "stands_for": [
                {"id": found.statements[one.statement].key, "agree": one.agree} for one in stand_for
            ],
        }
        for group, stand_for in enumerate(found.stand_for)
    ]


def _statement_data(found: OpinionsFound, at: int) -> dict[str, Any]:
    table, one = found.table, found.statements[at]
    agreed, disagreed, seen = (
        int(counts[at]) for counts in (table.agreed, table.disagreed, table.seen)
    )
    data = {
        "id": one.key,
        "text": one.text,
        "n_votes": seen,
        "agreed": agreed,
        "disagreed": disagreed,
        "passed": seen - agreed - disagreed,
        "share_agreed": as_data(float(table.share[at])),
        "low": float(table.low[at]),
        "high": float(table.high[at]),
        "bridging": float(table.bridging[at]),
        "bridges": bool(table.bridges[at]),
        "divides": bool(table.divides[at]),
        "group_informed_consensus": None if table.consensus is None else float(table.consensus[at]),
        "groups": [],
    }
    counts = table.by_group
    if counts is not None and table.group_low is not None and table.group_high is not None:
        data["groups"] = [
            {
                "group": LETTERS[group],
                "n_votes": int(counts.seen[group, at]),
                "agreed": int(counts.agreed[group, at]),
                "disagreed": int(counts.disagreed[group, at]),
                "low": float(table.group_low[group, at]),
                "high": float(table.group_high[group, at]),
                "share_agreed": float(counts.share_agreed[group, at]),
                "ratio_agreed": float(counts.ratio_agreed[group, at]),
                "ratio_disagreed": float(counts.ratio_disagreed[group, at]),
                "test_agreed": float(counts.test_agreed[group, at]),
                "test_disagreed": float(counts.test_disagreed[group, at]),
                "against_agreed": float(counts.against_agreed[group, at]),
                "against_disagreed": float(counts.against_disagreed[group, at]),
            }
            for group in range(len(counts.seen))
        ]
    return data


def _inputs(found: OpinionsFound, speaks: Language) -> dict[str, Any]:
    from evenground.workspace.telling_problems import tell

    conversation = found.conversation
    return {
        "topic": conversation.topic,
        "files": dict(conversation.files),
        "votes_read": conversation.n_read,
        "set_aside": [
            {"code": one.code, "votes": one.n_rows, "why": tell(one, speaks).what}
            for one in conversation.set_aside
        ],
        "noticed": [tell(one, speaks).what for one in conversation.noticed],
        "statements_left_out": dict(conversation.left_out),
    }
