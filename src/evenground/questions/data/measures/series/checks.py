"""The checks on a stream of readings, from the folded table."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from evenground.questions.data.measures.checks import Check, Status, flag_schema
from evenground.questions.data.measures.series import row_checks, value_checks
from evenground.questions.data.measures.series.across import Folded, folded
from evenground.questions.data.measures.series.flagged import flag_tables, gap_flags, renamed
from evenground.questions.data.measures.series.rules import SeriesRules
from evenground.questions.data.measures.series.unmeasured import unmeasured_zeros

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

NAMES = (
    "duplicates", "gaps", "nulls", "stuck_runs", "zero_runs", "out_of_range", "sentinels", "spikes",
    "rate_of_change", "saturation", "order_inversions", "late_arrivals", "unmeasured_zeros",
)  # fmt: skip
"""The checks on a stream, in the order in which they are told."""


def series_checks(
    table: pa.Table,
    rules: SeriesRules,
    *,
    flags: bool = False,
    areas: Mapping[str, str] | None = None,
    rng: np.random.Generator | None = None,
) -> tuple[Check, ...]:
    """Return what was found in the series of a table, check by check.

    Parameters
    ----------
    table
        The folded table, one row per series, in any order; with flags if they are wanted.
    rules
        What was declared.
    flags
        Whether checks bring the rows behind their counts.
    areas
        Area of each sensor, for what is missing by area; sensors may be left out.
    rng
        Source of chance, for whether areas differ by it; without, a limit distribution stands in.

    Returns
    -------
    One check for each of ``NAMES``, in that order. A series without a cadence of its own has no
    gaps, runs and spikes until a second pass is made with that of the others: see
    ``across.shared_cadence``.
    """
    found = folded(table)
    checks = (
        row_checks.duplicates(found),
        row_checks.gaps(found, areas or {}, rng),
        value_checks.nulls(found),
        value_checks.stuck_runs(found, rules),
        value_checks.zero_runs(found),
        value_checks.out_of_range(found, rules),
        value_checks.sentinels(found),
        value_checks.spikes(found, rules),
        value_checks.rate_of_change(found, rules),
        value_checks.saturation(found, rules),
        row_checks.order_inversions(found),
        row_checks.late_arrivals(found, rules),
        unmeasured_zeros(found),
    )
    if not flags:
        return checks
    tables = _flags(found)
    none = flag_schema().empty_table()
    return tuple(
        check
        if check.status is Status.NOT_ESTABLISHED
        else check.showing(flags=tables.get(check.name, none))
        for check in checks
    )


def _flags(found: Folded) -> dict[str, pa.Table]:
    """Return the flags by check; those that awaited what other series show are settled."""
    import pyarrow as pa

    compute: Any = import_module("pyarrow.compute")  # its functions are made when it is loaded

    tables = flag_tables(found)
    tables["gaps"] = gap_flags(found)
    constant = tables.pop("constant", None)
    leading = tables.pop("leading_zeros", None)
    if constant is not None:
        kept = [
            constant.filter(
                compute.and_(
                    compute.equal(constant["column"], column),
                    compute.is_in(constant["sensor"], pa.array([one["sensor"] for one in still])),
                )
            )
            for column, still in value_checks.constant_series(found).items()
        ]
        several = [renamed(one, "stuck_runs") for one in kept]
        tables["stuck_runs"] = pa.concat_tables(
            [tables.get("stuck_runs", flag_schema().empty_table()), *several]
        )
    if leading is not None:
        detail = unmeasured_zeros(found).detail.get("columns", {})
        counted = pa.array([c for c, figures in detail.items() if figures["count"]], pa.string())
        mine = leading.filter(compute.is_in(leading["column"], counted))
        tables["unmeasured_zeros"] = renamed(mine, "unmeasured_zeros")
    return tables
