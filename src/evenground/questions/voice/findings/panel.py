"""A panel drawn by lot: whether it kept its quotas, and whether the lot was as fair as it could."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Verdict
from evenground.language import N_
from evenground.methods.validation import Flags, Vector, Whole
from evenground.questions.voice.context import Context
from evenground.questions.voice.logged import Row
from evenground.questions.voice.measures.sortition.leximin import leximin
from evenground.questions.voice.measures.sortition.people_classes import (
    Quota,
    panel_model,
    people_classes,
)

DRAWN = Method(
    name=N_("Fairest chances within quotas (leximin)"),
    formula=N_("the least chance as large as quotas allow, then the next"),
    literature=("Flanigan, Gölz, Gupta, Hennig & Procaccia 2021, Nature 596, 548–552",),
)
WITHIN, OUTSIDE = Verdict("panel.within"), Verdict("panel.outside")
ALIKE, UNLIKE = Verdict("panel.alike"), Verdict("panel.unlike")
_EQUAL = 1e-3
"""Difference of published chances that rounding may make."""
_TABLES = ("panel_pool", "panel_quotas", "panel_members")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    codes: Whole
    quotas: tuple[Quota, ...]
    on_panel: Flags
    told: Vector


def panel(context: Context) -> list[Finding]:
    """Return what the lot was like; nothing where no panel was drawn."""
    rows = [context.rows.get(name, ()) for name in _TABLES]
    if not all(rows):
        return []
    drawn = _drawn(*rows)
    threshold = max(context.case.settings.whole("disclosure_threshold"), 2)
    if drawn is None or int(drawn.on_panel.sum()) < threshold:
        return [_cannot_tell(context)]
    return [_kept(context, drawn), *_chances(context, drawn)]


def _drawn(pool: Sequence[Row], quotas: Sequence[Row], members: Sequence[Row]) -> _Drawn | None:
    """Return the tables as arrays; ``None`` if somebody's feature, or somebody, is not known."""
    features = list(dict.fromkeys(row["feature"] for row in quotas))
    values = {name: [row["value"] for row in quotas if row["feature"] == name] for name in features}
    people = {who: at for at, who in enumerate(dict.fromkeys(row["person"] for row in pool))}
    codes = np.full((len(people), len(features)), -1, dtype=np.int64)
    for row in pool:
        known = values.get(row["feature"], [])
        if row["value"] in known:
            at = people[row["person"]], features.index(row["feature"])
            codes[at] = known.index(row["value"])
    if (codes < 0).any() or any(row["person"] not in people for row in members):
        return None
    if any(not 0 <= row["min"] <= row["max"] for row in quotas):
        return None
    on_panel = np.zeros(len(people), dtype=np.bool_)
    told = np.full(len(people), np.nan)
    for row in members:
        at = people[row["person"]]
        on_panel[at] = bool(row["drawn"])
        chance = row.get("probability")
        told[at] = np.nan if chance is None else chance
    limits = tuple(
        Quota(
            feature=features.index(row["feature"]),
            value=values[row["feature"]].index(row["value"]),
            low=row["min"],
            high=row["max"],
        )
        for row in quotas
    )
    return _Drawn(codes=codes, quotas=limits, on_panel=on_panel, told=told)


def _cannot_tell(context: Context) -> Finding:
    return Finding(
        code="panel.open",
        verdict=Verdict.CANNOT_TELL,
        parameters=context.known(),
        sources=context.sources(*_TABLES),
        method=DRAWN,
        claims=("M28", "M32"),
    )


def _kept(context: Context, drawn: _Drawn) -> Finding:
    seated = drawn.codes[drawn.on_panel]
    counts = [int((seated[:, one.feature] == one.value).sum()) for one in drawn.quotas]
    n_broken = sum(
        not one.low <= n <= one.high for one, n in zip(drawn.quotas, counts, strict=True)
    )
    verdict = OUTSIDE if n_broken else WITHIN
    size = int(drawn.on_panel.sum())
    return Finding(
        code=verdict.code,
        verdict=verdict,
        parameters=context.known(
            size=size, n=n_broken or len(counts), n_quotas=len(counts), n_people=len(drawn.codes)
        ),
        estimates=(Estimate.exact("panel_quotas_broken", n_broken, unit="quotas"),),
        caveats=(Message(code="caveat.panel.volunteers"),),
        sources=context.sources(*_TABLES),
        method=DRAWN,
        claims=("M28", "M32"),
    )


def _chances(context: Context, drawn: _Drawn) -> list[Finding]:
    """Return how chances compare: the least one possible, and what people alike were given."""
    size = int(drawn.on_panel.sum())
    classes = people_classes(drawn.codes)
    found = leximin(panel_model(classes, drawn.quotas, size=size))
    if found is None:
        return []
    most = float(found.chances.min())
    estimates = [
        Estimate.bound("panel_least_possible", None, bounds=(0.0, most), unit="share"),
    ]
    known = context.known(most=most, equal=size / len(drawn.codes))
    if np.isnan(drawn.told).any():
        verdict, code = Verdict.CANNOT_TELL, "panel.untold"
    else:
        least = float(drawn.told.min())
        apart = max(
            float(np.ptp(drawn.told[classes.class_of == one])) for one in range(classes.people.size)
        )
        estimates += [
            Estimate.exact("panel_least_told", least, unit="share"),
            Estimate.exact("panel_alike_apart", apart, unit="share"),
        ]
        verdict = ALIKE if apart <= _EQUAL else UNLIKE
        code, known = verdict.code, {**known, "least": least, "apart": apart}
    return [
        Finding(
            code=code,
            verdict=verdict,
            parameters=known,
            estimates=tuple(estimates),
            caveats=(Message(code="caveat.panel.upper"),),
            sources=context.sources(*_TABLES),
            method=DRAWN,
            claims=("M28", "M31"),
        )
    ]
