"""What ``evenground evaluate`` prints: the effect in words, what stands beside it, data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, input_data, input_lines, method_lines, versions
from evenground.cli.tables import digits, table_lines
from evenground.cli.wording import effect as words
from evenground.evidence import Message
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.questions.promise.measures.evaluation.effect import Effect
    from evenground.workspace.one_effect import EffectFound
    from evenground.workspace.telling import Teller

_SHOWN = 8
_WIDTH = 88
_P_DIGITS = 3
_SMALLEST_P = 1e-4


def effect_lines(found: EffectFound, speaks: Language) -> Iterator[str]:
    """Yield what a person reads."""
    teller = _teller(speaks)
    for sentence in sentences(found.sentences, speaks, teller):
        yield from textwrap.wrap(sentence, _WIDTH)
    effect = _effect(found)
    if effect is not None:
        yield from _beside(effect, speaks, teller)
        yield from _weights(effect, speaks)
        yield from _parts(effect, speaks)
    yield ""
    yield speaks.text(words.CAVEATS)
    for sentence in sentences(found.caveats, speaks, teller):
        yield from textwrap.wrap(sentence, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
    yield ""
    yield from input_lines([found.table], speaks)
    if found.literature:
        yield from method_lines(found.literature, speaks)


def sentences(said: Sequence[Message], speaks: Language, teller: Teller) -> list[str]:
    """Return messages in words, their plain numbers with the digits that a table has."""
    return [teller.message(_written(one, speaks)) for one in said]


def effect_data(found: EffectFound, speaks: Language) -> dict[str, Any]:
    """Return the same as data; keys of an effect are there, empty, where nothing can be told."""
    teller = _teller(speaks)
    effect = _effect(found)
    return {
        "command": "evaluate",
        "versions": versions(),
        **as_data(_numbers(effect)),
        "caveats": sentences(found.caveats, speaks, teller),
        "sentences": sentences(found.sentences, speaks, teller),
        "design": as_data(asdict(found.design)),
        "sealed": False,
        "left_out": list(found.left_out),
        "assignment": (
            None
            if found.lot is None
            else {"file": found.lot.place.file, "sha256": found.lot.sha256}
        ),
        "inputs": input_data([found.table], speaks),
        "literature": list(found.literature),
    }


def _numbers(effect: Effect | None) -> dict[str, Any]:
    if effect is None:
        none = ("effect", "low", "high", "p", "standard_error", "method", "inference", "level")
        return {**dict.fromkeys(none), "verdict": "cannot_tell", "n_placebos": 0, "weights": {}}
    return {
        "effect": effect.value,
        "low": effect.low,
        "high": effect.high,
        "p": effect.p,
        "standard_error": effect.standard_error,
        "n_placebos": max(effect.n_assignments - 1, 0),
        "weights": dict(effect.unit_weights),
        "method": effect.method.value,
        "inference": effect.inference.value,
        "mode": "exact" if effect.exact else "reference",
        "level": effect.level,
        "verdict": effect.verdict,
        "enumerated": effect.enumerated,
        "monte_carlo_error": effect.monte_carlo_error,
        "time_weights": dict(effect.time_weights),
        "beside": dict(effect.beside),
        "parts": {kind: dict(part) for kind, part in effect.parts.items()},
    }


def _effect(found: EffectFound) -> Effect | None:
    from evenground.questions.promise.measures.evaluation.effect import Effect

    return found.effect if isinstance(found.effect, Effect) else None


def _teller(speaks: Language) -> Teller:
    from evenground.questions.promise.wording import WORDING
    from evenground.workspace.telling import Teller

    return Teller({**WORDING, **words.SENTENCES}, speaks)


def _written(message: Message, speaks: Language) -> Message:
    """Return a message whose results are written out: no sentence rounds them further."""
    known: dict[str, Any] = dict(message.parameters)
    for name in ("effect", "low", "high", "p", "error"):
        if name in known:
            known[name] = digits(known[name], speaks)
    if "p" in message.parameters:
        known["p"] = _p(message.parameters["p"], speaks)
    return Message(code=message.code, parameters=known)


def _p(value: Any, speaks: Language) -> str:
    """Write a p-value: none is shown as 0."""
    if value < _SMALLEST_P:
        return f"< {_SMALLEST_P:.4f}"
    return digits(value, speaks, n_digits=_P_DIGITS)


def _beside(effect: Effect, speaks: Language, teller: Teller) -> Iterator[str]:
    if not effect.beside:
        return
    rows = [
        [teller.say(f"method.{name}", {}), digits(value, speaks)]
        for name, value in effect.beside.items()
    ]
    yield ""
    yield speaks.text(words.BESIDE)
    yield from table_lines([speaks.text(one) for one in words.HEADER], rows)


def _weights(effect: Effect, speaks: Language) -> Iterator[str]:
    if not effect.unit_weights:
        return
    ordered = sorted(effect.unit_weights.items(), key=lambda one: -abs(one[1]))
    rows = [[name, digits(weight, speaks)] for name, weight in ordered[:_SHOWN]]
    rest = ordered[_SHOWN:]
    if rest:
        others = speaks.say(words.AND_OTHERS, {"n": len(rest)})
        rows.append([others, digits(sum(weight for _, weight in rest), speaks)])
    yield ""
    yield speaks.text(words.WEIGHTS)
    yield from table_lines([speaks.text(one) for one in words.WEIGHTS_HEADER], rows)


def _parts(effect: Effect, speaks: Language) -> Iterator[str]:
    dynamic: Mapping[str, float] = effect.parts.get("dynamic", {})
    rows = [
        [name, digits(value, speaks)]
        for name, value in dynamic.items()
        if not name.startswith("overall")
    ]
    if not rows:
        return
    yield ""
    yield speaks.text(words.SINCE_START)
    yield from table_lines([speaks.text(one) for one in words.PARTS_HEADER], rows)
