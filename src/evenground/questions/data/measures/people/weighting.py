"""Weights that make the data's people add up to the city's: post-stratification and raking.

Raking fits several margins in turn until all agree. It needs somebody in every category; with
nobody there, no weight can help, and that is the answer.
Source: Deming and Stephan (1940), On a least squares adjustment of a sampled frequency table when
the expected marginal totals are known, Annals of Mathematical Statistics 11, 427-444; Holt and
Smith (1979), Post stratification, Journal of the Royal Statistical Society A 142, 33-46; Kish
(1965), Survey Sampling, section 11.7, for the design effect; Potter (1990), A study of procedures
to identify and trim extreme sampling weights, ASA survey research methods, for trimming.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.cannot_tell import CannotTell
from evenground.methods.validation import Flags, Vector, Whole, positive_total, vector, wrong

_MOST_CYCLES = 2_000
_CLOSE = 1e-9
_SAME = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighting:
    """Weights, what they cost, and how well they fit.

    Attributes
    ----------
    weight, shape (n,)
        Mean 1 over those who have all attributes; 0 for the others.
    design_effect
        How many times as large weights make the variance of a mean, 1 or more, if what is measured
        has nothing to do with the weights (Kish 1965).
    effective_size
        As many people drawn at random would tell as much: the number weighted divided by the
        design effect.
    largest_gap
        The largest difference, over all categories of all margins, between the weighted share and
        the share aimed at: the certificate of the fit. Above the tolerance only if trimmed.
    n_cycles
        How often all margins were fitted in turn.
    n_weighted, n_left_out
        How many have all attributes, and how many lack one.
    largest, smallest
        Weight among those weighted, as a multiple of the mean.
    trimmed_at, n_trimmed, moved
        The largest multiple of the mean admitted (``None``: any), how many weights were cut to it,
        and what part of all weight went from them to others, 0-1.
    """

    weight: Vector
    design_effect: float
    effective_size: float
    largest_gap: float
    n_cycles: int
    n_weighted: int
    n_left_out: int
    largest: float
    smallest: float
    trimmed_at: float | None
    n_trimmed: int
    moved: float


def kish_design_effect(weight: ArrayLike) -> float:
    """Return ``n Σ w² / (Σ w)²``, 1 or more (Kish 1965, section 11.7; 1992, JOS 8, 183-200).

    Raises
    ------
    UsageError
        If a weight is negative or missing, or all are 0.
    """
    w = vector("weight", weight)
    return float(w.size * (w @ w) / positive_total("weight", w) ** 2)


def effective_size(weight: ArrayLike) -> float:
    """Return ``(Σ w)² / Σ w²``: how many equal weights would tell as much.

    Raises
    ------
    UsageError
        If a weight is negative or missing, or all are 0.
    """
    w = vector("weight", weight)
    return positive_total("weight", w) ** 2 / float(w @ w)


def post_stratify(
    category: ArrayLike, target: ArrayLike, *, trim_at: float | None = None
) -> Weighting | CannotTell:
    """Return weights that fit one margin, or one cross-classification, exactly.

    Parameters, results and errors are those of ``rake`` with a single margin.
    """
    return rake([category], [target], trim_at=trim_at)


def rake(
    categories: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    *,
    trim_at: float | None = None,
) -> Weighting | CannotTell:
    """Return weights that fit several margins at once.

    Parameters
    ----------
    categories, n_margins of shape (n,)
        Category of everybody in the data on each margin, whole numbers from 0; -1 if not known.
    targets, n_margins of shape (n_categories,)
        People of each category in the population, 0 or more, in any unit: shares are fitted.
    trim_at
        The largest weight admitted, as a multiple of the mean, above 1. What is cut off goes to the
        others in proportion; margins are not fitted again, and ``largest_gap`` says what that does.

    Returns
    -------
    Weighting or CannotTell
        The latter where nobody has all attributes, a category that people belong to has nobody in
        the data, or no weights fit all margins at once.

    Raises
    ------
    UsageError
        If lengths differ, a category is out of range, a target is negative or missing or adds up
        to 0, or ``trim_at`` is not above 1.
    """
    if trim_at is not None and not trim_at > 1:
        raise wrong("trim", N_("trim_at is {trim_at}, not above 1"), trim_at=trim_at)
    shares = [_shares(target) for target in targets]
    codes = _codes(categories, shares)
    known = (codes >= 0).all(axis=0)
    if reason := _nobody_there(codes[:, known], shares):
        return CannotTell(reason=reason)
    cells, of_cell = _cells(codes[:, known])
    n_in_cell = np.bincount(of_cell)
    total, n_cycles = _fitted(cells, n_in_cell / n_in_cell.sum(), shares)
    gap = _largest_gap(cells, total, shares)
    if gap > _CLOSE:
        known_gap = {"gap": gap, "n_cycles": n_cycles}
        return CannotTell(reason=Message(code="reason.weights.no_fit", parameters=known_gap))
    own = total / n_in_cell * n_in_cell.sum()
    cut = _trimmed(own, n_in_cell, trim_at=trim_at)
    weight = np.zeros(known.size)
    weight[known] = cut[of_cell]
    given = weight[known]
    return Weighting(
        weight=weight,
        design_effect=kish_design_effect(given),
        effective_size=effective_size(given),
        largest_gap=_largest_gap(cells, cut * n_in_cell / n_in_cell.sum(), shares),
        n_cycles=n_cycles,
        n_weighted=int(known.sum()),
        n_left_out=int((~known).sum()),
        largest=float(given.max()),
        smallest=float(given.min()),
        trimmed_at=trim_at,
        n_trimmed=int(n_in_cell[own > cut + _SAME].sum()),
        moved=float(np.maximum(own - cut, 0.0) @ n_in_cell / n_in_cell.sum()),
    )


def _shares(target: ArrayLike) -> Vector:
    people = vector("target", target)
    return people / positive_total("target", people)


def _codes(categories: Sequence[ArrayLike], shares: Sequence[Vector]) -> Whole:
    """Return the categories as whole numbers, shape (n_margins, n)."""
    columns = [np.asarray(one) for one in categories]
    fits = len(columns) == len(shares) > 0 and len({one.shape for one in columns}) == 1
    if not fits or columns[0].ndim != 1:
        raise wrong(
            "margins",
            N_("{n_columns} columns of categories of shapes {shapes} for {n_targets} targets"),
            n_columns=len(columns),
            shapes=[one.shape for one in columns],
            n_targets=len(shares),
        )
    codes = np.array(columns, dtype=np.int64)
    for margin, (row, share) in enumerate(zip(codes, shares, strict=True)):
        if ((row < -1) | (row >= share.size)).any():
            raise wrong(
                "class_range",
                N_("categories of margin {margin} run from -1 to {last}"),
                margin=margin,
                last=share.size - 1,
            )
    return codes


def _cells(codes: Whole) -> tuple[Whole, Whole]:
    """Return the combinations that occur, shape (n_margins, n_cells), and which one each is of."""
    cell = np.zeros(codes.shape[1], dtype=np.int64)
    for row in codes:  # one margin after another: numbers stay small, and sorting them is quick
        cell = np.unique(cell * (row.max() + 1) + row, return_inverse=True)[1].astype(np.int64)
    first = np.zeros(int(cell.max()) + 1, dtype=np.int64)
    first[cell] = np.arange(cell.size)
    return codes[:, first], cell


def _nobody_there(codes: Whole, shares: Sequence[Vector]) -> Message | None:
    """Return why there can be no weights, or nothing."""
    if not codes.shape[1]:
        return Message(code="reason.weights.nobody", parameters={})
    for margin, (row, share) in enumerate(zip(codes, shares, strict=True)):
        empty: Flags = (np.bincount(row, minlength=share.size) == 0) & (share > 0)
        if empty.any():
            known = {
                "margin": margin,
                "category": int(np.argmax(empty)),
                "n": int(empty.sum()),
                "share": float(share[empty].sum()),
            }
            return Message(code="reason.weights.empty_category", parameters=known)
    return None


def _fitted(cells: Whole, start: Vector, shares: Sequence[Vector]) -> tuple[Vector, int]:
    """Return the shares of cells after fitting all margins in turn, and how many cycles it took."""
    total = start.copy()
    for cycle in range(1, _MOST_CYCLES + 1):
        before = total
        for row, share in zip(cells, shares, strict=True):
            now = np.bincount(row, total, minlength=share.size)
            factor = np.divide(share, now, out=np.zeros_like(share), where=now > 0)
            total = total * factor[row]
        if np.abs(total - before).max() < _SAME and _largest_gap(cells, total, shares) <= _CLOSE:
            return total, cycle
    return total, _MOST_CYCLES


def _largest_gap(cells: Whole, total: Vector, shares: Sequence[Vector]) -> float:
    return max(
        float(np.abs(np.bincount(row, total, minlength=share.size) - share).max())
        for row, share in zip(cells, shares, strict=True)
    )


def _trimmed(weight: Vector, times: Whole, *, trim_at: float | None) -> Vector:
    """Return weights of mean 1, none above ``trim_at``; what is cut off goes to the others."""
    if trim_at is None or weight.max() <= trim_at:
        return weight
    kept = weight
    for _ in range(weight.size):  # each round brings at least one more weight to the limit
        above = kept >= trim_at
        room = times.sum() - trim_at * times[above].sum()
        free = float(kept[~above] @ times[~above])
        kept = np.where(above, trim_at, kept * (room / free if free > 0 else 0.0))
        if kept.max() <= trim_at * (1 + _SAME):
            break
    return np.minimum(kept, trim_at)
