"""What ``evenground draw-panel`` prints: the lottery in words, quotas, and all of it as data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evenground.cli.inputs import as_data, input_data, input_lines, method_lines, versions
from evenground.cli.paragraphs import paragraph
from evenground.cli.tables import table_lines
from evenground.cli.wording import draw_panel as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.workspace.panel_drawing import PanelFound

SOURCES = (
    "Flanigan, Gölz, Gupta, Hennig & Procaccia 2021, Nature 596, 548–552",
    "Flanigan, Kehne & Procaccia 2021, Advances in Neural Information Processing Systems 34",
    "Budish, Che, Kojima & Milgrom 2013, American Economic Review 103, 585–623",
    "McNaughton 1959, Management Science 6, 1–12",
    "Huangfu & Hall 2018, Mathematical Programming Computation 10, 119–142",
)


def panel_lines(found: PanelFound, speaks: Language, *, written: Path | None) -> Iterator[str]:
    """Yield what a person reads."""
    for sentence in sentences(found, speaks):
        yield from paragraph(sentence)
    if written is not None:
        yield from paragraph(speaks.say(words.WRITTEN, {"file": str(written)}))
    yield ""
    yield speaks.text(words.QUOTAS)
    rows = [
        [one["quota"], str(one["pool"]), str(one["min"]), str(one["max"]),
         f"{one['expected']:.2f}", _chance(one["least"]), _chance(one["largest"])]
        for one in _quotas(found)
    ]  # fmt: skip
    yield from table_lines([speaks.text(one) for one in words.HEADER], rows)
    yield ""
    yield from input_lines(found.pool.tables, speaks)
    yield from method_lines(SOURCES, speaks)


def sentences(found: PanelFound, speaks: Language) -> Iterator[str]:
    """Yield what was found in words."""
    chances, n = found.lottery.probabilities, len(found.people)
    if found.asked.panel:
        yield speaks.say(words.REPLACED, {"n": found.size})
    known = {"size": found.size, "n_people": n, "n": len(found.lottery.weights)}
    yield speaks.say(words.LOTTERY, known)
    never = int((chances <= 0).sum())
    ends = {
        "least": _chance(float(chances.min())),
        "largest": _chance(float(chances.max())),
        "equal": _chance(found.size / n),
    }
    yield speaks.say(words.CHANCES, ends)
    if never and found.fair.finished:
        yield speaks.say(words.NEVER, {"n": never})
    gap = f"{found.proof.gap:.1e}"
    if found.proof.optimal:
        within = (
            speaks.say(words.WITHIN, {"gap": gap})
            if found.proof.gap
            else speaks.text(words.ROUNDED)
        )
        yield speaks.say(words.PROVED[found.fair.objective], {"gap": within})
    else:
        if not found.fair.finished:
            yield speaks.text(words.STOPPED)
        yield speaks.say(words.UNPROVED, {"gap": gap})
    yield from _public(found, speaks)


def _public(found: PanelFound, speaks: Language) -> Iterator[str]:
    tickets, names = found.tickets, found.names
    if found.commitment:
        yield speaks.say(words.COMMITMENT, {"commitment": found.commitment})
    if tickets is None:
        return
    m = len(tickets.panels)
    known = {"n": m, "largest": f"{100 * tickets.largest:.3g}", "one": f"{100 / m:.3g}"}
    yield speaks.say(words.TICKETS, known)
    yield speaks.say(words.DIGEST, {"digest": found.digest})
    if found.drawn is None:
        return
    yield speaks.say(words.DRAWN, {"number": found.drawn})
    panel = [names[at] for at in tickets.panels[found.drawn - 1].tolist()]
    yield speaks.say(words.PANEL, {"names": panel})
    if found.stand_ins is not None:
        yield speaks.say(words.STAND_INS, {"names": _stand_ins(found)})
        lacking = int(found.stand_ins.without.sum())
        if lacking:
            yield speaks.say(words.NO_STAND_IN, {"n": lacking})


def _chance(value: float) -> str:
    return f"{100 * value:.2f} %"


def _stand_ins(found: PanelFound) -> list[str]:
    """Return the alternates: of each class those next on the list who are not on the panel."""
    if found.stand_ins is None or found.tickets is None or found.drawn is None:
        return []
    panel = set(found.tickets.panels[found.drawn - 1].tolist())
    chosen: list[int] = []
    for at in np.flatnonzero(found.stand_ins.counts).tolist():
        free = [one for one in np.flatnonzero(found.classes.class_of == at).tolist()
                if one not in panel]  # fmt: skip
        chosen += free[: int(found.stand_ins.counts[at])]
    return [found.names[one] for one in sorted(chosen)]


def _quotas(found: PanelFound) -> Iterator[dict[str, Any]]:
    codes, chances = found.pool.codes[found.people], found.lottery.probabilities
    for at, one in enumerate(found.quotas):
        of = chances[codes[:, one.feature] == one.value]
        yield {
            "quota": found.pool.quota_name(at),
            "feature": found.pool.features[one.feature],
            "value": found.pool.values[one.feature][one.value],
            "pool": int(of.size),
            "min": one.low,
            "max": one.high,
            "expected": float(of.sum()),
            "least": float(of.min(initial=1.0)) if of.size else 0.0,
            "largest": float(of.max(initial=0.0)),
        }


def panel_data(found: PanelFound, speaks: Language, *, written: Path | None) -> dict[str, Any]:
    """Return everything as data, at full precision; these keys are kept."""
    from evenground.questions.voice.measures.sortition.certificate import PROVED

    names, lottery = found.names, found.lottery
    return {
        "command": "draw-panel",
        "versions": versions(),
        "objective": found.fair.objective,
        "size": found.size,
        "n_people": len(names),
        "n_classes": found.model.n_classes,
        "probabilities": dict(zip(names, lottery.probabilities.tolist(), strict=True)),
        "lottery": [
            {"panel": [names[at] for at in panel], "weight": weight}
            for panel, weight in zip(
                lottery.panels.tolist(), lottery.weights.tolist(), strict=True
            )
        ],
        "certificate": {
            "optimal": found.proof.optimal,
            "finished": found.fair.finished,
            "gap": found.proof.gap,
            "tolerance": PROVED,
            "panels_valid": found.proof.valid,
            "levels": _levels(found),
            "n_cuts": found.proof.n_cuts,
            "cuts_hold": found.proof.cuts_hold,
            "rests_on": "cuts" if found.proof.n_cuts else "relaxation",
        },
        "quotas": list(_quotas(found)),
        "tickets": _ticket_data(found),
        "file": None if written is None else str(written),
        "sentences": list(sentences(found, speaks)),
        "inputs": input_data(found.pool.tables, speaks),
        "literature": list(SOURCES),
    }  # fmt: skip


def _levels(found: PanelFound) -> list[dict[str, Any]]:
    people = found.model.people
    return [
        {"probability": level.value, "n_people": int(people[level.classes].sum())}
        for level in found.fair.settled.levels
    ]


def _ticket_data(found: PanelFound) -> dict[str, Any] | None:
    tickets, names = found.tickets, found.names
    if tickets is None:
        return {"commitment": found.commitment} if found.commitment else None
    panels = tickets.panels.tolist()
    return {
        "n": len(panels),
        "largest_deviation": tickets.largest,
        "deviations": dict(zip(names, as_data(tickets.deviations), strict=True)),
        "digest": found.digest,
        "commitment": found.commitment,
        "drawn": found.drawn,
        "panel": None if found.drawn is None else [names[at] for at in panels[found.drawn - 1]],
        "alternates": None if found.stand_ins is None else _stand_ins(found),
        "panels": [[names[at] for at in panel] for panel in panels],
    }
