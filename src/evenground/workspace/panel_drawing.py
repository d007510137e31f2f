"""A panel drawn by lot from a pool: the exact lottery, its proof, tickets, and who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.errors import InvalidInputError, Place, Problem, UsageError, nearest_name
from evenground.methods.validation import Flags, Whole
from evenground.questions.voice.measures.sortition.alternates import Alternates, alternates
from evenground.questions.voice.measures.sortition.certificate import Certificate, certificate
from evenground.questions.voice.measures.sortition.fair_panel import (
    OBJECTIVES,
    FairPanel,
    fair_panel,
)
from evenground.questions.voice.measures.sortition.panel_model import PanelModel
from evenground.questions.voice.measures.sortition.people_classes import (
    PeopleClasses,
    Quota,
    panel_model,
    people_classes,
)
from evenground.questions.voice.measures.sortition.people_lottery import (
    PeopleLottery,
    people_lottery,
)
from evenground.questions.voice.measures.sortition.public_draw import (
    SEED_BYTES,
    drawn_number,
    list_digest,
    seed_commitment,
)
from evenground.questions.voice.measures.sortition.quota_repair import QuotaRepair, quota_repair
from evenground.questions.voice.measures.sortition.replacements import free_places
from evenground.questions.voice.measures.sortition.uniform_lottery import (
    UniformLottery,
    uniform_lottery,
)
from evenground.workspace import panel_messages as say
from evenground.workspace.panel_reading import Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelAsked:
    """What is to be drawn.

    Attributes
    ----------
    size, objective
        People on the panel; "leximin", "maximin" or "nash".
    n_tickets
        Panels on the list for a public draw; 0 for none.
    seed, public
        The secret that was committed to, and the text of the public draw; ``None`` before it.
    panel, dropped
        Ids of a panel drawn before, and of those who dropped out; empty for a first draw.
    """

    size: int
    objective: str = "leximin"
    n_tickets: int = 0
    seed: str = ""
    public: str | None = None
    panel: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFound:
    """What was found.

    Attributes
    ----------
    pool, asked
        What was read and asked for.
    people, shape (n_drawable,)
        Positions in the pool of those who can be drawn: all of them, or those left.
    quotas, size
        Of this draw; for replacements, what those who stay leave open.
    classes, model, fair, proof, lottery
        The lottery over panels of ``people`` and its proof.
    tickets
        The list for a public draw.
    commitment, digest
        SHA-256 sums of the seed and of the list; empty where there is none.
    drawn
        Number of the ticket drawn, from 1; ``None`` before the draw.
    stand_ins
        For the ticket drawn: the shortest list of alternates.
    """

    pool: Pool
    asked: PanelAsked
    people: Whole
    quotas: tuple[Quota, ...]
    size: int
    classes: PeopleClasses
    model: PanelModel
    fair: FairPanel
    proof: Certificate
    lottery: PeopleLottery
    tickets: UniformLottery | None
    commitment: str
    digest: str
    drawn: int | None
    stand_ins: Alternates | None

    @property
    def names(self) -> list[str]:
        """Ids of those who can be drawn."""
        return [self.pool.ids[at] for at in self.people.tolist()]


def panel_drawn(pool: Pool, asked: PanelAsked) -> PanelFound:
    """Return the lottery over panels and what follows from it.

    Raises
    ------
    InvalidInputError
        If no panel meets the quotas; the smallest changes that would do are named.
    UsageError
        If the seed is too short, the objective unknown, or an option lacks another.
    """
    _refuse_unusable(asked)
    people, quotas, size = _first(pool, asked) if not asked.panel else _again(pool, asked)
    homes = None if pool.households is None else pool.households[people]
    classes = people_classes(pool.codes[people], homes)
    model = panel_model(classes, quotas, size=size)
    fair = _fair(pool, model, asked)
    if fair is None:
        repair = quota_repair(model, n_quotas=len(quotas))
        raise InvalidInputError(no_panel(pool, repair, size=size, n_people=int(people.size)))
    tickets = None
    if asked.n_tickets:
        tickets = uniform_lottery(classes, fair.lottery, n_panels=asked.n_tickets, model=model)
    drawn = _ticket(tickets, asked)
    names = [pool.ids[at] for at in people.tolist()]
    return PanelFound(
        pool=pool,
        asked=asked,
        people=people,
        quotas=quotas,
        size=size,
        classes=classes,
        model=model,
        fair=fair,
        proof=certificate(model, fair),
        lottery=people_lottery(classes, fair.lottery),
        tickets=tickets,
        commitment=seed_commitment(asked.seed) if asked.seed else "",
        digest="" if tickets is None else list_digest(tickets.panels, names),
        drawn=drawn,
        stand_ins=_stand_ins(model, classes, tickets, drawn=drawn),
    )


def _fair(pool: Pool, model: PanelModel, asked: PanelAsked) -> FairPanel | None:
    try:
        return fair_panel(model, objective=asked.objective)
    except UsageError as error:
        if error.problems[0].code != say.UNSETTLED.code:
            raise
        place = Place(file=pool.tables[1].place.file)
        raise InvalidInputError(say.UNSETTLED.at(place, size=model.size)) from error


def no_panel(pool: Pool, repair: QuotaRepair, *, size: int, n_people: int) -> Problem:
    """Return the problem that no panel meets the quotas, with the smallest changes."""
    place = Place(file=pool.tables[1].place.file)
    if repair.total is None:
        return say.TOO_FEW.at(place, size=size, n_people=n_people)
    ways = [
        [
            {"quota": pool.quota_name(one.quota), "end": one.end,
             "from": one.before, "to": one.after, "row": pool.quota_rows[one.quota]}
            for one in way
        ]
        for way in repair.ways
    ]  # fmt: skip
    told = "; ".join(
        " + ".join(f"{one['quota']} {one['end']} {one['from']} → {one['to']}" for one in way)
        for way in ways
    )
    return say.NO_PANEL.at(
        place,
        size=size,
        n_people=n_people,
        total=repair.total,
        ways=told,
        more="" if repair.complete else "; …",
        repairs=ways,
    )


def _refuse_unusable(asked: PanelAsked) -> None:
    public, n_bytes = asked.public is not None, len(asked.seed.encode("utf-8"))
    wrong: list[Problem] = []
    if asked.objective not in OBJECTIVES:
        near, known = nearest_name(asked.objective, OBJECTIVES), ", ".join(OBJECTIVES)
        wrong.append(say.NO_OBJECTIVE.at(Place(), value=asked.objective, nearest=near, known=known))
    if asked.seed and n_bytes < SEED_BYTES:
        wrong.append(say.SEED_SHORT.at(Place(), n=n_bytes, least=SEED_BYTES))
    wrong += [
        say.NEEDS_ANOTHER.at(Place(), value=option, other=other)
        for option, other, lacking in (
            ("--public", "--tickets", public and not asked.n_tickets),
            ("--public", "--seed-file", public and not asked.seed),
            ("--dropped", "--panel", bool(asked.dropped) and not asked.panel),
            ("--panel", "--dropped", bool(asked.panel) and not asked.dropped),
        )
        if lacking
    ]
    if wrong:
        raise UsageError(*wrong)


def _first(pool: Pool, asked: PanelAsked) -> tuple[Whole, tuple[Quota, ...], int]:
    return np.arange(len(pool.ids)), pool.quotas, asked.size


def _again(pool: Pool, asked: PanelAsked) -> tuple[Whole, tuple[Quota, ...], int]:
    panel = _positions(pool.ids, asked.panel, where="in the pool")
    on_panel = _positions(asked.panel, asked.dropped, where="on the panel")
    free = free_places(
        pool.codes,
        pool.quotas,
        panel=panel,
        dropped=panel[on_panel],
        households=pool.households,
    )
    return np.flatnonzero(free.pool), free.quotas, free.size


def _positions(known: Sequence[str], named: Sequence[str], *, where: str) -> Whole:
    at = {name: position for position, name in enumerate(known)}
    wrong = [
        say.NOT_ON_PANEL.at(Place(), value=name, nearest=nearest_name(name, known), where=where)
        for name in named
        if name not in at
    ]
    if wrong:
        raise InvalidInputError(*wrong)
    return np.array([at[name] for name in named], dtype=np.int64)


def _ticket(tickets: UniformLottery | None, asked: PanelAsked) -> int | None:
    if tickets is None or asked.public is None:
        return None
    return drawn_number(asked.seed, asked.public, n_panels=asked.n_tickets)


def _stand_ins(
    model: PanelModel, classes: PeopleClasses, tickets: UniformLottery | None, *, drawn: int | None
) -> Alternates | None:
    """Return who stands in for the ticket drawn; not with households, whose members may clash."""
    alone: Flags = classes.n_alike == 1
    shared = np.unique(classes.kind_of).size != classes.kind_of.size or not alone.all()
    if tickets is None or drawn is None or shared:
        return None
    panel = np.bincount(classes.class_of[tickets.panels[drawn - 1]], minlength=model.n_classes)
    return alternates(model, panel)
