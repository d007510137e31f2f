"""Print the weights that `balance` rakes: categories of a sample, and shares of each margin."""

from __future__ import annotations

import json
import logging
import sys
import warnings

import pandas as pd

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

from balance import Sample  # noqa: E402 - it speaks while it loads

work = json.load(sys.stdin)
names = [f"margin_{i}" for i in range(len(work["categories"]))]
people = {
    name: [f"c{code}" for code in codes]
    for name, codes in zip(names, work["categories"], strict=True)
}
sample = Sample.from_frame(
    pd.DataFrame({**people, "id": [str(i) for i in range(len(people[names[0]]))]})
)
rows = {
    name: [f"c{code}" for code, n in enumerate(target) for _ in range(n)]
    for name, target in zip(names, work["targets"], strict=True)
}
target = Sample.from_frame(
    pd.DataFrame({**rows, "id": [str(i) for i in range(len(rows[names[0]]))]})
)
adjusted = sample.set_target(target).adjust(
    method="rake", variables=names, transformations=None, max_iteration=1_000,
    convergence_rate=1e-12, weight_trimming_mean_ratio=None,
)  # fmt: skip
weights = adjusted.df.set_index("id")["weight"]
design_effect = float(adjusted.weights().design_effect())
shown = {
    "weights": [float(weights[str(i)]) for i in range(len(weights))],
    "design_effect": design_effect,
}
sys.stdout.write(json.dumps(shown) + "\n")
