"""What ``evenground design-pilot`` prints: the verdict in words, designs beside it, data."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, input_data, input_lines, method_lines, versions
from evenground.cli.paragraphs import paragraph
from evenground.cli.tables import short, table_lines
from evenground.cli.wording import design_pilot as words
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.questions.promise.measures.pilot.horizon import HorizonCheck
    from evenground.questions.promise.measures.pilot.pilot_options import PilotOption
    from evenground.workspace.one_pilot import PilotFound

SOURCES = (
    "Bloom 1995, Evaluation Review 19, 547–556",
    "Bertrand, Duflo & Mullainathan 2004, Quarterly Journal of Economics 119, 249–275",
    "Burlig, Preonas & Woerman 2020, Journal of Development Economics 144, 102458",
    "McKenzie 2012, Journal of Development Economics 99, 210–221",
    "Hussey & Hughes 2007, Contemporary Clinical Trials 28, 182–191",
    "Morgan & Rubin 2012, Annals of Statistics 40, 1263–1282",
)
_AXIS = 48
_NAME = 20
_NEAR = 10
"""Per cent below which a digit more is told; a tenth of it, below 100."""


def pilot_lines(found: PilotFound, speaks: Language, *, written: Path | None) -> Iterator[str]:
    """Yield what a person reads."""
    for sentence in sentences(found, speaks):
        yield from paragraph(sentence)
    if written is not None:
        yield from paragraph(_drawn(found, written, speaks))
    yield ""
    if verdict(found) != "too_few_lots":
        yield from _curve(found, speaks)
        yield ""
    yield from _beside(found, speaks)
    if found.horizon is not None and len(found.horizon.spans) > 1:
        yield ""
        yield from _axis(found.horizon, speaks)
    yield ""
    yield speaks.text(words.CAVEATS)
    for sentence in caveats(found, speaks):
        yield from paragraph(f"- {sentence}", inset=2, hanging=4)
    yield ""
    yield from input_lines([found.table], speaks)
    yield from paragraph(speaks.say(words.DRAWS, {"seed": found.asked.seed}))
    yield from method_lines(SOURCES, speaks)


def verdict(found: PilotFound) -> str:
    """Return the code of what is said first."""
    if found.option.null.cannot_tell is not None:
        return "too_few_lots"
    can = found.option.can_answer
    return "nothing_promised" if can is None else ("can_answer" if can else "cannot_answer")


def sentences(found: PilotFound, speaks: Language) -> Iterator[str]:
    """Yield the verdict, the least effect, the cheapest design and the horizon in words."""
    option, code = found.option, verdict(found)
    known = {
        "pilot": _pilot(option, found.every, speaks),
        "effect": short(found.asked.effect or 0.0, speaks),
        "power": _percent(option.power or 0.0),
        "goal": _percent(found.asked.power),
        "least": _percent(option.null.level_attained),
        "alpha": _percent(found.asked.alpha),
    }
    yield speaks.say(words.VERDICT[code], known)
    if code != "too_few_lots":
        yield _least(found, speaks)
        if found.asked.worthwhile:
            worthwhile = short(found.asked.worthwhile, speaks)
            yield speaks.say(words.LEAST_BEYOND, {"worthwhile": worthwhile})
    if found.asked.effect is not None:
        yield _cheapest(found, speaks)
    if found.horizon is not None:
        yield from _unseen(found.horizon, speaks)


def caveats(found: PilotFound, speaks: Language) -> list[str]:
    """Return what it rests on."""
    return [speaks.say(words.CAVEAT[one.code], one.parameters) for one in found.caveats]


def _least(found: PilotFound, speaks: Language) -> str:
    least, goal = found.option.detectable, _percent(found.asked.power)
    if not math.isfinite(least.value):
        return speaks.say(words.LEAST_NONE, {"goal": goal})
    ends = {name: short(getattr(least, name), speaks) for name in ("low", "high")}
    return speaks.say(words.LEAST, {"goal": goal, "least": short(least.value, speaks), **ends})


def _cheapest(found: PilotFound, speaks: Language) -> str:
    known: dict[str, Any] = {"n_designs": len(found.options)}
    if found.cheapest is None:
        if not math.isfinite(min(_least_seen(one) for one in found.options)):
            return speaks.say(words.CHEAPEST["nothing"], known)
        finest = min(found.options, key=_least_seen)
        known |= {
            "least": short(finest.detectable.value, speaks),
            "pilot": _pilot(finest, found.every, speaks),
        }
        return speaks.say(words.CHEAPEST["none"], known)
    if found.cheapest.design == found.option.design:
        return speaks.say(words.CHEAPEST["this_one"], known)
    known |= {
        "pilot": _pilot(found.cheapest, found.every, speaks),
        "power": _percent(found.cheapest.power or 0.0),
        "cost": _cost(found, found.cheapest.cost, speaks),
        "own": short(found.option.cost, speaks),
    }
    return speaks.say(words.CHEAPEST["another"], known)


def _unseen(horizon: HorizonCheck, speaks: Language) -> Iterator[str]:
    if horizon.unseen:
        yield speaks.say(words.UNSEEN, {"names": horizon.unseen})
    if horizon.barely_seen:
        yield speaks.say(words.BARELY, {"names": horizon.barely_seen})
    if horizon.contract_after:
        months = short(horizon.contract_after, speaks)
        yield speaks.say(words.BEYOND["contract"], {"months": months})
    if horizon.seen_of_life is not None and horizon.life_after:
        share = _percent(horizon.seen_of_life)
        yield speaks.say(words.BEYOND["asset_life"], {"share": share})


def _pilot(option: PilotOption, every: str, speaks: Language) -> str:
    design = option.design
    known = {
        "n_areas": design.n_areas,
        "n_treated": design.n_treated,
        "n_steps": design.n_steps,
        "periods": _periods(design.n_periods, every, speaks),
        "baseline": _periods(design.n_baseline, every, speaks),
    }
    return speaks.say(words.PILOT[design.design], known)


def _periods(n: int, every: str, speaks: Language) -> str:
    return speaks.say(words.PERIODS.get(every, words.PERIODS[""]), {"n": n})


def _percent(share: float) -> str:
    """Write a share in whole per cent, below ten and above 99 with a digit more."""
    value = 100 * share
    between = _NEAR <= value <= 100 - _NEAR / 10
    return f"{value:.{0 if between else 1}f}".removesuffix(".0") + " %"


def _cost(found: PilotFound, cost: float, speaks: Language) -> str:
    priced = found.asked.per_area or found.asked.per_period != 1
    text = short(cost, speaks)
    return text if priced else speaks.say(words.COST_PERIODS, {"cost": text})


def _curve(found: PilotFound, speaks: Language) -> Iterator[str]:
    yield speaks.text(words.CURVE)
    sign = -1 if (found.asked.effect or 0) < 0 else 1
    rows = [
        [short(sign * effect, speaks), _percent(power)]
        for effect, power in zip(found.effects.tolist(), found.power.tolist(), strict=True)
    ]
    yield from table_lines([speaks.text(one) for one in words.CURVE_HEADER], rows)


def _beside(found: PilotFound, speaks: Language) -> Iterator[str]:
    """Yield designs and areas as rows, lengths as columns."""
    goal = {"goal": _percent(found.asked.power)}
    promised = found.asked.effect is not None
    yield from paragraph(speaks.say(words.BESIDE_PROMISED if promised else words.BESIDE, goal))
    lengths = sorted({one.design.n_periods for one in found.options})
    cells: dict[tuple[str, int], dict[int, str]] = {}
    for one in found.options:
        row = cells.setdefault((one.design.design, one.design.n_areas), {})
        row[one.design.n_periods] = _cell(one, speaks)
    rows = [
        [speaks.text(words.DESIGN[name]), str(n), *(row.get(length, "") for length in lengths)]
        for (name, n), row in sorted(cells.items(), key=lambda one: _place(one[0]))
    ]
    header = [speaks.text(one) for one in words.HEADER]
    columns = [_periods(length, found.every, speaks) for length in lengths]
    yield from table_lines([*header, *columns], rows)


def _cell(option: PilotOption, speaks: Language) -> str:
    least = short(_least_seen(option), speaks)
    return speaks.say(words.CAN, {"least": least}) if option.can_answer else least


def _least_seen(option: PilotOption) -> float:
    """Return the least effect seen; none is where lots are too few for the error asked for."""
    return math.inf if option.null.cannot_tell is not None else option.detectable.value


def _place(of: tuple[str, int]) -> tuple[int, int]:
    return list(words.DESIGN).index(of[0]), of[1]


def _axis(horizon: HorizonCheck, speaks: Language) -> Iterator[str]:
    """Yield everything on one axis of months."""
    longest = max(span.end for span in horizon.spans)
    yield speaks.text(words.HORIZON)
    for span in horizon.spans:
        name = span.name or speaks.text(words.SPAN[span.kind])
        length = round(_AXIS * span.end / longest)
        line = "." * length + "|" if span.kind == "effect" else "=" * max(length, 1)
        shown = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        yield f"  {shown.ljust(_NAME)} {line} {short(span.end, speaks)}"


def _drawn(found: PilotFound, written: Path, speaks: Language) -> str:
    balance = words.UNBALANCED if found.drawn.rule is None else words.BALANCED
    known = {"file": written, "seed": found.asked.seed, "balance": speaks.text(balance)}
    return speaks.say(words.DRAWN, known)


def pilot_data(found: PilotFound, speaks: Language, *, written: Path | None) -> dict[str, Any]:
    """Return everything as data, at full precision; these keys are kept."""
    from evenground.workspace.pilot_draw import draw_data

    option = found.option
    curve = zip(found.effects.tolist(), found.power.tolist(), strict=True)
    return {
        "command": "design-pilot",
        "versions": versions(),
        "verdict": verdict(found),
        "can_answer": option.can_answer,
        "minimum_detectable_effect": as_data(option.detectable.value),
        "low": as_data(option.detectable.low),
        "high": as_data(option.detectable.high),
        "level": option.detectable.level,
        "effect": found.asked.effect,
        "worthwhile": found.asked.worthwhile,
        "alpha": found.asked.alpha,
        "alpha_attained": option.null.level_attained,
        "power_wanted": found.asked.power,
        "power": [{"effect": effect, "power": power} for effect, power in curve],
        "design": _option_data(option),
        "designs": [_option_data(one) for one in found.options],
        "cheapest": None if found.cheapest is None else _option_data(found.cheapest),
        "horizon": None if found.horizon is None else as_data(asdict(found.horizon)),
        "assignment": draw_data(found),
        "assignment_file": None if written is None else str(written),
        "caveats": caveats(found, speaks),
        "sentences": list(sentences(found, speaks)),
        "period": found.every,
        "seed": found.asked.seed,
        "inputs": input_data([found.table], speaks),
        "literature": list(SOURCES),
    }


def _option_data(option: PilotOption) -> dict[str, Any]:
    return {
        **asdict(option.design),
        "n_treated": option.design.n_treated,
        "minimum_detectable_effect": as_data(option.detectable.value),
        "low": as_data(option.detectable.low),
        "high": as_data(option.detectable.high),
        "power": option.power,
        "can_answer": option.can_answer,
        "cost": option.cost,
    }
