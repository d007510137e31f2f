"""What became of what people said."""

from __future__ import annotations

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Table, Verdict
from evenground.language import N_
from evenground.questions.voice.asked import Asked
from evenground.questions.voice.context import Context
from evenground.questions.voice.findings.telling import bounded, called, count_words

FATE = Method(
    name=N_("Inputs counted by what the log says became of them; the rest is unknown"),
    literature=(
        "International Association for Public Participation 2018, Spectrum of Public Participation",
    ),
)
CHANGED, ANSWERED, IGNORED = (
    Verdict("changed_something"),
    Verdict("answered_only"),
    Verdict("set_aside"),
)


def inputs(context: Context) -> list[Finding]:
    """Return, for each time that people were asked, what became of what they said."""
    return [_finding(context, asked) for asked in context.asked]


def _verdict(asked: Asked) -> Verdict:
    fate = asked.fate
    if fate.has_change:
        return CHANGED
    if fate.has_response:
        return ANSWERED
    if fate.n and fate.ignored is not None and fate.ignored[0] == fate.n:
        return IGNORED
    return Verdict.CANNOT_TELL


def _finding(context: Context, asked: Asked) -> Finding:
    verdict, fate = _verdict(asked), asked.fate
    counted = fate.n is not None
    return Finding(
        code=f"inputs.{verdict.code}" + ("" if counted else ".uncounted"),
        verdict=verdict,
        parameters=context.known(
            step=called(asked), n=fate.n or 0, changed=_changed(asked), rest=_rest(asked)
        ),
        estimates=tuple(_estimates(asked)),
        tables=tuple(_tables(asked)),
        sources=context.sources("events"),
        method=FATE,
        claims=("M28", "M30"),
        asks=tuple(_asks(context, asked, verdict)),
    )


def _rest(asked: Asked) -> Message:
    low, high = asked.fate.unknown or (0, 0)
    if high == 0:
        return Message(code="rest.none")
    return Message(code="rest.some", parameters={"unknown": count_words(low, high)})


def _changed(asked: Asked) -> Message:
    low, high = asked.fate.changed or (0, 0)
    return count_words(low, high)


def _estimates(asked: Asked) -> list[Estimate]:
    fate, about = asked.fate, str(asked.number)
    if fate.n is None:
        return []
    found = [Estimate.exact("n_inputs", fate.n, unit="inputs", about=about)]
    for name, ends in _fates(asked):
        found += bounded(f"n_{name}", *ends, unit="inputs", about=about)
    return found


def _fates(asked: Asked) -> list[tuple[str, tuple[int, int]]]:
    fate = asked.fate
    named = (
        ("changed", fate.changed), ("answered", fate.answered), ("ignored", fate.ignored),
        ("unknown", fate.unknown),
    )  # fmt: skip
    return [(name, ends) for name, ends in named if ends is not None]


def _tables(asked: Asked) -> list[Table]:
    rows = tuple((Message(code=f"fate.{name}"), count_words(*ends)) for name, ends in _fates(asked))
    if not rows:
        return []
    return [
        Table(
            key=f"inputs_{asked.number}",
            columns=("fate", "inputs"),
            rows=rows,
            title=Message(code="table.inputs"),
        )
    ]


def _asks(context: Context, asked: Asked, verdict: Verdict) -> list[Ask]:
    if verdict != Verdict.CANNOT_TELL and asked.fate.unknown in ((0, 0), None):
        return []
    return [
        Ask(
            to=context.body(),
            what=Message(code="ask.inputs", parameters={"step": called(asked)}),
            unlocks=Message(code="ask.inputs.unlocks"),
            by=context.case.initiative.decision.ask_by,
        )
    ]
