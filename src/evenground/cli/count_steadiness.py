"""How steady a count is, and what is to be looked at in its source: in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evenground.cli.count_fairness import told
from evenground.cli.paragraphs import paragraph
from evenground.cli.wording import count as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.questions.voice.measures.budgeting.endowment_interval import EndowmentInterval
    from evenground.workspace.polls.counting import CountFound
    from evenground.workspace.polls.poll import Poll

MOST_WARNINGS = 5
"""Warnings that the report tells; data tell of all."""


def steady_sentences(found: CountFound, speaks: Language) -> list[str]:
    """Return what is said of ballots left out, ties, endowments and ways of voting."""
    from evenground.questions.voice.findings.count_reasons import alone, endowments, tied

    steady, names = found.steady, found.poll.titles
    said = [tied(steady.ties, names)] if steady.ties is not None else []
    if steady.endowments is not None:
        said.append(endowments(steady.endowments, found.poll.election.scale))
    said += [alone(one, names) for one in steady.methods]
    sentences = [*_draw_sentences(found, speaks), *told(said, speaks)]
    return [*sentences, speaks.text(words.STEADY_LONG)] if steady.too_long else sentences


def _draw_sentences(found: CountFound, speaks: Language) -> list[str]:
    """Return what is said of ballots left out, with the limits of the least sure project."""
    from evenground.questions.voice.findings.count_reasons import steady

    draws, funded, names = found.steady.ballots, found.outcome.funded, found.poll.titles
    if draws is None:
        return [speaks.text(words.STEADY_DRAWS_LONG)] if found.steady.draws_too_long else []
    sentences = told([steady(draws, names, funded)], speaks)
    if funded:
        least = min(funded, key=lambda place: int(draws.wins[place]))
        known = {
            "project": names[least],
            "low": float(draws.low[least]),
            "high": float(draws.high[least]),
            "n": draws.n_left_out,
            "n_draws": draws.n_draws,
            "seed": found.steady.seed,
        }
        sentences.append(speaks.say(words.STEADY_DRAWS, known))
    return sentences


def steady_data(found: CountFound, speaks: Language) -> dict[str, Any]:
    """Return the same as data."""
    steady, names = found.steady, found.poll.election.projects
    ties = steady.ties
    return {
        "ballots_left_out": _draws(found),
        "ties": None
        if ties is None
        else {
            "n_tied": ties.n_tied,
            "tied": [names[place] for place in ties.tied],
            "n_orders": ties.n_orders,
            "gain": [names[place] for place in ties.gain],
            "lose": [names[place] for place in ties.lose],
        },
        "endowments": _endowments(steady.endowments, found.poll.election.scale),
        "ways_of_voting": [
            {
                "way": one.group,
                "n_voters": one.n_voters,
                "gain": [names[place] for place in one.gain],
                "lose": [names[place] for place in one.lose],
            }
            for one in steady.methods
        ],
        "too_long": steady.too_long,
        "sentences": steady_sentences(found, speaks),
    }


def _draws(found: CountFound) -> dict[str, Any] | None:
    draws, names = found.steady.ballots, found.poll.election.projects
    if draws is None:
        return None
    funded = set(found.outcome.funded)
    return {
        "n_left_out": draws.n_left_out,
        "n_draws": draws.n_draws,
        "n_same": draws.n_same,
        "seed": found.steady.seed,
        "level": 0.95,
        "projects": {
            name: {
                "funded": place in funded,
                "wins": int(draws.wins[place]),
                "share": float(draws.share[place]),
                "low": float(draws.low[place]),
                "high": float(draws.high[place]),
            }
            for place, name in enumerate(names)
            if draws.wins[place] or place in funded
        },
    }


def _endowments(found: EndowmentInterval | None, scale: int) -> dict[str, Any] | None:
    from evenground.workspace.polls.counting import money

    if found is None:
        return None
    return {
        "endowment": money(found.endowment, scale),
        "low": money(found.low, scale),
        "high": money(found.high, scale),
        "low_reached": found.low_reached,
        "high_reached": found.high_reached,
        "unit": money(found.unit, scale),
        "proven": found.proven,
        "low_exact": str(found.low / scale),
        "high_exact": str(found.high / scale),
        "low_same": found.low_same,
        "high_same": found.high_same,
    }


def warning_lines(poll: Poll, speaks: Language) -> Iterator[str]:
    """Yield what is to be looked at in the source."""
    from evenground.workspace.telling_problems import tell

    for one in poll.warnings[:MOST_WARNINGS]:
        row = one.place.row
        where = speaks.say(words.WARNING_LINE, {"row": row}) if row else words.WARNING_FILE
        known = {"where": where, "what": tell(one, speaks).what}
        yield from paragraph(speaks.say(words.WARNING, known), hanging=2)
    if (n := len(poll.warnings) - MOST_WARNINGS) > 0:
        yield from paragraph(speaks.say(words.WARNING_MORE, {"n": n}))
