"""What people said, and where: by consent and audience."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

if TYPE_CHECKING:
    import geopandas as gpd

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
    audience: str,
    places: Mapping[str, gpd.GeoDataFrame],
    *,
    kept: Mapping[str, NDArray[np.bool_]] | None = None,
) -> dict[str, Any]:
    """Return the places that an edition may be drawn from.

    Exact points of people (tables with a ``consent`` column) never reach the public edition. Tables
    that lost rows (``Edition.kept``) are cut alike.
    """
    cut = kept or {}
    return {
        name: frame[cut[name]].reset_index(drop=True) if name in cut else frame
        for name, frame in places.items()
        if audience != "public" or "consent" not in frame.columns
    }
