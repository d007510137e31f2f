"""How ``--decay`` is written: the name of an impedance function and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from evenground.errors import Place, ProblemKind, UsageError, nearest_name
from evenground.language import N_

if TYPE_CHECKING:
    from evenground.methods.accessibility.decay import Decay

FORMS: Mapping[str, str] = {
    "binary": "binary:500",
    "linear": "linear:500",
    "gaussian": "gaussian:250",
    "gaussian-catchment": "gaussian-catchment:500",
    "exponential": "exponential:0.004",
    "power": "power:2/100",
    "log-logistic": "log-logistic:400/3",
    "bands": "bands:10/20/30=1/0.68/0.22",
}
NO_DECAY = ProblemKind(
    code="unknown_decay",
    what=N_("{value} is no impedance function that is known here."),
    rule=N_("It says how much less a place counts the farther it is."),
    way_out=N_("Write one such as: {known}."),
    suggestion=N_("Did you mean {nearest}? It is written {example}."),
)
NO_NUMBERS = ProblemKind(
    code="decay_numbers",
    what=N_("The numbers of {value} cannot be read."),
    rule=N_("Each impedance function has its own numbers, above 0."),
    way_out=N_("Write it like {example}."),
)


def read_decay(text: str) -> Decay:
    """Return the impedance function that a text such as ``gaussian:500`` names.

    Raises
    ------
    UsageError
        If there is none of that name, or its numbers are not as it wants them.
    """
    name, _, numbers = text.strip().partition(":")
    if name not in FORMS:
        near = nearest_name(name, FORMS)
        raise UsageError(
            NO_DECAY.at(
                Place(), value=name, nearest=near, known=", ".join(FORMS.values()),
                example=FORMS.get(near, ""),
            )
        )  # fmt: skip
    try:
        first, _, second = numbers.partition("=")
        return _made(name, _numbers(first), _numbers(second) if second else ())
    except (ValueError, TypeError) as error:
        raise UsageError(NO_NUMBERS.at(Place(), value=text, example=FORMS[name])) from error


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split("/"))


def _made(name: str, numbers: tuple[float, ...], weights: tuple[float, ...]) -> Decay:
    from evenground.methods.accessibility import decay as known

    if name == "bands":
        return known.Bands(numbers, weights)
    if weights:
        raise ValueError(name)
    makers: Mapping[str, Callable[..., Decay]] = {
        "binary": known.Binary,
        "linear": known.Linear,
        "gaussian": known.Gaussian,
        "gaussian-catchment": known.GaussianCatchment,
        "exponential": known.Exponential,
        "power": known.InversePower,
        "log-logistic": known.LogLogistic,
    }
    return makers[name](*numbers)
