"""``evenground count``: who wins a participatory budget, why, and is it fair?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal as Exact
from decimal import InvalidOperation
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from evenground.cli.options import AsJson
from evenground.cli.printing import say, say_json
from evenground.language import N_, language

_Option = typer.Option
Ballots: TypeAlias = Annotated[Path, typer.Argument(help="Ballots: a Pabulib file (.pb).")]
Rule: TypeAlias = Annotated[
    str,
    _Option(
        help="greedy, greedy-no-skip, greedy-threshold, greedy-exclusive, greedy-reserve, "
        "greedy-per-cost, knapsack, phragmen, maximin-support, mes or bos; else as the file states."
    ),
]
Satisfaction: TypeAlias = Annotated[
    str, _Option(help="What a project is worth to a supporter: cost, cardinality, points, borda.")
]
Completion: TypeAlias = Annotated[
    str, _Option(help="Of mes: none, utilitarian, add1, add1e, add1u or add1eu.")
]
Start: TypeAlias = Annotated[
    str, _Option(help="Of mes: share (budget by voters, exactly) or whole (rounded down).")
]
Increment: TypeAlias = Annotated[str, _Option(help="Of add1: money more for each voter, else 1.")]
TooDear: TypeAlias = Annotated[
    str, _Option(help="Of phragmen at a project that does not fit: stop (else) or skip.")
]
Reserve: TypeAlias = Annotated[
    str, _Option(help="Of greedy-reserve: share of a cost that has to be left, else 0.8.")
]
ScoredBy: TypeAlias = Annotated[
    str, _Option(help="What is added up: votes, points, ranks or borda; else as cities do.")
]
Threshold: TypeAlias = Annotated[
    int | None, _Option(min=0, help="Fewest votes or points with which a project takes part.")
]
Caps: TypeAlias = Annotated[bool, _Option("--caps", help="Keep the file's caps on categories.")]
LeaveOut: TypeAlias = Annotated[
    list[str] | None, _Option(help="Id of a project that takes no part; once for each.")
]
Exclusive: TypeAlias = Annotated[
    list[str] | None, _Option(help="Ids of which one at most is funded: “12,15”; once for each.")
]
TieOrder: TypeAlias = Annotated[
    str, _Option(help="Who wins a tie: listed, name, votes, cheapest or dearest.")
]
Why: TypeAlias = Annotated[
    list[str] | None,
    _Option(
        help="Id of a project for which it is counted again to find the price and the votes that "
        "would have made it win; “all” or “none”. Else all, where a count is quick."
    ),
]
CheckAnnounced: TypeAlias = Annotated[
    bool, _Option("--check-announced", help="Recount the announced result under every rule.")
]
Write: TypeAlias = Annotated[
    Path | None, _Option(help="New file for the projects with their reasons: .csv or .json.")
]


def count(  # noqa: PLR0913 - a command's options, each with a name
    file: Ballots,
    *,
    rule: Rule = "",
    satisfaction: Satisfaction = "",
    completion: Completion = "",
    start: Start = "",
    increment: Increment = "",
    too_dear: TooDear = "",
    reserve: Reserve = "",
    scored_by: ScoredBy = "",
    threshold: Threshold = None,
    caps: Caps = False,
    leave_out: LeaveOut = None,
    exclusive: Exclusive = None,
    tie_order: TieOrder = "listed",
    why: Why = None,
    check_announced: CheckAnnounced = False,
    write: Write = None,
    as_json: AsJson = False,
) -> None:
    """Count the ballots of a participatory budget: who is funded, why, and is it fair?

    Without --rule it is counted as the file says the city did, with its threshold and caps.
    """
    from evenground.cli.count_announced import announced_data, announced_lines
    from evenground.cli.count_report import count_data, count_lines
    from evenground.workspace.polls.counting import CountAsked, counted_poll, counting_again
    from evenground.workspace.polls.opening import open_poll
    from evenground.workspace.polls.recounting import checked_announced
    from evenground.workspace.polls.written import refuse_existing, write_count

    refuse_existing(write)
    poll = open_poll(file)
    speaks = language("en", currency=poll.meta.get("currency", ""))
    asked = CountAsked(
        rule=rule,
        satisfaction=satisfaction,
        completion=completion,
        start=start,
        increment=_exact("--increment", increment),
        too_dear=too_dear,
        reserve=_exact("--reserve", reserve),
        scored_by=scored_by,
        threshold=threshold,
        caps=caps,
        leave_out=tuple(leave_out or ()),
        exclusive=tuple(exclusive or ()),
        tie_order=tie_order,
    )
    if check_announced:
        check = checked_announced(poll, tie_order)
        _print(announced_lines(poll, check, speaks), announced_data(poll, check), as_json=as_json)
        return
    found = counted_poll(poll, asked, why=counting_again(poll, asked, why))
    data = count_data(found, speaks)
    if write is not None:
        write_count(write, data)
    _print(count_lines(found, data, speaks, written=write), data, as_json=as_json)


def _exact(option: str, text: str) -> Exact | None:
    from evenground.errors import Problem, UsageError

    if not text:
        return None
    try:
        return Exact(text)
    except InvalidOperation:
        raise UsageError(
            Problem(
                code="no_number",
                value=text,
                what=N_("{option} is {value}."),
                rule=N_("It is a number with a point before decimals."),
                way_out=N_("Write it as 0.8 or 1, or leave it out."),
                parameters={"option": option},
            )
        ) from None


def _print(lines: Iterable[str], data: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        say_json(data)
        return
    for line in lines:
        say(line)
