"""Who is watched by what the initiative is made of: now, by the rules, and as it could be."""

from __future__ import annotations

from evenground.evidence import (
    Ask,
    Estimate,
    Finding,
    Message,
    Method,
    Parameter,
    Table,
    Verdict,
)
from evenground.language import N_
from evenground.questions.data.context import Context
from evenground.questions.data.measures.watched.watching import Watched, Watching
from evenground.questions.data.measures.watched.watching import watched as watched_by

METHOD = Method(
    name=N_("Words of a published list in what is written of each component; nothing is guessed"),
    literature=("Kitchin 2014, GeoJournal 79(1), 1–14",),
)
PEOPLE, NOBODY, COULD = Verdict("watches_people"), Verdict("watches_nobody"), Verdict("could_watch")
SHOWN = ("kept", "purpose_now", "purpose_permitted", "purpose_possible")


def watched(context: Context) -> list[Finding]:
    """Return who is watched; nothing where it is not listed what it is made of."""
    found = watched_by(context.tables.get("components"))
    return [] if found is None else [_finding(context, found)]


def _verdict(found: Watched) -> Verdict:
    if found.n_people:
        return PEOPLE
    if found.n_newly_watching:
        return COULD
    return Verdict.CANNOT_TELL if found.n_cannot_tell else NOBODY


def _finding(context: Context, found: Watched) -> Finding:
    verdict = _verdict(found)
    named = tuple(f"“{one.thing}”" for one in found.components if one.watches_people)
    unsaid = tuple(f"“{one.thing}”" for one in found.components if one.watches_people is None)
    beyond = tuple(f"“{one.thing}”" for one in found.components if one.purposes.creep == "beyond")
    known = context.known(things=named, unsaid=unsaid, beyond=beyond, n=len(found.components))
    caveats = [Message(code="definition.watched")]
    if beyond:
        caveats.append(Message(code="caveat.beyond", parameters=known))
    if found.n_identifying:
        caveats.append(Message(code="caveat.identifying", parameters={"n": found.n_identifying}))
    return Finding(
        code=f"watched.{verdict.code}",
        verdict=verdict,
        parameters=known,
        estimates=(
            Estimate.exact("n_people", found.n_people, unit="components"),
            Estimate.exact("n_unsaid", found.n_cannot_tell, unit="components"),
            Estimate.exact("n_beyond", found.n_beyond, unit="components"),
            Estimate.exact("n_kept_not_stated", found.n_kept_not_stated, unit="components"),
        ),
        tables=(_table(found),),
        caveats=tuple(caveats),
        sources=context.sources("components"),
        method=METHOD,
        claims=("M17", "M24"),
        asks=tuple(_asks(context, found)),
    )


def _asks(context: Context, found: Watched) -> list[Ask]:
    if not any(found.missing.values()):
        return []
    offerer = context.case.initiative.offered_by
    to = (
        Message(code="to.offerer", parameters={"name": offerer})
        if offerer
        else Message(code="to.offerer_unknown")
    )
    missing = tuple(Message(code=f"column.{name}") for name in found.missing if found.missing[name])
    return [
        Ask(
            to=to,
            what=Message(code="ask.watched", parameters={"missing": missing}),
            unlocks=Message(code="ask.watched.unlocks"),
            by=context.case.initiative.decision.ask_by,
        )
    ]


def _table(found: Watched) -> Table:
    return Table(
        key="watched",
        columns=("thing", "senses", "subjects", "data_go_to", *SHOWN),
        rows=tuple(_row(one) for one in found.components),
        title=Message(code="table.watched"),
    )


def _row(one: Watching) -> tuple[Parameter, ...]:
    texts = (one.senses, one.data_go_to, one.kept.words, one.purposes.now,
             one.purposes.permitted, one.purposes.possible)  # fmt: skip
    senses, goes, kept, now, permitted, possible = (_or_not_stated(text) for text in texts)
    return (one.thing, senses, _subjects(one), goes, kept, now, permitted, possible)


def _subjects(one: Watching) -> Parameter:
    if not one.sensed.is_stated:
        return Message(code="not_stated")
    if one.sensed.is_nothing:
        return Message(code="subject.nothing")
    if not one.sensed.subjects:
        return Message(code="subject.unknown")
    names = tuple(Message(code=f"subject.{subject.value}") for subject in one.sensed.subjects)
    return Message(code="subjects", parameters={"names": names})


def _or_not_stated(text: str) -> Parameter:
    return text or Message(code="not_stated")
