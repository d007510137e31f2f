"""Small logs, each with something that only it makes Voice say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import shapely

from evenground.initiative import Option, OptionKind
from evenground.tests.scenarios_of_voice import DECIDED, beside_events, bound_before
from evenground.tests.towns import TODAY, saltmarsh

ASKED = date(2026, 1, 20)
OPTION = Option(
    key="all", name="All bins", kind=OptionKind.FULL, cost={2026: 80_000.0}, proposed_by="vendor"
)


def town():
    """Return a town whose initiative costs 80,000 and is decided in June."""
    return saltmarsh(across=3, up=3).initiative_with(decision=DECIDED, options=(OPTION,))


def logged(*events, **decision):
    """Return the town with these events, each ``(day, kind, more)``."""
    rows = [{"date": day, "kind": kind, **more} for day, kind, more in events]
    made = town().having(events=rows)
    return made.initiative_with(decision=replace(DECIDED, **decision)) if decision else made


def asked(day=ASKED, **more):
    return (day, "residents asked", more)


def well_done(**more):
    """Return a log that bears everything."""
    return logged(
        (date(2025, 10, 1), "nothing committed", {}),
        (date(2025, 10, 1), "choice opened", {"choice": "whether; where", "by": "Committee"}),
        (date(2025, 10, 1), "option opened", {"option": "all", "by": "residents"}),
        asked(date(2025, 11, 1), step="walks", level="empower", could_propose=True,
              none_of_these=True, n_inputs=30, form="walk"),
        (date(2025, 12, 1), "participation closed", {"step": "walks"}),
        (date(2025, 12, 20), "response published", {"step": "walks", "n_answered": 30}),
        (date(2026, 1, 5), "change made", {"step": "walks", "n_changed": 4}),
        open=(), bound=(), body="Residents' assembly", **more,
    )  # fmt: skip


def by_age(**counts):
    """Return who took part, by age."""
    return [
        {"step": "vote", "attribute": "age", "group": group, "count": count}
        for group, count in counts.items()
    ]


def as_people():
    """Return comments that point to areas as often as people live there."""
    people = {
        row["area_id"]: row["count"] for row in town().rows["population"] if row["group"] == "total"
    }
    return [
        {"comment_id": f"{area['area_id']} {n}", "geometry": area["geometry"].centroid}
        for area in town().rows["areas"]
        for n in range(round(people[area["area_id"]] / 20))
    ]


def on_boundary(n):
    """Return comments, ``n`` of them on the line between two areas and ``n`` in none."""
    places = [shapely.Point(501_000, 5_500_300 + one) for one in range(n)]
    places += [shapely.Point(400_000, 5_500_000)] * n
    more = [{"comment_id": f"m{i}", "geometry": place} for i, place in enumerate(places)]
    return [*as_people(), *more]


def in_no_class(n):
    """Return a town where the last area has no figure, and ``n`` comments in it."""
    made = logged(asked())
    last = town().rows["areas"][-1]
    kept = [one for one in as_people() if not one["comment_id"].startswith(last["area_id"])]
    more = [
        {"comment_id": f"l{i}", "geometry": last["geometry"].centroid} for i in range(n)
    ]  # fmt: skip
    figures = [row for row in town().rows["indicators"] if row["area_id"] != last["area_id"]]
    return made.having(located_comments=[*kept, *more], indicators=figures)


COMMENTS = tuple(
    {"comment_id": f"c{n}", "geometry": shapely.Point(500_050 + 29 * (n % 90), 5_500_100 + 3 * n)}
    for n in range(300)
)
NORTH = tuple(
    {"comment_id": f"n{n}", "geometry": shapely.Point(500_050 + 9 * n, 5_502_600)}
    for n in range(300)
)
CASES = {
    "bound before": lambda: bound_before(town()).having(**beside_events()),
    "well done": well_done,
    "no log": town,
    "nobody asked": lambda: logged((ASKED, "need stated", {})),
    "nobody asked, twice": lambda: logged((ASKED, "need stated", {}), (ASKED, "context", {})),
    "too late": lambda: logged(
        (date(2026, 1, 1), "decision made", {"choice": "whether", "by": "Committee"}),
        asked(level="consult", n_inputs=3), open=(), bound=(), date=None,
    ),
    "too late by a day": lambda: logged(
        (date(2026, 1, 19), "decision made", {"choice": "whether"}), asked(), date=None,
    ),
    "on the very day": lambda: logged((ASKED, "decision made", {"choice": "where"}), asked()),
    "day before": lambda: logged(
        asked(level="consult"), (date(2026, 1, 21), "decision made", {"choice": "where"}),
        open=(), bound=(),
    ),
    "decided since": lambda: logged(
        asked(), (date(2026, 2, 10), "decision made", {"choice": "where"}), open=(), bound=(),
    ),
    "no choice has a name": lambda: logged(
        (date(2026, 1, 3), "nothing committed", {}), asked(choice=""), open=(), bound=(),
    ),
    "decided tomorrow": lambda: logged(asked(TODAY), date=TODAY + timedelta(days=1)),
    "no decision": lambda: logged(asked(), open=(), bound=(), date=None, body=""),
    "odd": lambda: logged(
        (date(2026, 1, 1), "lunch", {}), (date(2026, 1, 2), "supper", {}),
        (date(2026, 1, 3), "money committed", {"amount": -4.0}),
        (date(2026, 1, 3), "choice closed", {"choice": "colour", "option": "all"}),
        asked(n_inputs=3, n_answered=9), asked(date(2026, 1, 22)),
        (date(2026, 2, 1), "response published", {}), (date(2026, 2, 2), "change made", {}),
    ),
    "odd once": lambda: logged(
        (date(2026, 1, 1), "lunch", {}), (date(2026, 1, 2), "money committed", {}),
        (date(2026, 1, 2), "order placed", {}),
        asked(), asked(date(2026, 1, 22)), (date(2026, 2, 1), "response published", {}),
    ),
    "cost not known": lambda: logged(
        (date(2026, 1, 1), "money committed", {"amount": 5.0}), asked(), open=(), bound=("where",)
    ).initiative_with(options=()),
    "later on the table": lambda: logged(
        asked(could_propose=True, none_of_these=None), (date(2026, 2, 1), "choice opened",
        {"choice": "where"}), (date(2026, 1, 3), "money committed", {"amount": 8_000.0}),
        (date(2026, 1, 20), "money committed", {"amount": 8_000.0}),
    ),
    "money without amount": lambda: logged(
        (date(2026, 1, 1), "money committed", {"amount": 8_000.0, "source": "Budget"}),
        (date(2026, 1, 2), "money committed", {}), asked(),
    ),
    "of the very day": lambda: logged((ASKED, "money committed", {"amount": 8_000.0}), asked()),
    "answered by date": lambda: logged(
        asked(n_inputs=12), (date(2026, 2, 1), "response published", {"n_answered": 5})
    ),
    "answered, one": lambda: logged(
        asked(n_inputs=1), (date(2026, 2, 1), "response published", {}),
        (date(2026, 2, 3), "input published", {}),
    ),
    "answered, not counted": lambda: logged(asked(), (date(2026, 2, 1), "response published", {})),
    "changed, not counted": lambda: logged(asked(), (date(2026, 2, 1), "change made", {})),
    "changed, one": lambda: logged(asked(n_inputs=1), (date(2026, 2, 1), "change made", {})),
    "set aside": lambda: logged(asked(n_inputs=2, n_ignored=2)),
    "set aside, one": lambda: logged(asked(n_inputs=1, n_ignored=1)),
    "unknown, one": lambda: logged(asked(n_inputs=1)),
    "nothing is open": lambda: logged(
        (date(2026, 1, 1), "contract signed", {"choice": "whether", "amount": 80_000.0}), asked(),
        open=(), bound=(),
    ),
    "days are few": lambda: logged(asked(), date=date(2026, 3, 9)),
    "hours are few": lambda: logged(asked()).setting(asking_hours=1),
    "days and hours are few": lambda: logged(
        asked(), date=date(2026, 3, 9)
    ).setting(asking_hours=7),
    "not even telling": lambda: logged(
        asked(), date=date(2026, 3, 3), open=()
    ).setting(asking_hours=1),
    "options by others": lambda: logged(asked()).having(
        considered_options=[
            {"name": "a", "came_from": "a radio play"}, {"name": "b", "came_from": "the Ministry"},
            {"name": "c", "came_from": "crews", "screened_out_on": ASKED},
            {"name": "d", "came_from": "crews", "screened_out_on": ASKED, "why": "time"},
        ]
    ),
    "one option, of residents": lambda: logged(asked()).initiative_with(
        options=(replace(OPTION, proposed_by="residents"),)
    ),
    "own ways without names": lambda: logged(asked()).having(
        asking_ways=[{"way": "A walk", "hours": 9.0}]
    ),
    "like residents": lambda: logged(asked()).having(took_part=by_age(young=3, unknown=1)),
    "turnout": lambda: logged(asked()).having(
        took_part=[
            {"role": "participants", "group": "young", "count": 4, "eligible": 50},
            {"role": "participants", "group": "old", "count": 9, "eligible": 60},
        ]
    ),
    "by area": lambda: logged(asked()).having(
        took_part=[
            {"step": "walks", "role": "panel", "area_id": row["area_id"], "count": 2 + n % 3}
            for n, row in enumerate(town().rows["areas"])
        ]
    ),
    "of nobody known": lambda: logged(asked()).having(
        took_part=[{"step": "w", "role": "commenters", "group": "cyclists", "count": 7}]
    ),
    "small": lambda: logged(asked()).having(
        took_part=[
            *by_age(young=None, old=40, total=60), {"step": "vote", "group": "no_car", "count": 18,
            "attribute": "age"},
        ]
    ),
    "small, one": lambda: logged(asked()).having(took_part=by_age(young=None, old=40)),
    "whose idea": lambda: logged(asked()).initiative_with(
        options=(replace(OPTION, proposed_by=""),)
    ),
    "impossible, once": lambda: logged(asked(n_inputs=3, n_answered=9)),
    "no reason, twice": lambda: logged(asked()).having(
        considered_options=[{"name": name, "screened_out_on": ASKED} for name in "ab"]
    ),
    "claimed, not known": lambda: logged(
        asked(level="empower"), open=(), bound=(), body="", date=None
    ).initiative_with(options=(replace(OPTION, key="other"), OPTION)),
    "nothing named": lambda: logged((ASKED, "context", {}), open=(), bound=()),
    "one choice, some money": lambda: logged(
        (date(2026, 1, 3), "money committed", {"amount": 8_000.0}), asked(),
        open=("colour",), bound=(),
    ),
    "comments as people": lambda: logged(asked()).having(located_comments=as_people()),
    "comments": lambda: logged(asked()).having(located_comments=COMMENTS),
    "comments in the north": lambda: logged(asked()).having(located_comments=NORTH),
    "comments too few": lambda: logged(asked()).having(located_comments=COMMENTS[:2]),
    "comments on a boundary": lambda: logged(asked()).having(located_comments=on_boundary(1)),
    "comments on boundaries": lambda: logged(asked()).having(located_comments=on_boundary(2)),
    "comments in no class": lambda: in_no_class(1),
    "comments in no class, twice": lambda: in_no_class(2),
}  # fmt: skip
