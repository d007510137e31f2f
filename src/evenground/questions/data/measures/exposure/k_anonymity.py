"""k-anonymity: how many rows are alike in what others may know of a person.

Source: Sweeney (2002), "k-anonymity: a model for protecting privacy", International Journal of
Uncertainty, Fuzziness and Knowledge-Based Systems 10, 557-570.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.validation import Whole, wrong

DEFAULT_K = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class KAnonymity:
    """Rows by the size of the class in which they are alike.

    Attributes
    ----------
    k
        Size of the smallest class: the table is k-anonymous.
    n_rows, n_classes
        Rows and classes.
    n_unique
        Rows that no other row is like.
    least, n_below
        Size asked for, and rows in smaller classes.
    """

    k: int
    n_rows: int
    n_classes: int
    n_unique: int
    least: int
    n_below: int

    @property
    def share_unique(self) -> float:
        """Share of rows that no other row is like, 0-1."""
        return self.n_unique / self.n_rows

    @property
    def share_below(self) -> float:
        """Share of rows in classes smaller than ``least``, 0-1."""
        return self.n_below / self.n_rows

    def definition(self, quasi: Sequence[str]) -> Message:
        """Return what was counted, with the quasi-identifiers by name."""
        parameters = {"names": tuple(quasi), "least": self.least}
        return Message(code="definition.k_anonymity", parameters=parameters)


def k_anonymity(
    sizes: ArrayLike, classes: ArrayLike | None = None, *, least: int = DEFAULT_K
) -> KAnonymity | None:
    """Return the k-anonymity of a table from the sizes of its classes; ``None`` without rows.

    Parameters
    ----------
    sizes, shape (n,)
        Rows of each class, at least 1; or distinct sizes, with ``classes``.
    classes, shape (n,)
        How many classes are of each size (``class_sizes``); ``None`` takes one each.
    least
        Size asked for, at least 1.

    Raises
    ------
    UsageError
        If a size or a number of classes is below 1, or lengths differ.
    """
    size: Whole = np.asarray(sizes, dtype=np.int64)
    many = np.ones(size.size, np.int64) if classes is None else np.asarray(classes, np.int64)
    if size.shape != many.shape or (size < 1).any() or (many < 1).any() or least < 1:
        raise wrong(
            "class_size",
            N_("sizes {sizes} and classes {classes} must be alike and at least 1, as must {least}"),
            sizes=size.shape, classes=many.shape, least=least,
        )  # fmt: skip
    if not size.size:
        return None
    rows = size * many
    return KAnonymity(
        k=int(size.min()),
        n_rows=int(rows.sum()),
        n_classes=int(many.sum()),
        n_unique=int(rows[size == 1].sum()),
        least=least,
        n_below=int(rows[size < least].sum()),
    )
