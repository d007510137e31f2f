"""What a restriction on trends implies: moments that are at most 0, as vertices of a dual.

A restriction says that for the trend ``d`` some rows obey ``A d <= c``. With ``y = A betas - c``
and the effects of periods that are not asked for free, an effect ``t`` is admitted if the least
``eta`` with ``y(t) - X free <= eta sd`` is at most 0. Its dual is the greatest of ``g' y(t)`` over
``g >= 0, g' sd = 1, g' X = 0`` (Andrews, Roth and Pakes 2023, Review of Economic Studies 90,
2763-2791, section 4). Where every row bounds one change from both sides and there are as many
changes as periods after the start, ``X`` leaves one direction, so that the dual has n_post + 2
vertices, written out here: nothing has to be solved.

The direction: change ``i`` has the weight ``w_i``, so that the weighted changes add up to the
effect and the trend's part in it. Two vertices put ``|w_i|`` on the upper rows where ``w_i > 0``
and on the lower ones elsewhere, or the other way round; the others put equal weights on both rows
of one change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenground.methods.validation import Vector
from evenground.questions.promise.measures.honest.event_study import EventStudy

_NO_ERROR = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Vertices of each piece of a restriction; the restriction is the union of its pieces.

    The value of vertex v of piece p at an effect ``t`` is
    ``at_zero[p, v] - on_effect[p, v] * t``: vertex 0 falls with the effect, vertex 1 rises.

    Attributes
    ----------
    at_zero, shape (n_pieces, n_post + 2)
        Values at the effect 0, without unit.
    on_effect, shape (n_pieces, n_post + 2)
        By how much a value falls as the effect rises by one unit.
    covariance, shape (n_pieces, n_post + 2, n_post + 2)
        Of the values.
    on_betas, shape (n_pieces, n_post + 2, n_pre + n_post)
        What each value takes of each coefficient.
    """

    at_zero: Vector
    on_effect: Vector
    covariance: Vector
    on_betas: Vector


def first_differences(study: EventStudy) -> Vector:
    """Return the matrix from coefficients to changes from period to period, the reference at 0.

    Shape (n_pre + n_post, n_pre + n_post); the first ``n_pre`` rows are changes before the start.
    """
    n, n_pre = study.betas.size, study.n_pre
    with_reference = np.diff(np.eye(n + 1), axis=0)
    return np.delete(with_reference, n_pre, axis=1)


def relative_magnitudes_pieces(study: EventStudy, bound: float) -> Pieces:
    """Return the pieces of "no change after the start exceeds ``bound`` times the greatest before".

    One piece for each change before the start and each sign: that one is the greatest. As in the
    authors' own program only rows with a period after the start are used.

    Source: Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591, section 2.4.1.
    """
    changes = first_differences(study)
    before = changes[: study.n_pre]
    greatest = np.concatenate([before, -before])
    allowed = bound * greatest
    weights = np.cumsum(study.weights[::-1])[::-1]
    return _two_sided(study, changes[study.n_pre :], weights, allowed, np.zeros(len(allowed)))


def smoothness_pieces(study: EventStudy, bound: float) -> Pieces:
    """Return the one piece of "from period to period no slope changes by more than ``bound``".

    Only rows with a period after the start are used.

    Source: Rambachan and Roth (2023), section 2.4.2.
    """
    bends = np.diff(first_differences(study), axis=0)[study.n_pre - 1 :]
    weights = bend_weights(study.weights)
    none = np.zeros((1, study.betas.size))
    return _two_sided(study, bends, weights, none, np.array([bound]))


def bend_weights(weights: Vector) -> Vector:
    """Return by how much the effect's bias rises with each change of slope, shape (n_post,).

    Entry ``j`` is the sum over later periods of their weight times the periods since ``j``.
    """
    return np.cumsum(np.cumsum(weights[::-1]))[::-1]


def _two_sided(
    study: EventStudy, rows: Vector, weights: Vector, allowed: Vector, constant: Vector
) -> Pieces:
    """Return the vertices of ``|rows @ trend| <= allowed @ trend + constant``, by piece.

    ``rows`` is (n_post, n), ``weights`` (n_post,), ``allowed`` (n_pieces, n), ``constant``
    (n_pieces,).
    """
    n_post = len(rows)
    upper = rows[None] - allowed[:, None]  # (n_pieces, n_post, n)
    lower = -rows[None] - allowed[:, None]
    sd_upper, sd_lower = _sd(study, upper), _sd(study, lower)
    positive, negative = np.maximum(weights, 0), np.maximum(-weights, 0)
    reach = np.abs(weights).sum()
    falls = sd_upper @ positive + sd_lower @ negative
    rises = sd_upper @ negative + sd_lower @ positive
    pair = (sd_upper + sd_lower) / 2
    signed = (weights @ rows)[None]
    on_betas = np.concatenate(
        [
            ((signed - reach * allowed) / falls[:, None])[:, None],
            ((-signed - reach * allowed) / rises[:, None])[:, None],
            -allowed[:, None] / pair[:, :, None],
        ],
        axis=1,
    )
    taken = constant[:, None] * np.concatenate(
        [reach / falls[:, None], reach / rises[:, None], 1 / pair], axis=1
    )
    on_effect = np.zeros((len(allowed), n_post + 2))
    on_effect[:, 0], on_effect[:, 1] = 1 / falls, -1 / rises
    return Pieces(
        at_zero=on_betas @ study.betas - taken,
        on_effect=on_effect,
        covariance=on_betas @ study.covariance @ on_betas.transpose(0, 2, 1),
        on_betas=on_betas,
    )


def _sd(study: EventStudy, rows: Vector) -> Vector:
    """Return the standard deviations of rows of moments, none of them quite 0."""
    variance = np.einsum("pin,nm,pim->pi", rows, study.covariance, rows)
    least = _NO_ERROR * float(np.diag(study.covariance).max())
    return np.sqrt(np.maximum(variance, least))
