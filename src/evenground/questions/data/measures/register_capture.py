"""How much of a register data capture, and how much of the data no register knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.exact_limits import share_limits, tail
from evenground.methods.validation import wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Data held against a register, thing by thing.

    Attributes
    ----------
    matched, only_in_data, only_in_register
        Things in both, and in one alone; each counts once, however often it is listed.
    captured, captured_low, captured_high
        Share of the register that the data have, 0-1, with exact limits for the share among all
        such things that the register stands for.
    unknown, unknown_low, unknown_high
        Share of the data that the register does not know, 0-1, with exact limits.
    confidence
        Of the limits, 0-1.
    estimated_total, estimated_low, estimated_high
        How many things there are, those in neither list too (Chapman 1951): an estimate, right
        only if being in one list has nothing to do with being in the other, and all matches are
        found. ``nan`` if fewer than seven things match, when the estimate is biased.
    """

    matched: int
    only_in_data: int
    only_in_register: int
    captured: float
    captured_low: float
    captured_high: float
    unknown: float
    unknown_low: float
    unknown_high: float
    confidence: float
    estimated_total: float
    estimated_low: float
    estimated_high: float


ENOUGH_MATCHES = 7
"""Robson and Regier (1964): with fewer the estimate's bias may not be neglected."""


def register_capture(
    data: Iterable[str], register: Iterable[str] | None, *, confidence: float = 0.95
) -> Capture | CannotTell:
    """Return how much of a register data capture.

    Parameters
    ----------
    data, register
        Identifiers of things, as both write them; empty ones are left out.
    confidence
        Of all limits, 0-1.

    Returns
    -------
    Capture or CannotTell
        ``CannotTell`` without a register, or where one of the lists is empty.

    Raises
    ------
    UsageError
        If ``confidence`` is not inside 0-1.

    Notes
    -----
    Source: Clopper and Pearson (1934) for shares; Chapman (1951), University of California
    Publications in Statistics 1, 131-160, with the variance of Seber (1970), Biometrics 26, 13-22,
    and log-normal limits of the number in neither list (Burnham et al. 1987, American Fisheries
    Society Monograph 5, section 2.1).
    """
    tail(confidence)
    seen = {one for one in data if one}
    known = {one for one in register or () if one}
    if not seen or not known:
        code = "reason.no_register" if register is None else "reason.register_empty"
        return CannotTell(reason=Message(code=code))
    return captured_of(
        len(seen & known), len(seen - known), len(known - seen), confidence=confidence
    )


def captured_of(
    matched: int, only_in_data: int, only_in_register: int, *, confidence: float = 0.95
) -> Capture:
    """Return the same from counts.

    Raises
    ------
    UsageError
        If a count is negative, or nothing is in the data or in the register.
    """
    n_data, n_register = matched + only_in_data, matched + only_in_register
    if min(matched, only_in_data, only_in_register) < 0 or not n_data or not n_register:
        raise wrong(
            "capture_counts",
            N_("{matched} matched, {data} only in the data, {register} only in the register"),
            matched=matched, data=only_in_data, register=only_in_register,
        )  # fmt: skip
    captured = share_limits(matched, n_register, confidence=confidence)
    unknown = share_limits(only_in_data, n_data, confidence=confidence)
    total, low, high = _chapman(matched, n_data, n_register, confidence)
    return Capture(
        matched=matched, only_in_data=only_in_data, only_in_register=only_in_register,
        captured=matched / n_register,
        captured_low=float(captured[0]), captured_high=float(captured[1]),
        unknown=only_in_data / n_data,
        unknown_low=float(unknown[0]), unknown_high=float(unknown[1]),
        confidence=confidence,
        estimated_total=total, estimated_low=low, estimated_high=high,
    )  # fmt: skip


def _chapman(
    matched: int, n_data: int, n_register: int, confidence: float
) -> tuple[float, float, float]:
    """Return Chapman's estimate of all things with log-normal limits; ``nan`` if few match."""
    from scipy import special

    if matched < ENOUGH_MATCHES:
        return np.nan, np.nan, np.nan
    total = (n_data + 1) * (n_register + 1) / (matched + 1) - 1
    variance = (n_data + 1) * (n_register + 1) * (n_data - matched) * (n_register - matched)
    variance /= (matched + 1) ** 2 * (matched + 2)
    listed = n_data + n_register - matched
    missed = total - listed
    if variance == 0 or missed <= 0:
        return total, float(listed), total
    z = float(special.ndtri(1 - tail(confidence)))
    spread = float(np.exp(z * np.sqrt(np.log1p(variance / missed**2))))
    return total, listed + missed / spread, listed + missed * spread
