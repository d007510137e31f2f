"""What was tried against an effect, in words: each check seen to speak for and against."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from evenground.initiative import Decision
from evenground.questions.promise.tests.findings.cases import (
    answer_of,
    evaluation,
    of_code,
    promise,
    said_of,
    the_one,
    town,
)
from evenground.tests.towns import saltmarsh

N_TIMES = 24
MONTHS = [f"{2024 + at // 12}-{at % 12 + 1:02}" for at in range(N_TIMES)]
AT = 18
PEOPLE = (30, 70)


def noise(n_units, *, seed=1, scale=0.4):
    rng = np.random.default_rng(seed)
    own, common = rng.normal(size=(n_units, 1)), np.cumsum(rng.normal(scale=0.3, size=N_TIMES))
    return 40.0 + own + common + rng.normal(scale=scale, size=(n_units, N_TIMES))


def after(starts):
    return np.arange(N_TIMES)[None, :] >= np.asarray(starts)[:, None]


def starting(n_units, *columns):
    """Return the first units' starts, and never for the rest."""
    starts = np.full(n_units, N_TIMES)
    starts[: len(columns)] = columns
    return starts


def rows_of(values, *, group="", people=None, names=None):
    return [
        {
            "indicator": "full_bins", "unit_id": names[unit] if names else f"U{unit:02}",
            "period": month, "value": float(value), "group": group, "denominator": people,
        }
        for unit, row in enumerate(values)
        for month, value in zip(MONTHS, row, strict=True)
    ]  # fmt: skip


def day(column):
    return date(int(MONTHS[column][:4]), int(MONTHS[column][5:]), 1)


def rollout_of(starts, *, names=None, everybody=False):
    return [
        {
            "unit_id": names[unit] if names else f"U{unit:02}",
            **({name: day(at) for name in ("planned_start", "started")} if at < N_TIMES else {}),
            **({"stratum": "all"} if everybody else {}),
        }
        for unit, at in enumerate(starts.tolist())
        if at < N_TIMES or everybody
    ]


def judged(values, starts, *, design="few_treated", rows=(), base=None, **more):
    """Return a town whose promise is held against these outcomes, at the design that they have."""
    names = more.pop("names", None)
    fixed = {"horizon_months": None, "design": design, **more}
    return (
        (base or town())
        .having(
            promises=[promise(baseline_dataset=None)],
            outcomes=[*rows_of(values, names=names), *rows],
            rollout=rollout_of(starts, names=names, everybody=design == "randomised"),
            evaluation=[evaluation(**fixed)],
        )
        .sealed()
    )


def few(effect=-6.0, *, n=21, start=AT, extra=0.0, **more):
    starts = starting(n, start)
    return judged(noise(n) + effect * after(starts) + extra, starts, **more)


def many(effect=-6.0, *, n=60, n_treated=20, extra=0.0, **more):
    starts = starting(n, *[AT] * n_treated)
    values = noise(n) + effect * after(starts) + extra
    return judged(values, starts, design="many_areas", **more)


def drift(size, n=60, n_treated=20):
    """Return a drift of the treated that goes on throughout."""
    return size * np.arange(N_TIMES) * (np.arange(n) < n_treated)[:, None]


def hanging_on_one(**more):
    """The treated moved as the second unit did, which then rose by far more."""
    values, starts = noise(21, scale=0.05), starting(21, AT)
    wave = np.random.default_rng(5).normal(size=N_TIMES)
    values[:2] = 40.0 + 3.0 * wave + np.random.default_rng(6).normal(scale=0.05, size=(2, N_TIMES))
    values[0, AT:] += 1.0
    values[1, AT:] += 9.0
    return judged(values, starts, estimator="sc", **more)


def broken_before(start=AT, at=12, n=21):
    """The treated unit fell before anything began."""
    values, starts = noise(n, scale=0.1), starting(n, start)
    values[0, at:] -= 8.0
    return judged(values, starts, estimator="did")


def alone(effect=-6.0):
    starts = starting(1, AT)
    return judged(noise(1) + effect * after(starts), starts, design="no_comparison")


def near(effect, neighbours, *, metres=500.0, n_treated=1, across=20, **more):
    """Return a row of areas, the first treated; their neighbours change too."""
    names = [f"A{0:02}{column:02}" for column in range(across)]
    plain = saltmarsh(across=across, up=1).without("sites")
    decision = Decision(body="Technical Committee", date=date(2026, 5, 1))
    base = plain.initiative_with(decision=decision, offered_by="Binsight")
    starts = starting(across, *[AT] * n_treated)
    values = noise(across) + effect * after(starts)
    around = slice(n_treated, n_treated + max(1, int(metres // 1_000) + 1))
    values[around, AT:] += neighbours
    return judged(values, starts, base=base, names=names, spillover_metres=metres, **more)


def by_group(*, people=PEOPLE):
    starts = starting(21, AT)
    young, old = (noise(21, seed=seed) + effect * after(starts) for seed, effect in
                  ((2, -2.0), (3, -8.0)))  # fmt: skip
    whole = (PEOPLE[0] * young + PEOPLE[1] * old) / sum(PEOPLE)
    rows = [
        *rows_of(young, group="young", people=people[0]),
        *rows_of(old, group="old", people=people[1]),
    ]
    return judged(whole, starts, rows=rows)


CASES = {
    "few": few,
    "few, lasting drift": lambda: few(
        0.0, extra=np.outer(np.arange(21) == 0, -0.8 * np.arange(N_TIMES)), estimator="did"
    ),
    "too few to see a drift": lambda: few(n=4),
    "no time for checks": lambda: few(start=2),
    "two to compare with": lambda: few(n=3, start=5),
    "hanging on one": lambda: hanging_on_one(alpha=0.1),
    "hanging on one, not told": hanging_on_one,
    "broken before": broken_before,
    "one earlier date": lambda: broken_before(start=3, at=2),
    "one earlier date, quiet": lambda: few(start=3),
    "many": many,
    "many, strong": lambda: many(-25.0),
    "many, drifting": lambda: many(0.0, extra=drift(-0.4)),
    "many, chance": lambda: many(0.0),
    "many, few clusters": lambda: many(n=9, n_treated=6),
    "many, one time before": lambda: judged(
        noise(20) - 6.0 * after(starting(20, *[1] * 8)),
        starting(20, *[1] * 8),
        design="many_areas",
    ),
    "alone": alone,
    "lots": lambda: judged(
        noise(24) - 6.0 * after(starting(24, *[AT] * 12)),
        starting(24, *[AT] * 12),
        design="randomised",
    ),
    "neighbours gain": lambda: near(-6.0, -4.0, metres=2_500.0),
    "neighbours lose": lambda: near(-6.0, 4.0, metres=2_500.0),
    "neighbours at rest": lambda: near(-6.0, 0.0, metres=2_500.0),
    "one neighbour": lambda: near(-6.0, 0.0),
    "one neighbour of many gains": lambda: near(-6.0, -4.0, across=26),
    "nobody far": lambda: near(-6.0, 0.0, metres=90_000.0),
    "by group": by_group,
    "by group, nobody counted": lambda: by_group(people=(None, None)),
}


def checked(name):
    return the_one(answer_of(CASES[name]()), "checked")


def lines(name):
    """Return the table of a case, by what was asked."""
    found: dict[str, list[tuple[str, str]]] = {}
    for asked, came_out, meaning in said_of(f"checked: {name}").rows("checked", "tried"):
        found.setdefault(asked, []).append((came_out, meaning))
    return found


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("few", "withstands_what_was_tried"),
        ("alone", "withstands_what_was_tried"),
        ("broken before", "something_speaks_against_it"),
        ("many, drifting", "something_speaks_against_it"),
        ("lots", "nothing_could_be_tried"),
        ("hanging on one", "something_speaks_against_it"),
        ("one neighbour", "withstands_what_was_tried"),
        ("neighbours at rest", "withstands_what_was_tried"),
        ("neighbours gain", "something_speaks_against_it"),
    ],
)
def test_verdicts(name, verdict):
    assert checked(name).verdict.code == verdict


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("few, lasting drift", "may have been under way already"),
        ("few", "That is no proof of none"),
        ("too few to see a drift", "no drift, however strong"),
        ("many, strong", "Zero is left out until steps apart"),
        ("many", "Zero is left out as long as that line bends by no more"),
        ("many, chance", "even if nothing drifts"),
        ("many, drifting", "A straight drift that simply goes on is enough"),
        ("few", "No single unit of comparison turns"),
        ("hanging on one", "“U01” moves it most"),
        ("few", "not what this method finds where nothing began"),
        ("broken before", "This method finds such results where nothing began"),
        ("neighbours gain", "the result is too small"),
        ("neighbours lose", "the result is too large"),
        ("neighbours at rest", "could not be chance"),
        ("one neighbour", "With so few units near by"),
        ("one earlier date, quiet", "not what this method finds where nothing began"),
        ("by group", "share of people before the start"),
    ],
)
def test_what_it_means(name, meaning):
    said = [means for of in lines(name).values() for _, means in of]
    assert any(meaning in means for means in said), said


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("lots", "Lots decided"),
        ("few", "so few treated units"),
        ("alone", "nothing to compare with"),
        ("no time for checks", "too few periods before"),
        ("many, few clusters", "too few units, treated or not"),
        ("two to compare with", "fewer than three units"),
        ("few", "how far it may reach"),
        ("few", "not given by group"),
        ("by group, nobody counted", "how many people"),
        ("nobody far", "do not allow it"),
    ],
)
def test_what_was_not_tried_has_its_reason(name, reason):
    said = [means for of in lines(name).values() for out, means in of if out == "Not tried."]
    assert any(reason in means for means in said), said


def test_numbers_are_counted_in_the_promised_direction():
    """Fewer full bins were promised: falling counts as gain, by group and next to the treated."""
    ((came_out, meaning),) = lines("by group")["Who has something of it?"]
    assert "“young”" in came_out.split(" to ")[0]
    assert "“old”" in came_out.split(" to ")[1]
    assert "-" not in came_out + meaning
    gain = lines("neighbours gain")["Did anything change next to the treated?"][0][0]
    assert gain.startswith("In 3 untreated units within")
    assert "4" in gain.split(":")[1]


def test_what_speaks_against_it_is_a_caveat_and_counted():
    found = checked("many, drifting")
    assert 0 < found.estimate("n_against").value <= len(found.caveats)
    told = said_of("checked: many, drifting")
    assert f"of {found.estimate('n_tried').value:g} checks" in told.sentence("checked").lower()


def test_only_what_was_judged_is_checked():
    assert not of_code(answer_of(town(promises=[promise()])), "checked")
