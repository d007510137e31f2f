"""Whatever Voice finds of votes, maps and panels can be said, and no word is kept that is not."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from pkgutil import iter_modules
from typing import Any

import numpy as np
import pytest

from evenground.dossier import ToldFinding
from evenground.evidence import Message
from evenground.questions.voice import QUESTION, wording
from evenground.questions.voice.findings.count_reasons import (
    alone,
    beside_numbers,
    endowments,
    entitled,
    steady,
    tied,
    why,
)
from evenground.questions.voice.measures.budgeting.ejr_plus import EjrPlus, EntitledGroup
from evenground.questions.voice.measures.budgeting.endowment_interval import EndowmentInterval
from evenground.questions.voice.measures.budgeting.equal_shares import COMPLETIONS, SATISFACTIONS
from evenground.questions.voice.measures.budgeting.named_rules import RULES
from evenground.questions.voice.measures.budgeting.reasons import ProjectReason
from evenground.questions.voice.measures.budgeting.steadiness import (
    GroupCount,
    Steadiness,
    TieEffect,
)
from evenground.questions.voice.measures.opinions.grouping_rule import REASONS
from evenground.questions.voice.tests.budgeting.small_elections import election_of
from evenground.questions.voice.wording.counting import COUNTING
from evenground.questions.voice.wording.opinions import OPINIONS
from evenground.questions.voice.wording.panel import PANEL
from evenground.tests.listening import BEGINS, ENDS, UNSAID, Listening, unsaid
from evenground.tests.scenarios_of_votes import (
    OF_VOTES,
    a_conversation,
    a_panel,
    a_vote,
    agreed_by_all,
    voted,
)
from evenground.tests.towns import Row, Town

RANKING = re.compile(
    r"\b(best|worst|rank(s|ed|ing|ings)?|score[ds]?|scoring|league|top|bottom|grade[ds]?|winner|"
    r"loser|deserv\w*|undeserv\w*|fail(s|ed|ing|ure|ures)?|pass(es|ed)?|index of|overall)\b",
    re.IGNORECASE,
)


def with_ballots(change: Callable[[int, Row], Mapping[str, Any]], **of_vote: Any) -> Town:
    """Return the town whose ballots are changed one by one."""
    rows = a_vote(**of_vote)
    ballots = tuple({**row, **change(n, row)} for n, row in enumerate(rows["ballots"]))
    return voted(**{**rows, "ballots": ballots})


def of_the_whole_city() -> Town:
    """Return a vote with a project of no district, and voters of whom something is not known."""
    rows = a_vote()
    projects = tuple(
        {**row, "district": None if n == 2 else row["district"]}
        for n, row in enumerate(rows["ballot_projects"])
    )
    ballots = tuple(
        {**row, "sex": None if n < 20 else "x" if n < 22 else row["sex"]}
        for n, row in enumerate(rows["ballots"])
    )
    return voted(**{**rows, "ballot_projects": projects, "ballots": ballots})


def giving_points(vote_type: str, **how: Any) -> Town:
    """Return a vote whose ballots give points, or an order."""
    return with_ballots(
        lambda n, _: {"points": "2, 3" if n < 30 else "4"} if vote_type == "cumulative" else {},
        announced=None, vote_type=vote_type, **how,
    )  # fmt: skip


def few_votes(*, n: int, each: int) -> Town:
    """Return votes of some people who each vote on so many statements."""
    rows = a_conversation(n=n, share=1.0)
    kept = [
        row
        for row in rows["opinion_votes"]
        if (int(row["statement"]) - int(row["participant"][1:])) % 8 < each
    ]
    return voted(**{**rows, "opinion_votes": kept})


def of_many_lost() -> Town:
    """Return a vote with more lost projects than are counted again."""
    rows = a_vote(None, rule="mes", completion="none")
    vote = rows["ballot_projects"][0]["vote"]
    lost = tuple(
        {"vote": vote, "project_id": f"tower {n}", "name": f"Tower {n}", "cost": 10_000 + n}
        for n in range(6)
    )
    return voted(**{**rows, "ballot_projects": (*rows["ballot_projects"], *lost)})


def of_one_quota() -> dict[str, tuple[Row, ...]]:
    """Return a panel with one quota, which is kept."""
    rows = a_panel()
    return {
        "panel_quotas": ({"feature": "age", "value": "under 40", "min": 8, "max": 8},),
        "panel_pool": tuple(
            {"person": f"p{n}", "feature": "age", "value": "under 40"} for n in range(8)
        ),
        "panel_members": rows["panel_members"][:8],
    }


def drawn_otherwise(*, more: int) -> Town:
    """Return a panel whose first quotas ask for more than were drawn."""
    rows = a_panel()
    quotas = tuple(
        {**row, "max": row["max"] + 1, "min": row["min"] + (n < more)}
        for n, row in enumerate(rows["panel_quotas"])
    )
    return voted(**{**rows, "panel_quotas": quotas})


CASES: Mapping[str, Callable[[], Town]] = {
    **OF_VOTES,
    **{f"by {rule}": lambda rule=rule: voted(**a_vote(rule=rule)) for rule in RULES},
    **{
        f"shares, {one}": lambda one=one: voted(**a_vote(None, rule="mes", completion=one))
        for one in COMPLETIONS
    },
    **{
        f"worth, {one}": lambda one=one: giving_points(
            "ordinal" if one == "borda" else "cumulative", rule="mes", satisfaction=one
        )
        for one in SATISFACTIONS
    },
    "one funded": lambda: voted(**a_vote(None, budget=45.0)),
    "one funded, as announced": lambda: voted(**a_vote("lamp", budget=45.0)),
    "one funded, by another rule": lambda: voted(
        **a_vote("lids lamp", budget=90.0, rule="greedy-no-skip")
    ),
    "one funded, not as announced": lambda: voted(**a_vote("bench lids", budget=45.0)),
    "two funded, by another rule": lambda: voted(**a_vote("lids lamp")),
    "two funded, not as announced": lambda: voted(**a_vote("bench lamp")),
    "cannot be counted": lambda: with_ballots(lambda n, _: {"choices": "a tram"} if not n else {}),
    "of the whole city": of_the_whole_city,
    "many lost": of_many_lost,
    "a crowd agrees": lambda: voted(**agreed_by_all(1)),
    "a crowd agrees twice": lambda: voted(**agreed_by_all(2)),
    "one person": lambda: few_votes(n=1, each=8),
    "three people": lambda: few_votes(n=3, each=8),
    "nobody on the map": lambda: few_votes(n=16, each=1),
    "one quota": lambda: voted(**of_one_quota()),
    "one quota broken": lambda: drawn_otherwise(more=1),
    "two quotas broken": lambda: drawn_otherwise(more=2),
    "unlike chances": lambda: voted(**a_panel(unlike=0.1)),
    "too small a panel": lambda: voted(**a_panel(size=2)),
}
each = pytest.mark.parametrize("name", [*CASES])
NAMES = ("Lids", "A bench", "A lamp")


def reason(fate: str, **more: Any) -> ProjectReason:
    """Return what is known of a project."""
    return ProjectReason(**{"project": 0, "fate": fate, "votes": 3, "cost": 50, **more})


def steadiness(n: int, *, n_same: int) -> Steadiness:
    """Return how steady three projects are with ``n`` ballots left out."""
    part = np.array([0.6, 1.0, 0.4])
    return Steadiness(
        wins=np.array([3, 5, 2]), share=part, low=part, high=part,
        n_same=n_same, n_draws=5, n_left_out=n,
    )  # fmt: skip


def owed(n: int, *, most: int, by: Any = "cost") -> EjrPlus:
    """Return ``n`` groups of as many voters that were entitled to a project."""
    one = EntitledGroup(
        project=0, ballots=np.arange(n), n_voters=n, share=Fraction(9), most=most, due=Fraction(8)
    )
    return EjrPlus(satisfaction=by, defined=True, groups=(one,) * n, n_checked=3)


ELECTION = election_of([50, 50, 40], 100, [[0, 1]] * 3 + [[2]] * 2)


def of_counts() -> Iterator[Message]:
    """Yield what a count alone says, whichever command or dossier asks for it."""
    for n in (1, 3):
        yield from of_projects(n)
        yield from of_fairness(n)
    yield tied(TieEffect(n_tied=0, tied=(), n_orders=0, gain=(), lose=()), NAMES)
    for one in (reason("left_out"), reason("no_votes")):
        yield from why(ELECTION, one, NAMES)
    for fate, left in (("too_dear", 0.0), ("too_dear", 1.0), ("stopped", 1.0)):
        yield from why(ELECTION, reason(fate, left=left, counted_again=True), NAMES)
    yield Message(code="fair.excluded", parameters={"n": 1, "all": 9})
    for low, high, proven in product((True, False), repeat=3):
        yield endowments(
            EndowmentInterval(
                endowment=Fraction(5), low=Fraction(4), high=Fraction(6), low_reached=low,
                high_reached=high, unit=Fraction(1), proven=proven,
            ),
            1,
        )  # fmt: skip


def of_projects(n: int) -> Iterator[Message]:
    """Yield why projects are funded or not that ``n`` voters name."""
    for fate in ("too_dear", "stopped", "kept_out", "outranked", "money_gone"):
        yield from why(ELECTION, reason(fate, votes=n, left=10.0), NAMES)
    yield from why(ELECTION, reason("money_gone", votes=n, left=60.0), NAMES)
    for phase, price in (("rule", None), ("rule", Fraction(7)), ("leftover", None)):
        one = reason("funded", votes=n, place=2, phase=phase, price=price)
        yield from (*why(ELECTION, one, NAMES), *beside_numbers(why(ELECTION, one, NAMES)))
    for by, again in product(("new", "those_with_most_money"), (True, False)):
        one = reason(
            "too_dear", left=1.0, winning_price=9, more_votes=n, by=by, counted_again=again,
            took=((1, 4.0),),
        )  # fmt: skip
        yield from why(ELECTION, one, NAMES)


def of_fairness(n: int) -> Iterator[Message]:
    """Yield who was owed what, in groups of ``n``, and how steady a count is."""
    for most, by in product((0, 1, 7), ("cost", "cardinality")):
        yield from entitled(ELECTION, owed(n, most=most, by=by), NAMES)
    for n_same, funded in product((3, 5), ([0, 1], [])):
        yield steady(steadiness(n, n_same=n_same), NAMES, funded)
    for gain, lose in (((), ()), ((1,), ()), ((), (2,))):
        yield tied(TieEffect(n_tied=n, tied=(0, 1), n_orders=3, gain=gain, lose=lose), NAMES)
        yield alone(GroupCount(group="paper", n_voters=40, gain=gain, lose=lose), NAMES)


OF_MAPS = (*(Message(code=f"reason.{one}") for one in REASONS), Message(code="caveat.opinions.cut"))
"""Why groups are refused, and that they cut through a crowd: which votes do so, ``tests/opinions``
tells."""


@cache
def said_of(name: str) -> tuple[tuple[ToldFinding, ...], frozenset[tuple[str, str]]]:
    """Return all findings in words, and what was said."""
    answer, teller = CASES[name]().answered(QUESTION), Listening(QUESTION.wording)
    told = tuple(teller.finding(one) for one in (answer.headline, *answer.findings))
    return told, frozenset(teller.heard)


def texts(one: ToldFinding) -> Iterator[str]:
    """Yield what is said in words."""
    yield from (one.sentence, one.verdict, *one.caveats, *one.labels.values())
    for table in (*one.tables, *(figure.table for figure in one.figures)):
        yield from (table.title, *table.columns)
        yield from (cell for row in table.rows for cell in row if isinstance(cell, str) and cell)


@each
def test_all_of_it_reads_as_sentences(name):
    for one in said_of(name)[0]:
        for sentence in (one.sentence, *one.caveats, *(ask.what for ask in one.asks)):
            assert BEGINS.match(sentence), sentence
            assert ENDS.search(sentence), sentence
        for text in texts(one):
            assert text.strip(), one.finding.code
            assert not UNSAID.search(text), text
            assert not RANKING.search(text), text
            assert "  " not in text, text
            assert not re.search(r" [,.;:!?](\s|$)|\.\.|,\.", text), text


@each
def test_every_number_is_traced(name):
    for told in said_of(name)[0]:
        one = told.finding
        assert one.claims, one.code
        assert one.method is not None or not one.estimates, one.code


def test_what_a_count_says_alone_reads_as_a_sentence():
    teller = Listening(QUESTION.wording)
    for message in (*of_counts(), *OF_MAPS):
        sentence = teller.message(message)
        assert BEGINS.match(sentence), sentence
        assert ENDS.search(sentence), sentence
        assert not UNSAID.search(sentence), sentence
        assert not RANKING.search(sentence), sentence


def test_every_wording_of_votes_maps_and_panels_is_said():
    """A wording that no case says is dead, or its case is not tested."""
    teller = Listening(QUESTION.wording)
    for message in (*of_counts(), *OF_MAPS):
        teller.message(message)
    heard = teller.heard.union(*(said_of(name)[1] for name in CASES))
    own = {**COUNTING, **OPINIONS, **PANEL}
    # Words inside of the map's pictures are held by what draws them.
    own = {code: forms for code, forms in own.items() if not code.startswith("map.")}
    assert unsaid(own, heard) == []


def test_each_code_has_words_once():
    """Words of one topic would be overwritten by those of another."""
    parts = {
        id(part): part
        for found in iter_modules(wording.__path__, f"{wording.__name__}.")
        for name, part in vars(importlib.import_module(found.name)).items()
        if name.isupper() and isinstance(part, Mapping)
    }
    times = Counter(code for part in parts.values() for code in part)
    assert [code for code, n in times.items() if n > 1] == []
    assert set(times) == set(QUESTION.wording)
