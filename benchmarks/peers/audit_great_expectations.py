"""Great Expectations on pandas: nulls, ranges, repeated keys, delay; no gaps, runs or spikes."""

from __future__ import annotations

import sys
import warnings

from audit_measuring import measured, work

try:
    import great_expectations as gx
    import pandas as pd
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

warnings.filterwarnings("ignore")
todo = work()


def audit() -> dict[str, int]:
    """Validate, and say how many unexpected rows each expectation met."""
    table = pd.read_parquet(todo["path"])
    table["delay"] = (table["arrived"] - table["time"]).dt.total_seconds()
    table["step"] = table.sort_values("time").groupby("sensor")["time"].diff().dt.total_seconds()
    source = gx.get_context(mode="ephemeral").data_sources.add_pandas("readings")
    batch = source.add_dataframe_asset("readings").add_batch_definition_whole_dataframe("all")
    expect = gx.expectations
    wanted = [
        expect.ExpectCompoundColumnsToBeUnique(column_list=["sensor", "time"]),
        expect.ExpectColumnValuesToBeBetween(column="delay", max_value=900),
        expect.ExpectColumnValuesToBeBetween(column="step", max_value=450),
        *(expect.ExpectColumnValuesToNotBeNull(column=name) for name in todo["values"]),
        *(
            expect.ExpectColumnValuesToBeBetween(column=name, min_value=-50, max_value=500)
            for name in todo["values"]
        ),
    ]
    suite = gx.ExpectationSuite(name="audit", expectations=wanted)
    done = batch.get_batch(batch_parameters={"dataframe": table}).validate(suite)
    return {
        f"{i} {one.expectation_config.type}": int(one.result.get("unexpected_count", 0))
        for i, one in enumerate(done.results)
    }


measured(audit, rounds=todo["rounds"])
