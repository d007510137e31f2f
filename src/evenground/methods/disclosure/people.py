"""What people said, and where: by consent and audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

if TYPE_CHECKING:
    import geopandas as gpd

    from evenground.methods.disclosure.disclose import Disclosed

AUDIENCES = ("public", "internal")


def accounts_for(audience: str, accounts: pa.Table) -> NDArray[np.bool_]:
    """Say which accounts an edition may show: a mask over the rows.

    Public: consent ``public`` only. Internal: all but ``withdrawn``. No stated consent counts as
    ``internal``.
    """
    consent = np.array(
        [value or "internal" for value in accounts.column("consent").to_pylist()], dtype=object
    )
    if audience == "public":
        return np.asarray(consent == "public", dtype=np.bool_)
    return np.asarray(consent != "withdrawn", dtype=np.bool_)


def places_for(
    audience: str, places: Mapping[str, gpd.GeoDataFrame], disclosed: Disclosed
) -> dict[str, Any]:
    """Return the places that an edition may be drawn from: same rows and numbers as its tables.

    Exact points of people (places with a ``consent`` column) never reach the public edition.

    Parameters
    ----------
    places
        Frames with the same rows in the same order as the tables that ``disclosed`` was made from.
    """
    found: dict[str, Any] = {}
    for name, frame in places.items():
        if audience == "public" and "consent" in frame.columns:
            continue
        if name in disclosed.kept:
            frame = frame[disclosed.kept[name]].reset_index(drop=True)  # noqa: PLW2901 - cut, then told
        if name in disclosed.suppressed:
            table = disclosed.tables[name]
            shared = [column for column in table.column_names if column in frame.columns]
            told = {column: table.column(column).to_pandas().to_numpy() for column in shared}
            frame = frame.assign(**told)  # noqa: PLW2901 - the same place with public numbers
        found[name] = frame
    return found
