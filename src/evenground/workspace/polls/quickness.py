"""What is counted again without being asked: as much as takes a few seconds."""

from __future__ import annotations

from collections.abc import Sequence

from evenground.questions.voice.measures.budgeting.named_rules import Counting
from evenground.questions.voice.measures.budgeting.outcome import Outcome
from evenground.workspace.polls.poll import Poll

_QUICK = {
    "greedy": 20_000_000, "mes": 1_000_000, "mes+": 20_000, "bos": 5_000, "phragmen": 50_000,
    "knapsack": 5_000, "maximin-support": 5_000,
}  # fmt: skip
"""Entries on ballots times projects up to which it is counted again for every project."""
_SOME = 50
"""Up to so many times as much, it is counted again for some projects."""
_MOST = 100_000_000
"""Entries times projects above which dozens of counts take long by any rule."""
_LARGE = 1_000_000
"""With more entries on ballots a single count takes seconds, and nothing is counted again."""
N_SOME = 6
N_SOME_SEARCHED = 3
"""Where a count is itself a search for an endowment."""


def is_quick(poll: Poll, how: Counting, *, times: int = 1) -> bool:
    """Return whether dozens of counts take a few seconds; ``times`` as much work is allowed."""
    if poll.election.indices.size > _LARGE:
        return False
    rule = "mes+" if _is_search(how) else how.rule
    work = poll.election.indices.size * poll.election.n_projects
    return work <= min(times * _QUICK.get(rule, _QUICK["greedy"]), _MOST)


def counted_again(
    poll: Poll, how: Counting, outcome: Outcome, why: Sequence[str]
) -> tuple[int, ...]:
    """Return the places of projects for which it is counted again.

    Parameters
    ----------
    poll, how, outcome
        The count.
    why
        Ids, "all" or "none"; where nothing is asked, all projects if that is quick, and else the
        few with most votes that were not funded, or none.

    Raises
    ------
    UsageError
        If an id is none of a project.
    """
    election = poll.election
    everyone = tuple(range(election.n_projects))
    if why:
        return everyone if "all" in why else election.places(one for one in why if one != "none")
    if is_quick(poll, how):
        return everyone
    if not is_quick(poll, how, times=_SOME):
        return ()
    votes, funded = election.votes.tolist(), set(outcome.funded)
    lost = [place for place in everyone if place not in funded]
    most = N_SOME_SEARCHED if _is_search(how) else N_SOME
    return tuple(sorted(lost, key=lambda place: (-votes[place], place))[:most])


def _is_search(how: Counting) -> bool:
    return how.rule == "mes" and how.completion.startswith("add1")
