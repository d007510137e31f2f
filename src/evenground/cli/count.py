"""``evenground count``: who wins a participatory budget, why, and is it fair?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal as Exact
from decimal import InvalidOperation
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from evenground.cli.options import AsJson, Seed
from evenground.cli.printing import say_either
from evenground.language import N_, Language, language

if TYPE_CHECKING:
    from evenground.errors import Problem
    from evenground.workspace.polls.counting import CountAsked, CountFound
    from evenground.workspace.polls.poll import Poll

_Option = typer.Option
Ballots: TypeAlias = Annotated[
    Path, typer.Argument(help="Ballots: a Pabulib file (.pb), or with --platform an export.")
]
Platform: TypeAlias = Annotated[
    str, _Option(help="decidim or consul, if FILE is an export of the ballots.")
]
Projects: TypeAlias = Annotated[
    Path | None, _Option(help="Of an export: the projects, as CSV, XLSX or JSON.")
]
Budget: TypeAlias = Annotated[str, _Option(help="Of an export: the money to be given.")]
Part: TypeAlias = Annotated[str, _Option(help="Of an export: Decidim's budget id, or a heading.")]
Currency: TypeAlias = Annotated[str, _Option(help="Of an export: three letters, such as EUR.")]
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
        "would have made it win; “all” or “none”. Else as many as is quick."
    ),
]
NumberOfDraws: TypeAlias = Annotated[
    int | None,
    _Option(
        min=0,
        help="Draws in which 1 % of ballots are left out at random, 0 for none; else 40 if quick.",
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
    draws: NumberOfDraws = None,
    seed: Seed = None,
    check_announced: CheckAnnounced = False,
    platform: Platform = "",
    projects: Projects = None,
    budget: Budget = "",
    part: Part = "",
    currency: Currency = "",
    write: Write = None,
    as_json: AsJson = False,
) -> None:
    """Count the ballots of a participatory budget: who is funded, why, and is it fair?

    Without --rule it is counted as the file says the city did, with its threshold and caps.
    """
    from evenground.cli.count_report import count_data, count_lines
    from evenground.workspace.polls.counting import CountAsked
    from evenground.workspace.polls.written import refuse_existing, write_count

    refuse_existing(write)
    export = {"platform": platform, "budget": budget, "part": part, "currency": currency}
    poll = _opened(file, projects, export)
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
        return _print_announced(poll, tie_order, speaks, as_json=as_json)
    found = _counted(poll, asked, speaks, why=why or (), draws=(draws, seed))
    unused = _unused(found, asked)
    data = {**count_data(found, speaks), "unused_options": [one.value for one in unused]}
    if write is not None:
        write_count(write, data)
    lines = chain(_told(unused, speaks), count_lines(found, data, speaks, written=write))
    return say_either(lines, data, as_json=as_json)


def _opened(file: Path, projects: Path | None, export: Mapping[str, str]) -> Poll:
    """Open a file of ballots, or the export of a platform with its terms."""
    from evenground.connectors.platforms.terms import VoteTerms
    from evenground.errors import Problem, UsageError
    from evenground.workspace.polls.opening import open_export_poll, open_poll

    platform, *terms = export.values()
    if not platform and projects is None and not any(terms):
        return open_poll(file, checked=True)
    if not platform or projects is None or not export["budget"]:
        raise UsageError(
            Problem(
                code="export_terms",
                what=N_("--platform, --projects and --budget are to be given together."),
                rule=N_("An export of ballots says neither what projects cost nor the budget."),
                way_out=N_("Give all three, or leave them out if the file of ballots is a .pb."),
            )
        )
    known = VoteTerms(budget=export["budget"], part=export["part"], currency=export["currency"])
    return open_export_poll(platform, projects, file, terms=known)


def _print_announced(poll: Poll, tie_order: str, speaks: Language, *, as_json: bool) -> None:
    from evenground.cli.count_announced import announced_data, announced_lines
    from evenground.workspace.polls.recounting import checked_announced

    check = checked_announced(poll, tie_order)
    say_either(announced_lines(poll, check, speaks), announced_data(poll, check), as_json=as_json)


def _counted(
    poll: Poll,
    asked: CountAsked,
    speaks: Language,
    *,
    why: Iterable[str],
    draws: tuple[int | None, int | None],
) -> CountFound:
    from evenground.cli.printing import progress
    from evenground.cli.wording.count import COUNTED_AGAIN
    from evenground.workspace.polls.counting import counted_poll
    from evenground.workspace.polls.steadiness import SEED, Draws

    _refuse_unknown(poll, asked, why)
    n_draws, seed = draws
    with progress() as show:
        return counted_poll(
            poll,
            asked,
            why=tuple(why),
            draws=Draws(n_draws=n_draws, seed=SEED if seed is None else seed),
            tell=lambda n: show(None, speaks.say(COUNTED_AGAIN, {"n": n})),
        )


def _unused(found: CountFound, asked: CountAsked) -> tuple[Problem, ...]:
    from evenground.workspace.polls.rule_options import unused_options

    return tuple(unused_options(found.how, asked))


def _refuse_unknown(poll: Poll, asked: CountAsked, why: Iterable[str]) -> None:
    from evenground.workspace.polls.named_projects import refuse_unknown

    parts = (one.strip() for ids in asked.exclusive for one in ids.split(","))
    named = {
        "--leave-out": asked.leave_out,
        "--exclusive": [one for one in parts if one],
        "--why": [one for one in why if one not in {"all", "none"}],
    }
    refuse_unknown(poll, named)


def _told(problems: Iterable[Problem], speaks: Language) -> Iterator[str]:
    from evenground.cli.paragraphs import paragraph
    from evenground.workspace.telling_problems import tell

    for one in problems:
        said = tell(one, speaks)
        yield from paragraph(f"{said.what} {said.rule} {said.way_out}")


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
