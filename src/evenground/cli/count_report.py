"""What ``evenground count`` prints: who is funded, why, how exact, how fair; and that as data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.count_fairness import fair_data, fair_sentences, told
from evenground.cli.count_steadiness import steady_data, steady_sentences, warning_lines
from evenground.cli.paragraphs import paragraph
from evenground.cli.tables import table_lines
from evenground.cli.wording import count as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.questions.voice.measures.budgeting.reasons import ProjectReason
    from evenground.workspace.polls.counting import CountFound
    from evenground.workspace.polls.poll import Poll

MOST_TOLD = 12
"""Projects that were not funded of which the report tells; data tell of all."""
_FRACTION = re.compile(r"[0-9]+/[1-9][0-9]*")
_LEFT_TO_OTHERS = ("tie_order", "budget", "n_voters", "money_scale", "left_out", "value", "rule")


def heading(poll: Poll, speaks: Language) -> str:
    """Return the sentence that says what was counted."""
    from evenground.workspace.polls.counting import money

    election = poll.election
    return speaks.say(
        words.COUNTED,
        {
            "file": poll.file,
            "n_voters": election.n_voters,
            "n_projects": election.n_projects,
            "budget": money(election.budget, election.scale),
        },
    )


def count_data(found: CountFound, speaks: Language) -> dict[str, Any]:
    """Return a count as data."""
    from evenground.workspace.polls.counting import money, recorded
    from evenground.workspace.telling_problems import as_data

    poll, outcome = found.poll, found.outcome
    election, certificate = poll.election, found.outcome.certificate
    return {
        "file": poll.file,
        "rule": found.how.rule,
        "as_asked": found.words,
        "rule_of_the_file": found.by_the_file,
        "funded": list(outcome.names(election)),
        "cost": money(outcome.cost, election.scale),
        "budget": money(election.budget, election.scale),
        "currency": poll.meta.get("currency", ""),
        "n_voters": election.n_voters,
        "n_projects": election.n_projects,
        "certificate": {
            "exact": certificate.exact,
            "found": certificate.found,
            "n_steps": certificate.n_steps,
            "reason": certificate.reason,
            "ejr_plus_confirmed": found.ejr_plus_confirmed,
        },
        "record": recorded(outcome.record),
        "projects": {
            election.projects[one.project]: _project(found, one, speaks) for one in found.reasons
        },
        **fair_data(found, speaks),
        "steady": steady_data(found, speaks),
        "warnings": [as_data(one, speaks) for one in poll.warnings],
        "lacks": [as_data(one, speaks) for one in poll.lacks],
    }


def count_lines(
    found: CountFound, data: Mapping[str, Any], speaks: Language, *, written: Path | None
) -> Iterator[str]:
    """Yield what a councillor reads."""
    from evenground.workspace.telling_problems import tell

    yield from paragraph(heading(found.poll, speaks))
    yield from paragraph(_rule(found, speaks))
    yield from paragraph(_funded(found, speaks))
    yield ""
    yield from _table(found, speaks)
    yield ""
    for sentence in _exactness(found, speaks):
        yield from paragraph(sentence)
    yield ""
    yield from _lost(found, data, speaks)
    yield speaks.text(words.FAIR)
    for sentence in fair_sentences(found, speaks):
        yield from paragraph(f"- {sentence}", inset=2, hanging=4)
    yield ""
    yield speaks.text(words.STEADY)
    for sentence in steady_sentences(found, speaks):
        yield from paragraph(f"- {sentence}", inset=2, hanging=4)
    yield ""
    yield speaks.text(words.VARIANTS)
    for key, value in data["record"].items():
        if key not in _LEFT_TO_OTHERS:
            yield from paragraph(
                speaks.say(
                    words.VARIANT, {"key": key.replace("_", " "), "value": _plain(value, speaks)}
                ),
                inset=2,
                hanging=4,
            )
    for one in found.poll.lacks:
        yield from paragraph(speaks.say(words.LACKS, {"what": tell(one, speaks).what}))
    yield from warning_lines(found.poll, speaks)
    if written is not None:
        yield from paragraph(speaks.say(words.WRITTEN, {"file": str(written)}))


def _rule(found: CountFound, speaks: Language) -> str:
    if found.by_the_file:
        return speaks.say(words.RULE[True], {"words": found.words})
    template = words.RULE[False] if found.asked_rule else words.RULE_GREEDY
    return speaks.say(template, {"words": found.words})


def _funded(found: CountFound, speaks: Language) -> str:
    from evenground.workspace.polls.counting import money

    election, cost = found.poll.election, found.outcome.cost
    left = election.budget - cost
    known = {
        "n": len(found.outcome.funded),
        "cost": money(cost, election.scale),
        "left": money(max(left, 0), election.scale),
        "above": money(max(-left, 0), election.scale),
    }
    return speaks.say(words.FUNDED if left >= 0 else words.FUNDED_ABOVE, known)


def _table(found: CountFound, speaks: Language) -> list[str]:
    from evenground.workspace.polls.counting import money

    election, titles = found.poll.election, found.poll.titles
    votes, scores = election.votes.tolist(), found.scores
    header = words.HEADER_SCORE if scores else words.HEADER
    rows: list[list[str]] = []
    for number, place in enumerate(found.outcome.funded, start=1):
        cost = speaks.say(
            "{cost:money}", {"cost": money(int(election.costs[place]), election.scale)}
        )
        row = [f"{number}. {titles[place]}", speaks.say("{n:count}", {"n": votes[place]})]
        row += [speaks.say("{n:number}", {"n": scores[place]})] if scores else []
        rows.append([*row, cost])
    return table_lines([speaks.text(one) for one in header], rows)


def _exactness(found: CountFound, speaks: Language) -> Iterator[str]:
    outcome, names = found.outcome, found.poll.titles
    certificate = outcome.certificate
    known = {"n_steps": certificate.n_steps, "reason": certificate.reason or ""}
    yield speaks.say(words.CERTIFICATE[certificate.found], known)
    n_sets = outcome.record.get("n_optimal_sets")
    if isinstance(n_sets, int) and n_sets > 1:
        several = outcome.record["in_some_optimal_sets"]
        yield speaks.say(words.OPTIMAL_SETS, {"n": n_sets, "names": several})
    level = [step.project for step in outcome.steps if step.tied]
    if level:
        known = {"n": len(level), "order": found.tie_order, "names": [names[one] for one in level]}
        yield speaks.say(words.TIES, known)


def _lost(found: CountFound, data: Mapping[str, Any], speaks: Language) -> Iterator[str]:
    poll = found.poll
    lost = [one for one in found.reasons if one.fate != "funded"]
    lost.sort(key=lambda one: (-one.votes, one.project))
    if not lost:
        return
    yield speaks.text(words.LOST)
    for one in lost[:MOST_TOLD]:
        name = poll.election.projects[one.project]
        title = poll.titles[one.project]
        reason = data["projects"][name]["why"].removeprefix(speaks.text(words.SAID_ABOVE))
        known = {"title": title, "id": name, "why": reason}
        template = words.NAMED_BY_ID if title == name else words.NAMED
        yield from paragraph(f"- {speaks.say(template, known)}", inset=2, hanging=4)
    if len(lost) > MOST_TOLD:
        n = len(lost) - MOST_TOLD
        yield from paragraph(speaks.say(words.LOST_MORE, {"n": n}), inset=2)
    yield ""


def _project(found: CountFound, one: ProjectReason, speaks: Language) -> dict[str, Any]:
    from evenground.questions.voice.findings.count_reasons import why
    from evenground.workspace.polls.counting import money

    poll, scale = found.poll, found.poll.election.scale
    price = one.winning_price
    return {
        "funded": one.fate == "funded",
        "why": " ".join(told(why(poll.election, one, poll.titles), speaks)),
        "reason": one.fate,
        "name": poll.titles[one.project],
        "votes": one.votes,
        "score": found.scores[one.project] if found.scores else None,
        "cost": money(one.cost, scale),
        "place": one.place,
        "phase": one.phase,
        "price_per_supporter": None if one.price is None else money(one.price, scale),
        "money_left": None if one.left is None else money(one.left, scale),
        "money_missing": None if one.missing is None else money(one.missing, scale),
        "taken_by": [
            {"project": poll.election.projects[other], "money": money(paid, scale)}
            for other, paid in one.took
        ],
        "winning_cost": None if price is None else money(price, scale),
        "more_votes": one.more_votes,
        "more_votes_by": one.by,
        "counted_again": one.counted_again,
    }


def _plain(value: object, speaks: Language) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        told = {"value": value, "amount": float(Fraction(value))}
        return speaks.say(words.VARIANT_AMOUNT, told)
    return str(value)
