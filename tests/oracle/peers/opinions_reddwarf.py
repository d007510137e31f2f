"""red-dwarf's components, positions and statement statistics; reads work, prints one JSON line."""

from __future__ import annotations

import json
import sys
import warnings

try:
    import numpy as np
    import pandas as pd
    from reddwarf.implementations.polis import run_pipeline
    from reddwarf.utils.stats import (
        calculate_comment_statistics,
        calculate_comment_statistics_dataframes,
        select_representative_statements,
    )
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
work = json.load(sys.stdin)
votes = np.array(work["votes"], dtype=float)
listed = [
    {"participant_id": who, "statement_id": what, "vote": int(votes[who, what])}
    for who, what in np.argwhere(~np.isnan(votes)).tolist()
]
found = run_pipeline(votes=listed, mod_out_statement_ids=work["out"], random_state=1)
labels = np.array(work["labels"])
table = pd.DataFrame(votes)
names = ("seen", "counts", "share", "ratio", "test", "against", "consensus")
counted = calculate_comment_statistics(table, labels)
by_group, _consensus = calculate_comment_statistics_dataframes(table, labels)
chosen = select_representative_statements(by_group, mod_out_statement_ids=work["out"])
sys.stdout.write(
    json.dumps(
        {
            "centre": found.reducer.mean_.tolist(),
            "axes": found.reducer.components_.tolist(),
            "positions": np.array(list(found.participant_projections.values())).tolist(),
            "representative": {
                str(group): [[one["tid"], one["repful-for"]] for one in listed_for]
                for group, listed_for in chosen.items()
            },
            **{name: np.asarray(one).tolist() for name, one in zip(names, counted, strict=True)},
        }
    )
    + "\n"
)
