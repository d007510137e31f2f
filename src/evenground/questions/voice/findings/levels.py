"""The level of participation that was claimed, beside the one that the log supports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evenground.evidence import Ask, Finding, Message, Method, Parameter, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.asked import Asked
from evenground.questions.voice.context import Context
from evenground.questions.voice.findings.telling import called
from evenground.questions.voice.measures.timing.level_rules import (
    GUNNING,
    OURS,
    SPECTRUM,
    Level,
)
from evenground.questions.voice.measures.timing.supported_level import Bears

LEVELS = Method(
    name=N_("Rules of each level held against the log; a level needs those of all below it"),
    literature=(
        "International Association for Public Participation 2018, Spectrum of Public Participation",
        GUNNING,
        "Arnstein 1969, Journal of the American Institute of Planners 35, 216–224",
    ),
)
VERDICTS = {
    Bears.BEARS: Verdict("log_bears_the_claim"),
    Bears.CONTRADICTS: Verdict("log_contradicts_the_claim"),
    Bears.CANNOT_TELL: Verdict.CANNOT_TELL,
    Bears.NOT_CLAIMED: Verdict.DESCRIBED,
}
_CITED: Mapping[str, str] = {"spectrum": SPECTRUM, "gunning": GUNNING, "ours": OURS}
_ASKED_BY: Mapping[str, frozenset[str]] = {
    "days_to_consider": frozenset(),  # what it needs is what two others need
    "most_open": frozenset({"something_open"}),
}


def levels(context: Context) -> list[Finding]:
    """Return, for each time that people were asked, which level the log supports."""
    return [_finding(context, asked) for asked in context.asked]


def _finding(context: Context, asked: Asked) -> Finding:
    found = asked.level
    return Finding(
        code=f"level.{found.says.value}",
        verdict=VERDICTS[found.says],
        parameters=context.known(
            step=called(asked),
            claimed=_level(found.claimed or Level.INFORM),
            supported=supported_words(asked),
            why=_why(asked),
        ),
        tables=(_rules(asked),),
        caveats=(_rungs(asked),),
        sources=context.sources("events", "considered_options"),
        method=LEVELS,
        claims=("M28",),
        asks=tuple(_asks(context, asked)),
    )


def _level(level: Level) -> Message:
    return Message(code=f"level_is.{level.code}")


def supported_words(asked: Asked) -> Message:
    """Say what people could do by the log: one level, or the least and the most."""
    low, high = asked.level.proven, asked.level.possible
    if low is high:
        return _level(low)
    ends = {"low": _level(low), "high": _level(high)}
    return Message(code="level_between", parameters=ends)


def _why(asked: Asked) -> Message:
    """Return the rules that decide; that none does where nothing is broken."""
    if not asked.level.deciding:
        return Message(code="no_rule_broken")
    first = asked.level.deciding[0]
    return Message(
        code="rule_broken",
        parameters={"rule": Message(code=f"rule.{first.code}"), "n": len(asked.level.deciding)},
    )


def _rungs(asked: Asked) -> Message:
    low, high = asked.level.rungs
    known = {"low": low, "high": high}
    return Message(code="caveat.rung" if low == high else "caveat.rungs", parameters=known)


def _rules(asked: Asked) -> Table:
    rows: list[tuple[Parameter, ...]] = [
        (
            _level(one.rule.level),
            _rule(one.rule.code, one.rule.source),
            Message(code=f"holds.{one.holds.value}"),
        )
        for one in asked.level.rules
    ]
    return Table(
        key=f"rules_{asked.number}",
        columns=("level", "rule", "holds"),
        rows=tuple(rows),
        title=Message(code="table.rules"),
    )


def _rule(code: str, source: str) -> Message:
    """Return a rule with its sources by their short names; the method names them in full."""
    cited = tuple(
        Message(code=f"ground.{name}") for name, words in _CITED.items() if words in source
    )
    told = {"rule": Message(code=f"rule.{code}"), "grounds": cited}
    return Message(code="rule_and_grounds", parameters=told)


def _asks(context: Context, asked: Asked) -> list[Ask]:
    """Ask for what is missing at the claimed level, or one level above what is proven."""
    found = asked.level
    upto = found.claimed or Level(min(found.proven + 1, Level.EMPOWER))
    missing = [rule.code for rule in found.missing if rule.level <= upto]
    needs = tuple(
        Message(code=f"rule.{code}.needs") for code in missing if not _told(code, missing)
    )
    if not needs:
        return []
    return [
        Ask(
            to=context.body(),
            what=Message(code="ask.rules", parameters={"step": called(asked), "needs": needs}),
            unlocks=Message(code="ask.rules.unlocks", parameters={"level": _level(upto)}),
            by=context.case.initiative.decision.ask_by,
        )
    ]


def _told(code: str, missing: Sequence[str]) -> bool:
    """Whether what a rule needs is asked for by the others already."""
    others = _ASKED_BY.get(code)
    return others is not None and others <= set(missing)
