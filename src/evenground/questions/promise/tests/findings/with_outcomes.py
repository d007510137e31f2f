"""Small towns whose promise is held against outcomes: series, roll-outs, and designs of them."""

from __future__ import annotations

from datetime import date

import numpy as np

from evenground.questions.promise.tests.findings.cases import (
    evaluation,
    harm,
    promise,
    responses,
    town,
)

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
START = date(2025, 7, 1)
AT = MONTHS.index("2025-07")
NEVER = len(MONTHS)


def series(n_units=21, *, seed=1, noise=0.4, level=40.0):
    rng = np.random.default_rng(seed)
    common = np.cumsum(rng.normal(scale=0.5, size=NEVER))
    own = rng.normal(size=(n_units, 1))
    return level + own + common + rng.normal(scale=noise, size=(n_units, NEVER))


def treated(values, starts, effect):
    """Add an effect from each unit's start on."""
    on = np.arange(NEVER)[None, :] >= np.asarray(starts)[:, None]
    return values + effect * on


def rows_of(values, *, indicator="full_bins", group=None, months=MONTHS, people=None):
    return [
        {
            "indicator": indicator, "unit_id": f"A{unit:02}", "period": month,
            "value": float(value),
            "group": group, "denominator": people,
        }
        for unit, row in enumerate(values)
        for month, value in zip(months, row, strict=True)
    ]  # fmt: skip


def rollout_of(starts, **more):
    """Return a row for each unit that starts, as planned."""
    days = {at: date(int(MONTHS[at][:4]), int(MONTHS[at][5:]), 1) for at in range(NEVER)}
    return [
        {
            "unit_id": f"A{unit:02}",
            "planned_start": days.get(int(at)),
            "started": days.get(int(at)),
            **{name: of[unit] for name, of in more.items()},
        }
        for unit, at in enumerate(starts)
        if at < NEVER or more
    ]


def starts_of(n_units, **at):
    """Return never for all units but those named ``A00=17`` and so on."""
    starts = np.full(n_units, NEVER)
    for name, column in at.items():
        starts[int(name[1:])] = column
    return starts


def judged_town(values, starts, *, rows=(), rollout=None, says=None, sealed=True, **more):
    """Return a town whose promise is held against outcomes."""
    made = town(
        promises=[promise(baseline_dataset=None, **(says or {}))],
        outcomes=[*rows_of(values), *rows],
        rollout=rollout_of(starts) if rollout is None else rollout,
        **{"evaluation": [evaluation(horizon_months=None)], "responses": responses(), **more},
    )
    return made.sealed() if sealed else made


def few(effect, **more):
    starts = starts_of(21, A00=AT)
    return judged_town(treated(series(), starts, effect), starts, **more)


def by_lot(effect=-8.0, harm_effect=0.2, *, n=24, rollout=None, harms=None, **more):
    """Half of the units drawn within two strata, at one date, with a harm that is watched."""
    starts = np.where(np.arange(n) % 2, AT, NEVER)
    values = treated(series(n), starts, effect)
    worse = treated(series(n, seed=5, level=10.0), starts, harm_effect)
    strata = ["north" if unit < n // 2 else "south" for unit in range(n)]
    return judged_town(
        values,
        starts,
        rows=rows_of(worse, indicator="noise_complaints"),
        rollout=rollout_of(starts, stratum=strata) if rollout is None else rollout,
        harms=[harm()] if harms is None else harms,
        **{"evaluation": [evaluation(design="randomised", horizon_months=None)], **more},
    )


def stages(effect=-6.0, **more):
    starts = starts_of(30, A00=10, A01=10, A02=10, A03=14, A04=14, A05=18)
    values = treated(series(30), starts, effect)
    planned = {"evaluation": [evaluation(design="staggered", horizon_months=None)]}
    return judged_town(values, starts, **{**planned, **more})


def lots_of_areas(effect=-6.0, n_treated=20, n=60):
    starts = np.where(np.arange(n) < n_treated, AT, NEVER)
    return judged_town(
        treated(series(n), starts, effect),
        starts,
        evaluation=[evaluation(design="many_areas", horizon_months=None)],
    )


def on_lines():
    """A series without any scatter."""
    values = treated(np.tile(np.arange(NEVER, dtype=float), (1, 1)), [AT], -6.0)
    return judged_town(
        values, [AT], evaluation=[evaluation(design="no_comparison", horizon_months=None)]
    )


def drifting(months=MONTHS, start=START):
    """A series whose neighbours hang together, with months left out or not."""
    rng = np.random.default_rng(8)
    values = 40.0 + np.cumsum(rng.normal(size=(1, len(months))), axis=1)
    made = judged_town(series(1), [AT], evaluation=[
        evaluation(design="no_comparison", horizon_months=None)
    ])  # fmt: skip
    return made.having(
        outcomes=rows_of(values, months=months), rollout=[{"unit_id": "A00", "started": start}]
    )


def alone(effect=-6.0, start=AT, n_units=1, **more):
    starts = np.full(n_units, start)
    return judged_town(
        treated(series(n_units), starts, effect),
        starts,
        evaluation=[evaluation(design="no_comparison", horizon_months=None)],
        **more,
    )


def of_fixed(**fixed):
    """Few treated, with a way of judging that was fixed otherwise than the design would have it."""
    return few(-6.0, evaluation=[evaluation(horizon_months=None, **fixed)])


def by_group(*, people=(300, 100), effects=(-8.0, -2.0)):
    """Outcomes of two groups, and of all: the mean of both by people."""
    starts = starts_of(21, A00=AT)
    groups = [
        treated(series(seed=seed), starts, of) for seed, of in zip((1, 2), effects, strict=True)
    ]
    share = np.array(people) / sum(people)
    whole = share[0] * groups[0] + share[1] * groups[1]
    rows = [
        row
        for name, values, n in zip(("young", "old"), groups, people, strict=True)
        for row in rows_of(values, group=name, people=n)
    ]
    return judged_town(whole, starts, rows=rows)


def lacking_groups(*lacking):
    """Outcomes of two groups, of which some lack a month in one unit."""
    made = by_group()
    kept = [
        row
        for row in made.rows["outcomes"]
        if not (row["group"] in lacking and row["period"] == "2024-03" and row["unit_id"] == "A03")
    ]
    return made.having(outcomes=kept)


def with_gaps(*lacking):
    starts = starts_of(21, A00=AT)
    values = treated(series(), starts, -6.0)
    kept = [
        row
        for row in rows_of(values)
        if not (row["period"] == "2024-03" and row["unit_id"] in lacking)
    ]
    made = judged_town(values, starts)
    return made.having(outcomes=kept)
