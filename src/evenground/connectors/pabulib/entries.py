"""What each voter named, with points, as positions of projects: half a million ballots at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from evenground.connectors.pabulib.amounts import amount, common_scale
from evenground.connectors.pabulib.arrow import functions
from evenground.connectors.pabulib.rows import Rows

if TYPE_CHECKING:
    import pyarrow as pa

Whole = NDArray[np.int64]
UNKNOWN = -1
_LARGEST = 2**62
NO_NUMBER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listed:
    """Cells that list items between commas, one row per voter.

    Attributes
    ----------
    starts, shape (n + 1,)
        Voter ``i`` listed the items ``starts[i]`` to ``starts[i + 1]``.
    items, length nnz
        Items without spaces around them; empty ones are left out.
    spaced, shape (n,)
        Whether spaces stand around an item.
    """

    starts: Whole
    items: pa.Array
    spaced: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Points in whole units.

    Attributes
    ----------
    values, shape (nnz,)
        Units of points; ``NO_NUMBER`` where a text is no number.
    scale
        Units per point.
    """

    values: Whole
    scale: int


def listed(rows: Rows, column: str) -> Listed:
    """Return the items of a column of lists."""
    import pyarrow as pa

    pc = functions()

    cells = pa.concat_arrays(rows.column(column).chunks or [pa.array([], pa.string())])
    lists = pc.split_pattern(cells, ",")
    owner = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int64)
    raw = pc.list_flatten(lists)
    items = pc.utf8_trim_whitespace(raw)
    filled = pc.not_equal(items, "").to_numpy(zero_copy_only=False)
    spaced = np.zeros(rows.n_rows, dtype=np.bool_)
    spaced[owner[pc.not_equal(raw, items).to_numpy(zero_copy_only=False)]] = True
    if not filled.all():
        items, owner = items.filter(pa.array(filled)), owner[filled]
    counts = np.bincount(owner, minlength=rows.n_rows)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return Listed(starts=starts, items=items, spaced=spaced)


def positions(items: pa.Array, names: list[str]) -> Whole:
    """Return where each item stands among names, shape (nnz,); ``UNKNOWN`` where it does not."""
    import pyarrow as pa

    pc = functions()

    found = pc.index_in(items, value_set=pa.array(names, pa.string()))
    return pc.fill_null(found, UNKNOWN).to_numpy(zero_copy_only=False).astype(np.int64)


def points_of(items: pa.Array) -> Points:
    """Return texts as points in a unit of which all of them are whole."""
    import pyarrow as pa

    encoded = items.dictionary_encode()
    texts: list[str] = encoded.dictionary.to_pylist()
    numbers = [amount(text) for text in texts]
    scale = common_scale(number for number in numbers if number is not None)
    whole = [None if number is None else int(number * scale) for number in numbers]
    each = np.array(
        [NO_NUMBER if unit is None or abs(unit) > _LARGEST else unit for unit in whole],
        dtype=np.int64,
    )
    at = encoded.indices.to_numpy(zero_copy_only=False)
    values = each[at] if isinstance(items, pa.Array) and len(items) else np.zeros(0, np.int64)
    return Points(values=values, scale=scale)
