"""What ``evenground count --check-announced`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evenground.cli.paragraphs import paragraph
from evenground.cli.wording import count as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.questions.voice.measures.budgeting.announced import AnnouncedCheck, Deviation
    from evenground.workspace.polls.poll import Poll


def announced_data(poll: Poll, check: AnnouncedCheck) -> dict[str, Any]:
    """Return what recounting says of an announced result, as data."""
    from evenground.workspace.polls.counting import money

    election = poll.election
    return {
        "reproduced": check.reproduced,
        "rule": check.rule,
        "rules": list(check.rules),
        "stated_rule": poll.rule,
        "stated_reproduces": check.stated_reproduces,
        "compared_with": check.compared_with,
        "deviations": [
            {
                "project": election.projects[one.project],
                "name": poll.titles[one.project],
                "announced": one.announced,
                "counted": one.counted,
                "reason": one.reason,
                "missing": money(one.missing, election.scale),
            }
            for one in check.deviations
        ],
        "file": poll.file,
    }


def announced_lines(poll: Poll, check: AnnouncedCheck, speaks: Language) -> Iterator[str]:
    """Yield the same for people."""
    from evenground.cli.count_report import heading

    yield from paragraph(heading(poll, speaks))
    said = words.ANNOUNCED
    if check.reproduced:
        key = "reproduced_stated" if check.stated_reproduces else "reproduced"
        yield from paragraph(speaks.say(said[key], {"rule": check.rule}))
        if check.stated_reproduces is False:
            yield from paragraph(speaks.text(said["stated_not"]))
        others = [rule for rule in check.rules if rule != check.rule]
        if others:
            yield from paragraph(speaks.say(said["also"], {"rules": others}))
        return
    yield from paragraph(speaks.say(said["not"], {"rule": check.compared_with}))
    for one in check.deviations:
        yield from paragraph(f"- {_deviation(poll, one, speaks)}", inset=2, hanging=4)


def _deviation(poll: Poll, one: Deviation, speaks: Language) -> str:
    from evenground.workspace.polls.counting import money

    key = "no_room.fits" if one.reason == "no_room" and not one.missing else one.reason
    known = {
        "title": poll.titles[one.project],
        "id": poll.election.projects[one.project],
        "missing": money(one.missing, poll.election.scale),
    }
    return speaks.say(words.DEVIATION[key], known)
