"""Evenground's pass over all series, out of process as its peers are: as arrays, or by windows."""

from __future__ import annotations

from audit_measuring import measured, work

from evenground.questions.data.measures.series.fold import series_fold
from evenground.questions.data.measures.windowed.audit import windowed_audit
from evenground.questions.data.measures.windowed.moments import microseconds
from evenground.stores.engines.asking import run_asking
from evenground.stores.engines.opening import duckdb_connection
from evenground.stores.engines.running import run_fold

todo = work()
VALUES = tuple(todo["values"])
COUNTED = {
    "n_stuck_runs": "stuck_runs", "n_spikes": "spikes", "n_null": "nulls",
    "n_zero_runs": "zero_runs",
    "n_out_of_range": "out_of_range", "n_sentinels": "sentinels",
}  # fmt: skip
OF_ROWS = {"n_gaps": "gaps", "n_inversions": "order_inversions", "n_late": "late_arrivals"}

with duckdb_connection(threads=todo["threads"]) as connection:
    table = connection.read_parquet(todo["path"], table_name="readings", file_row_number=True)
    over = table.select(
        "sensor", *VALUES, time=microseconds(table.time), arrived=microseconds(table.arrived),
        row=table.file_row_number,
    )  # fmt: skip

    def audit() -> dict[str, int]:
        """Look at everything, and say how much was found."""
        if todo["mode"] == "windows":
            folded = run_asking(windowed_audit(over, VALUES), connection)
        else:
            folded = run_fold(series_fold(over, VALUES))
        entries = [entry for row in folded["values"].to_pylist() for entry in row]
        found = {check: sum(e[name] or 0 for e in entries) for name, check in COUNTED.items()}
        for name, check in OF_ROWS.items():
            found[check] = sum(n or 0 for n in folded[name].to_pylist())
        again = (folded["n_exact"].to_pylist(), folded["n_conflicting"].to_pylist())
        return {**found, "duplicates": sum(map(sum, again)), "series": folded.num_rows}

    measured(audit, rounds=todo["rounds"], warm=todo.get("warm", False))
