"""DuckDB alone: one scan of all columns, or eight plain queries, one for each check."""
# ruff: noqa: S608 - the names in these queries come from the benchmark beside

from __future__ import annotations

import sys

from audit_measuring import measured, work

try:
    import duckdb
except ImportError as missing:
    sys.exit(f"no peer: {missing}")

todo = work()
connection = duckdb.connect()
connection.execute(f"SET threads = {todo['threads']}")
connection.execute(
    f"CREATE VIEW readings AS SELECT * FROM read_parquet('{todo['path']}', file_row_number = true)"
)
VALUES = todo["values"]
ENDS = ", ".join(f"sum({v}), min({v}), max({v})" for v in VALUES)
SCAN = f"""SELECT min(sensor), max(sensor), min(time), max(time), min(arrived), max(arrived), {ENDS}
           FROM readings"""
BY_TIME = "OVER (PARTITION BY sensor ORDER BY time)"
EACH = {
    "duplicates": "SELECT count(*) - count(DISTINCT (sensor, time)) FROM readings",
    "gaps": f"""SELECT count(*) FROM (SELECT time - lag(time) {BY_TIME} AS step FROM readings)
                WHERE step >= INTERVAL 450 SECOND""",
    "nulls": f"SELECT {' + '.join(f'count(*) - count({v})' for v in VALUES)} FROM readings",
    "out_of_range": "SELECT "
    + " + ".join(f"count(*) FILTER ({v} NOT BETWEEN -50 AND 500)" for v in VALUES)
    + " FROM readings",
    "stuck_runs": " UNION ALL ".join(
        f"""SELECT count(*) FROM (SELECT count(*) AS n FROM (
            SELECT sensor, {v}, sum(new) {BY_TIME} AS run FROM (
            SELECT sensor, time, {v}, CAST({v} IS DISTINCT FROM lag({v}) {BY_TIME} AS INT) AS new
            FROM readings)) WHERE {v} IS NOT NULL GROUP BY sensor, run HAVING count(*) >= 12)"""
        for v in VALUES
    ),
    "spikes": " UNION ALL ".join(
        f"""SELECT count(*) FROM (SELECT {v} - lag({v}) {BY_TIME} AS up,
            {v} - lead({v}) {BY_TIME} AS down FROM readings)
            WHERE up * down > 0 AND least(abs(up), abs(down)) > 15"""
        for v in VALUES
    ),
    "order_inversions": """SELECT count(*) FROM (SELECT time < lag(time)
        OVER (PARTITION BY sensor ORDER BY file_row_number) AS earlier FROM readings)
        WHERE earlier""",
    "late_arrivals": "SELECT count(*) FROM readings WHERE arrived - time > INTERVAL 15 MINUTE",
}


def scan() -> None:
    """Read every column once."""
    connection.execute(SCAN).fetchall()


def queries() -> dict[str, int]:
    """Ask one thing after another."""
    return {
        name: int(sum(row[0] for row in connection.execute(query).fetchall()))
        for name, query in EACH.items()
    }


measured(scan if todo["mode"] == "scan" else queries, rounds=todo["rounds"])
