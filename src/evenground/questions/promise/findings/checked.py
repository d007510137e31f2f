"""What was tried against each effect, what came out, and what that means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evenground.evidence import Estimate, Finding, Message, Method, Parameter, Table, Verdict
from evenground.questions.promise.around import around_of
from evenground.questions.promise.context import Context
from evenground.questions.promise.effects import asked_of
from evenground.questions.promise.judged import Judged
from evenground.questions.promise.measures.evaluation.checks import Check, Checks, checks_of
from evenground.questions.promise.stated import quoted

WITHSTANDS, SOMETHING_AGAINST, NOTHING_TRIED = (
    Verdict("withstands_what_was_tried"),
    Verdict("something_speaks_against_it"),
    Verdict("nothing_could_be_tried"),
)
LITERATURE: dict[Check, tuple[str, ...]] = {
    Check.PRE_TREND: ("Roth 2022, American Economic Review: Insights 4, 305–322",),
    Check.MAGNITUDES: ("Rambachan & Roth 2023, Review of Economic Studies 90, 2555–2591",),
    Check.SMOOTHNESS: ("Rambachan & Roth 2023, Review of Economic Studies 90, 2555–2591",),
    Check.DONORS: (
        "Abadie, Diamond & Hainmueller 2015, American Journal of Political Science 59, 495–510",
    ),
    Check.BACKDATED: (
        "Abadie, Diamond & Hainmueller 2015, American Journal of Political Science 59, 495–510",
    ),
    Check.SPILLOVER: ("Butts 2021, arXiv 2105.03737",),
    Check.GROUPS: (),
}
"""What each check rests on."""
REVIEW = "Roth, Sant'Anna, Bilinski & Poe 2023, Journal of Econometrics 235, 2218–2244"
AS_BEFORE = 1.0
"""M-bar at which trends part afterwards as much as they did before."""
_OFTEN = 0.1
_SMALL = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One check in words: what came out, what it means, whether it speaks against the effect."""

    check: Check
    came_out: Message
    meaning: Message
    against: bool = False
    caveat: Message | None = None


def checked(context: Context, found: Sequence[Judged]) -> list[Finding]:
    """Return what was tried against each effect."""
    return [_checked(context, one) for one in found]


def tried(checks: Checks, one: Judged) -> list[Line]:
    """Return the checks that were tried, in words, in the promised direction."""
    say = _Saying(
        sign=one.promise.sign,
        unit=one.promise.unit,
        is_told=one.gain.low > 0 or one.gain.high < 0,
    )
    return [line for told in _TOLD for line in told(checks, say)]


def _checked(context: Context, one: Judged) -> Finding:
    asked = asked_of(context, one.promise, one.outcomes)
    around = around_of(context, one.promise, one.outcomes)
    checks = checks_of(one.outcomes.panel, one.effect, asked=asked, around=around)
    lines = tried(checks, one)
    judging = [line for line in lines if line.check is not Check.GROUPS]
    against = [line for line in judging if line.against]
    n, n_tried = len(against), len({line.check for line in judging})
    verdict = SOMETHING_AGAINST if against else WITHSTANDS if judging else NOTHING_TRIED
    rests = (REVIEW, *(cited for line in lines for cited in LITERATURE[line.check]))
    return Finding(
        code=f"checked.{verdict.code}",
        verdict=verdict,
        parameters=context.known(
            words=quoted(one.promise), n=n if against else n_tried, of=n_tried
        ),
        estimates=(
            Estimate.exact("n_tried", n_tried, unit="checks"),
            Estimate.exact("n_against", len({line.check for line in against}), unit="checks"),
        ),
        tables=(_table(lines, checks),),
        caveats=tuple(line.caveat for line in lines if line.caveat is not None),
        sources=context.sources("promises", "evaluation", "outcomes", "rollout", "areas"),
        method=Method(
            name="Checks that go with the design", literature=tuple(dict.fromkeys(rests))
        ),
        claims=("M8", "M10"),
    )


def _table(lines: Sequence[Line], checks: Checks) -> Table:
    rows: list[tuple[Parameter, ...]] = [
        (Message(code=f"check.{line.check.value}"), line.came_out, line.meaning) for line in lines
    ]
    rows += [
        (
            Message(code=f"check.{check.value}"),
            Message(code="check.not_tried"),
            Message(code=f"not_tried.{reason}"),
        )
        for check, reason in checks.not_tried.items()
        if reason != "not_of_this_design"
    ]
    return Table(
        key="tried",
        columns=("check", "came_out", "meaning"),
        rows=tuple(rows),
        title=Message(code="table.tried"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """How amounts are said: in the promised direction, with their unit."""

    sign: float
    unit: str
    is_told: bool

    def amount(self, value: float) -> Message:
        """Return a size that has no direction."""
        return self._with_unit(_number(value))

    def directed(self, value: float) -> Message:
        """Return a value in the promised direction."""
        return self.amount(self.sign * value)

    def ends(self, low: float, high: float) -> Message:
        """Return an interval in the promised direction."""
        first, last = sorted((self.sign * low, self.sign * high))
        ends = {"low": _number(first), "high": _number(last)}
        return self._with_unit(Message(code="from_to", parameters=ends))

    def _with_unit(self, said: Message) -> Message:
        if not self.unit:
            return said
        return Message(code="amount", parameters={"value": said, "unit": self.unit})


def _number(value: float) -> Message:
    if not math.isfinite(value):
        return Message(code="no_end")
    if value == 0 or abs(value) >= _SMALL:
        return Message(code="end", parameters={"value": value})
    decimals = 1 - math.floor(math.log10(abs(value)))
    return Message(code="small", parameters={"text": f"{value:.{decimals}f}"})


def _line(
    check: Check,
    words: tuple[str, str],
    *,
    known: Mapping[str, Parameter] | None = None,
    against: bool = False,
    caution: bool = False,
) -> Line:
    """Return a check by the words for what came out and for what that means.

    What speaks against an effect is a caveat; a caution is one, too, without speaking against it.
    """
    said = known or {}
    out, means = words
    return Line(
        check=check,
        came_out=Message(code=f"out.{check.value}.{out}", parameters=said),
        meaning=Message(code=f"means.{check.value}.{means}", parameters=said),
        against=against,
        caveat=Message(code=f"caveat.checked.{check.value}", parameters=said)
        if against or caution
        else None,
    )


def _pre_trend(checks: Checks, say: _Saying) -> list[Line]:
    found = checks.pre_trend
    if found is None:
        return []
    if found.shows:
        return [_line(Check.PRE_TREND, ("shows", "shows"), against=True)]
    if math.isinf(found.seen):
        return [_line(Check.PRE_TREND, ("quiet", "blind"))]
    known = {"seen": say.amount(found.seen), "adds": say.amount(abs(found.adds))}
    return [_line(Check.PRE_TREND, ("quiet", "quiet"), known=known)]


def _magnitudes(checks: Checks, say: _Saying) -> list[Line]:
    found = checks.magnitudes
    if found is None:
        return []
    at = int(np.flatnonzero(found.honest.bounds == AS_BEFORE)[0])
    known = {
        "ends": say.ends(float(found.honest.low[at]), float(found.honest.high[at])),
        "times": _number(found.breakdown),
    }
    fragile = found.breakdown < AS_BEFORE
    means = "not_told" if not found.is_told else "fragile" if fragile else "robust"
    # Of clean data most are fragile by this measure: it is said, and counts for nothing more.
    caution = means == "fragile" and say.is_told
    return [_line(Check.MAGNITUDES, ("range", means), known=known, caution=caution)]


def _smoothness(checks: Checks, say: _Saying) -> list[Line]:
    found = checks.smoothness
    if found is None:
        return []
    known = {
        "ends": say.ends(float(found.honest.low[0]), float(found.honest.high[0])),
        "bend": say.amount(found.breakdown),
    }
    means = "stays" if found.is_told else "gone"
    caution = means == "gone" and say.is_told
    return [_line(Check.SMOOTHNESS, ("range", means), known=known, caution=caution)]


def _donors(checks: Checks, say: _Saying) -> list[Line]:
    found = checks.donors
    if found is None:
        return []
    known = {
        "n": found.n_left_out,
        "of": found.n_donors,
        "ends": say.ends(found.low, found.high),
        "unit": found.weightiest,
    }
    means = "turns" if found.turns else "steady"
    against = found.turns and say.is_told
    return [_line(Check.DONORS, ("range", means), known=known, against=against)]


def _backdated(checks: Checks, say: _Saying) -> list[Line]:
    found = checks.backdated
    if found is None or found.share_as_large is None:
        return []
    n = int(found.effects.size)
    known = {"n": n, "as_large": round(found.share_as_large * n)}
    often = found.share_as_large > _OFTEN
    out = "starts" if n > 1 else "one_more" if known["as_large"] else "one_less"
    words = (out, "often" if often else "seldom")
    return [_line(Check.BACKDATED, words, known=known, against=often and say.is_told)]


def _spillover(checks: Checks, say: _Saying) -> list[Line]:
    found = checks.spillover
    if found is None:
        return []
    lines: list[Line] = []
    for at in np.flatnonzero(found.n_units > 0).tolist():
        gains = say.sign * found.effect[at] > 0
        means = "none" if found.can_tell[at] else "blind"
        if found.shows[at]:
            means = "gain" if gains else "lose"
        known = {
            "n": int(found.n_units[at]),
            "metres": float(found.outer[at]),
            "effect": say.directed(float(found.effect[at])),
            "ends": say.ends(float(found.low[at]), float(found.high[at])),
        }
        lines.append(
            _line(Check.SPILLOVER, ("ring", means), known=known, against=bool(found.shows[at]))
        )
    return lines


def _groups(checks: Checks, say: _Saying) -> list[Line]:
    found = checks.groups
    if found is None:
        return []
    ordered = sorted(found.groups, key=lambda one: say.sign * one.value)
    known = {
        "n": len(ordered),
        "least": say.directed(ordered[0].value),
        "least_group": ordered[0].group,
        "most": say.directed(ordered[-1].value),
        "most_group": ordered[-1].group,
        "total": say.directed(found.total),
    }
    return [_line(Check.GROUPS, ("range", "adds_up"), known=known)]


_TOLD: tuple[Callable[[Checks, _Saying], list[Line]], ...] = (
    _pre_trend,
    _magnitudes,
    _smoothness,
    _donors,
    _backdated,
    _spillover,
    _groups,
)
