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
    """Return what is said of ties, endowments and ways of voting."""
    from evenground.questions.voice.findings.count_reasons import alone, endowments, tied

    steady, names = found.steady, found.poll.titles
    said = [tied(steady.ties, names)] if steady.ties is not None else []
    if steady.endowments is not None:
        said.append(endowments(steady.endowments, found.poll.election.scale))
    said += [alone(one, names) for one in steady.methods]
    sentences = told(said, speaks)
    return [*sentences, speaks.text(words.STEADY_LONG)] if steady.too_long else sentences


def steady_data(found: CountFound, speaks: Language) -> dict[str, Any]:
    """Return the same as data."""
    steady, names = found.steady, found.poll.election.projects
    ties = steady.ties
    return {
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
