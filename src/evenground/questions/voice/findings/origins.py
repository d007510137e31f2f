"""Where options came from, who screened out which, and whether people could say: none of these."""

from __future__ import annotations

from evenground.evidence import Ask, Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.initiative import OptionKind
from evenground.language import N_
from evenground.questions.voice.asked import Asked
from evenground.questions.voice.context import Context
from evenground.questions.voice.findings.telling import NOT_STATED, called, stated
from evenground.questions.voice.measures.timing.event_kinds import Part, plain
from evenground.questions.voice.measures.timing.option_origins import (
    OptionOrigins,
    OptionStated,
    Origin,
    option_origins,
)

ORIGINS = Method(
    name=N_("Options by whose idea they were, with those that were taken off the table"),
    literature=("Halegoua 2020, Smart Cities, MIT Press",),
)
FROM_RESIDENTS, NOT_FROM_RESIDENTS = Verdict("some_from_residents"), Verdict("none_from_residents")
GIVEN, OWN = Verdict("a_choice_among_given_options"), Verdict("open_to_proposals")


def origins(context: Context) -> list[Finding]:
    """Return where options came from, and for each time people were asked what they could say."""
    options = _options(context)
    found = [_finding(context, option_origins(options))] if options else []
    return found + [_given(context, asked) for asked in context.asked]


def _options(context: Context) -> list[OptionStated]:
    """Return the options of the decision, those that were considered, those that events name."""
    considered = context.rows.get("considered_options", ())
    by_key = {row["option"]: row for row in considered if row.get("option")}
    events = [one for one in context.log.events if one.part in (Part.OPENS, Part.CLOSES)]
    options: list[OptionStated] = []
    for option in context.case.initiative.options:
        row = by_key.get(option.key, {})
        own = [one for one in events if one.option == option.key]
        stays = option.kind is OptionKind.AS_TODAY
        if stays and not (row or option.proposed_by or own):
            continue  # nobody has to think of leaving things as they are
        opened = next((one.by for one in own if one.part is Part.OPENS), "")
        closed = next((one for one in own if one.part is Part.CLOSES), None)
        options.append(
            OptionStated(
                name=option.name,
                came_from=row.get("came_from") or option.proposed_by or opened,
                screened_out=bool(row.get("screened_out_on")) or closed is not None,
                screened_by=row.get("screened_by") or (closed.by if closed else ""),
                why=row.get("why") or (closed.why if closed else ""),
                source=row.get("source") or (closed.source if closed else ""),
            )
        )
    known = {plain(one.name) for one in options}
    for row in considered:
        if row.get("name") and not row.get("option") and plain(row["name"]) not in known:
            out = any(row.get(name) for name in ("screened_out_on", "screened_by", "why"))
            options.append(
                OptionStated(
                    name=row["name"],
                    came_from=row.get("came_from") or "",
                    screened_out=out,
                    screened_by=row.get("screened_by") or "",
                    why=row.get("why") or "",
                    source=row.get("source") or "",
                )
            )
    # An option that was closed and has no key is one that the decision never saw.
    options += [
        OptionStated(
            name=one.text or one.kind, screened_out=True, screened_by=one.by, why=one.why,
            source=one.source,
        )
        for one in events
        if one.part is Part.CLOSES and not one.option and plain(one.kind).startswith("option")
        and not any(row.get("screened_out_on") == one.day for row in considered)
    ]  # fmt: skip
    return options


def _finding(context: Context, found: OptionOrigins) -> Finding:
    n_residents = found.n_by_origin.get(Origin.RESIDENT, 0)
    n_unknown = found.n_by_origin.get(Origin.UNKNOWN, 0)
    if n_residents:
        verdict = FROM_RESIDENTS
    else:
        verdict = Verdict.CANNOT_TELL if n_unknown else NOT_FROM_RESIDENTS
    n = len(found.options)
    sources = context.sources("events", "considered_options", "initiative")
    numbers = (
        Estimate.exact("n_options", n, unit="options"),
        Estimate.exact("n_from_residents", n_residents, unit="options"),
        Estimate.exact("n_screened_out", len(found.screened_out), unit="options"),
    )
    return Finding(
        code=f"origins.{verdict.code}",
        verdict=verdict,
        parameters=context.known(n=n, n_residents=n_residents, n_unknown=n_unknown),
        # Counts of what only the declaration says have no table to be traced to.
        estimates=numbers if sources else (),
        tables=(_table(found),),
        caveats=tuple(_caveats(found)),
        sources=sources,
        method=ORIGINS,
        claims=("M28", "M30"),
        asks=tuple(_asks(context, found)),
    )


def _table(found: OptionOrigins) -> Table:
    rows: list[tuple[Parameter, ...]] = []
    for option, origin in zip(found.options, found.origins, strict=True):
        out = option.screened_out
        rows.append(
            (
                option.name,
                _whose(option, origin),
                _taken_off(option) if out else Message(code="on_the_table"),
            )
        )
    return Table(
        key="origins",
        columns=("option", "whose_idea", "taken_off"),
        rows=tuple(rows),
        title=Message(code="table.origins"),
    )


def _whose(option: OptionStated, origin: Origin) -> Message:
    """Return whose idea it was, with the words of the papers where they say more."""
    known = Message(code=f"origin.{origin.value}")
    if plain(option.came_from) in {"", origin.value, f"{origin.value}s"}:
        return known
    told = {"origin": known, "words": option.came_from}
    return Message(code="origin.in_words", parameters=told)


def _taken_off(option: OptionStated) -> Message:
    told = {"by": stated(option.screened_by), "why": stated(option.why)}
    return Message(code="off_the_table", parameters=told)


def _caveats(found: OptionOrigins) -> list[Message]:
    said: list[Message] = []
    if found.screened_out:
        said.append(Message(code="caveat.screened", parameters={"n": len(found.screened_out)}))
    if found.n_screened_without_reason:
        known = {"n": found.n_screened_without_reason}
        said.append(Message(code="caveat.no_reason", parameters=known))
    if found.n_screened_by_nobody:
        known = {"n": found.n_screened_by_nobody}
        said.append(Message(code="caveat.screened_by_nobody", parameters=known))
    return said


def _asks(context: Context, found: OptionOrigins) -> list[Ask]:
    unknown = tuple(
        f"“{option.name}”"
        for option, origin in zip(found.options, found.origins, strict=True)
        if origin is Origin.UNKNOWN
    )
    if not unknown:
        return []
    return [
        Ask(
            to=context.body(),
            what=Message(code="ask.origin", parameters={"options": unknown}),
            unlocks=Message(code="ask.origin.unlocks"),
            by=context.case.initiative.decision.ask_by,
        )
    ]


def _given(context: Context, asked: Asked) -> Finding:
    """Return what people could say: a vote on given options is shown as that."""
    proposing, none = asked.could_propose, asked.none_of_these
    if proposing:
        verdict = OWN
    elif proposing is None:
        verdict = Verdict.CANNOT_TELL
    else:
        verdict = GIVEN
    said = {None: "none_unknown", True: "none_possible", False: "none_impossible"}[none]
    about = asked.offered
    return Finding(
        code=f"given.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            step=called(asked),
            none=Message(code=said),
            about=Message(code="named", parameters={"names": about}) if about else NOT_STATED,
        ),
        sources=context.sources("events"),
        method=ORIGINS,
        claims=("M28", "M30"),
        asks=(
            Ask(
                to=context.body(),
                what=Message(code="ask.given", parameters={"step": called(asked)}),
                unlocks=Message(code="ask.given.unlocks"),
                by=context.case.initiative.decision.ask_by,
            ),
        )
        if proposing is None or none is None
        else (),
    )
