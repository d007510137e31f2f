"""What a finding rests on beside its numbers: older boundaries, gaps, where chance may draw."""

from __future__ import annotations

from evenground.evidence import Message
from evenground.frame.areas import Grouping
from evenground.questions.reach.context import Context


def carried_over(context: Context, grouping: Grouping | None = None) -> tuple[Message, ...]:
    """Say which figures belong to older boundaries, and how they came to those in force.

    Counts of people are behind every finding. Indicators are behind classes of areas, and behind
    all comparisons where the city measures evenness against one.
    """
    by_indicator = grouping is not None and (
        grouping.indicator is not None
        or any(one.choice.indicator for one in context.frame.baselines)
    )
    tables = ("population", "indicators") if by_indicator else ("population",)
    return tuple(
        Message(code=f"caveat.carried.{table}.{note}")
        for table in tables
        for note in context.case.notes.get(table, ())
    )


def partly_counted(context: Context, grouping: Grouping) -> tuple[Message, ...]:
    """Say how many areas are in no group because one of the groups is not counted there."""
    if not grouping.n_partly:
        return ()
    known = context.known(n=grouping.n_partly)
    return (Message(code="caveat.partly_counted", parameters=known),)


def drawn_from(context: Context) -> tuple[Message, ...]:
    """Say that chance draws from listed places only, where the initiative lists them."""
    lead = context.frame.lead
    listed = context.listed(context.lead, lead) if lead else None
    if listed is None:
        return ()
    known = context.known(listed=round(float(listed.sum())))
    return (Message(code="caveat.candidates", parameters=known),)
