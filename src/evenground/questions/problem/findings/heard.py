"""What residents and staff say themselves, beside the figures, and how many of each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from evenground.evidence import Account, Estimate, Finding, Message, Table, Verdict
from evenground.questions.problem.context import Context
from evenground.questions.problem.indicators import rows_of

MOST_PLACES = 40
STEPS = (1, 2, 6, 21, 101)
"""Where more places than that are spoken of, they are counted by so many accounts."""

MOST_SHOWN = 6
"""So many accounts stand in the text; the table counts all of them."""


def heard(context: Context) -> list[Finding]:
    """Return what people said about the problem and the places, and what complaints leave out."""
    return [*_accounts(context), *_reports(context)]


def _accounts(context: Context) -> list[Finding]:
    own = rows_of(context.tables.get("initiative_accounts"))
    told = [*rows_of(context.tables.get("accounts")), *(row for row in own if not row["about"])]
    rows = [row for row in told if row["text"]]
    if not rows:  # those about a finding stand beside it
        return [] if own else [_nobody(context)]
    names = _area_names(context)
    places = Counter(_place(row, names) for row in rows)
    n_places = len([one for one in places if one])
    where = Message(
        code="heard.places" if n_places else "heard.no_places", parameters={"n": n_places}
    )
    known = context.known(n=len(rows), places=where, n_places=n_places)
    shown = _shown(rows, names)
    located = [(place, n) for place, n in sorted(places.items()) if place]
    if places[""]:
        located.append((Message(code="no_place"), places[""]))  # pyright: ignore[reportArgumentType]
    return [
        Finding(
            code="heard",
            verdict=Verdict.DESCRIBED,
            parameters=known,
            estimates=(Estimate.exact("n_accounts", len(rows), unit="accounts"),),
            tables=(
                _by_place(located)
                if len(located) <= MOST_PLACES
                else _by_number([n for place, n in places.items() if place]),
            ),
            caveats=(Message(code="caveat.who_spoke"),),
            accounts=tuple(_account(row, names) for row in shown),
            sources=context.sources("accounts", "initiative_accounts"),
            claims=("M19", "M32"),
        )
    ]


def _by_place(located: Sequence[tuple[str, int]]) -> Table:
    return Table(
        key="accounts_by_place",
        columns=("place", "n_accounts"),
        rows=tuple(located),
        title=Message(code="table.accounts_by_place"),
    )


def _by_number(counts: Sequence[int]) -> Table:
    """Say of how many places so many accounts speak, where a list of places would be too long."""
    rows: list[tuple[str, int]] = []
    for low, high in pairwise((*STEPS, max(counts) + 1)):
        n = sum(low <= count < high for count in counts)
        if n:
            rows.append((str(low) if high - low == 1 else f"{low}–{high - 1}", n))
    return Table(
        key="places_by_accounts",
        columns=("n_accounts", "n_places"),
        rows=tuple(rows),
        title=Message(code="table.places_by_accounts"),
    )


def _nobody(context: Context) -> Finding:
    return Finding(
        code="heard.nobody",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(),
        claims=("M19",),
    )


def _area_names(context: Context) -> Mapping[str, str]:
    areas = context.case.places.get("areas")
    if areas is None or "name" not in areas:
        return {}
    return {
        str(code): str(name)
        for code, name in zip(areas["area_id"], areas["name"], strict=True)
        if isinstance(name, str) and name
    }


def _place(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the place that somebody speaks of: in their words, else the name of its area."""
    code = row.get("area_id") or ""
    return row["place"] or names.get(code, code)


def _shown(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """Return one account for each place in turn, in the order of the table."""
    first: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        first.setdefault(_place(row, names), row)
    chosen = list(first.values())[:MOST_SHOWN]
    rest = [row for row in rows if row not in chosen]
    return [*chosen, *rest[: MOST_SHOWN - len(chosen)]]


def _account(row: Mapping[str, Any], names: Mapping[str, str]) -> Account:
    return Account(
        words=row["text"],
        role=row["role"] or "",
        how_gathered=row["source"] or "",
        consent=row["consent"] or "",
        when=row["date"],
        place=_place(row, names),
    )


def _reports(context: Context) -> list[Finding]:
    """Warn where a need is known from complaints: who does not complain is not seen."""
    reported = [one for one in context.indicators if one.measured_by == "reports"]
    if not reported:
        return []
    others = [one.name for one in context.indicators if one.measured_by not in ("", "reports")]
    code = "reports.beside" if others else "reports.alone"
    return [
        Finding(
            code=code,
            verdict=Verdict.CANNOT_TELL,
            parameters=context.known(names=[one.name for one in reported], others=others),
            sources=context.sources("indicators", "needs"),
            claims=("M18", "M19"),
        )
    ]
