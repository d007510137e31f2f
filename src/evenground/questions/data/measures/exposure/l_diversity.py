"""l-diversity: how varied the secret is among rows that are alike, and so how far they keep it.

Source: Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam (2007), "l-diversity: privacy beyond
k-anonymity", ACM Transactions on Knowledge Discovery from Data 1(1), article 3: distinct and
entropy l-diversity. t-closeness: Li, Li and Venkatasubramanian (2007), ICDE, 106-115, with the
equal distance of categories, which is half the sum of absolute differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message, settled
from evenground.language import N_
from evenground.methods.validation import Vector, Whole, wrong

DEFAULT_L = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LDiversity:
    """The secret among rows that are alike.

    Attributes
    ----------
    distinct
        Fewest different values in a class: the table is distinct ``distinct``-diverse.
    entropy
        ``exp`` of the least entropy of a class: the table is entropy ``entropy``-diverse. 1 where a
        class has one value only; never above ``distinct``.
    n_rows
        Rows.
    n_given_away
        Rows in classes where all share one value: who is known to be in the class, is known.
    least, n_below
        Different values asked for, and rows in classes with fewer.
    most_likely
        Largest share of a class that has one value, 0-1: how sure a guess can be at most.
    """

    distinct: int
    entropy: float
    n_rows: int
    n_given_away: int
    least: int
    n_below: int
    most_likely: float

    def definition(self, quasi: Sequence[str], sensitive: str) -> Message:
        """Return what was counted, with the columns by name."""
        parameters = {"names": tuple(quasi), "sensitive": sensitive, "least": self.least}
        return Message(code="definition.l_diversity", parameters=parameters)


def l_diversity(classes: Mapping[str, ArrayLike], *, least: int = DEFAULT_L) -> LDiversity | None:
    """Return the l-diversity of a table from its classes; ``None`` without rows.

    Parameters
    ----------
    classes, each of shape (n,)
        Columns ``size``, ``distinct``, ``largest``, ``classes`` and ``entropy``, as
        ``class_diversity`` or ``diversity_of`` give them.
    least
        Different values asked for, at least 1.

    Raises
    ------
    UsageError
        If ``least`` is below 1.
    """
    if least < 1:
        raise wrong("least", N_("least is {least}"), least=least)
    size, distinct, largest, many = (
        np.asarray(classes[name], dtype=np.int64)
        for name in ("size", "distinct", "largest", "classes")
    )
    if not size.size:
        return None
    rows = size * many
    entropy = float(np.exp(np.asarray(classes["entropy"], dtype=np.float64).min()))
    return LDiversity(
        distinct=int(distinct.min()),
        entropy=settled(min(max(entropy, 1.0), float(distinct.min()))),
        n_rows=int(rows.sum()),
        n_given_away=int(rows[distinct == 1].sum()),
        least=least,
        n_below=int(rows[distinct < least].sum()),
        most_likely=float((largest / size).max()),
    )


def diversity_of(class_code: ArrayLike, secret: ArrayLike) -> dict[str, Vector | Whole]:
    """Return the columns that ``l_diversity`` reads, one entry for each class, from arrays.

    Parameters
    ----------
    class_code, secret, shape (n,)
        Class of each row (``class_codes``) and code of its sensitive value, whole numbers from 0.
    """
    _, _, held, of_class = _held(class_code, secret)
    size = np.bincount(of_class, weights=held).astype(np.int64)
    largest = np.zeros(size.size, dtype=np.int64)
    np.maximum.at(largest, of_class, held)
    spread = np.bincount(of_class, weights=held * np.log(held))
    return {
        "size": size,
        "distinct": np.bincount(of_class),
        "largest": largest,
        "classes": np.ones(size.size, dtype=np.int64),
        "entropy": np.log(np.maximum(size, 1)) - spread / np.maximum(size, 1),
    }


def t_closeness(class_code: ArrayLike, secret: ArrayLike) -> float | None:
    """Return the largest distance between a class's secret values and the whole table's, 0-1.

    0: knowing the class tells nothing more than the table does. ``None`` without rows. Parameters
    as in ``diversity_of``.
    """
    classes, secrets, held, of_class = _held(class_code, secret)
    if not held.size:
        return None
    n_classes, n_secrets = int(classes.max()) + 1, int(secrets.max()) + 1
    size = np.bincount(classes, weights=held, minlength=n_classes)
    whole = np.bincount(secrets, weights=held, minlength=n_secrets) / held.sum()
    part = held / size[of_class]
    # Values that a class lacks add their share of the table; half of all differences is the sum.
    more = np.bincount(of_class, np.maximum(part - whole[secrets], 0.0), n_classes)
    return float(more.max())


def _held(class_code: ArrayLike, secret: ArrayLike) -> tuple[Whole, Whole, Whole, Whole]:
    """Return class, secret value and rows of each pair that occurs; classes numbered from 0."""
    one, other = np.asarray(class_code), np.asarray(secret)
    if one.shape != other.shape or one.ndim != 1:
        raise wrong(
            "secret_shape",
            N_("classes have shape {classes}, secrets {secrets}"),
            classes=one.shape, secrets=other.shape,
        )  # fmt: skip
    codes = [np.unique(array, return_inverse=True)[1].reshape(-1) for array in (one, other)]
    pairs, held = np.unique(np.column_stack(codes), axis=0, return_counts=True)
    pairs = pairs.reshape(-1, 2).astype(np.int64)
    return pairs[:, 0], pairs[:, 1], held.astype(np.int64), pairs[:, 0]
