"""PySAL access: sums in reach, 2SFCA, E2SFCA and 3SFCA; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import pandas as pd
    from access import Access, weights
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
origins, sites = range(len(work["demand"])), range(len(work["supply"]))
town = Access(
    demand_df=pd.DataFrame({"id": origins, "people": work["demand"]}),
    demand_index="id",
    demand_value="people",
    supply_df=pd.DataFrame({"id": sites, "places": work["supply"]}),
    supply_index="id",
    supply_value="places",
    cost_df=pd.DataFrame({name: work[name] for name in ("origin", "dest", "cost")}),
    cost_origin="origin",
    cost_dest="dest",
    cost_name="cost",
)
functions = {
    "bands": weights.step_fn(dict(zip(work["ends"], work["weights"], strict=True))),
    "gaussian": weights.gaussian(work["sigma"]),
    "power": weights.gravity(scale=work["least"], alpha=-work["exponent"], min_dist=work["least"]),
}


def column(found: pd.DataFrame) -> list[float | None]:
    """Return one value for each origin, ``None`` where the peer has none."""
    values = found.iloc[:, 0].reindex(origins)
    return [None if pd.isna(value) else float(value) for value in values]


found = {
    "catchment": column(town.weighted_catchment(name="a", max_cost=work["reach"])),
    "two_step": column(town.two_stage_fca(name="b", max_cost=work["reach"])),
}
for name, function in functions.items():
    found[f"gravity_{name}"] = column(town.weighted_catchment(name=f"c{name}", weight_fn=function))
    found[f"enhanced_{name}"] = column(
        town.enhanced_two_stage_fca(name=f"d{name}", weight_fn=function)
    )
    found[f"three_step_{name}"] = column(town.three_stage_fca(name=f"e{name}", weight_fn=function))
sys.stdout.write(json.dumps(found) + "\n")
