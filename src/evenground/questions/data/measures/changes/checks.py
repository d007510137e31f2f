"""The three checks of what changes over files and periods."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from evenground.evidence import Message
from evenground.questions.data.measures.changes import category_changes as categories
from evenground.questions.data.measures.changes import meaning_changes as meanings
from evenground.questions.data.measures.changes.absences import EXPECTED
from evenground.questions.data.measures.changes.asked import PERIODS, periods_of
from evenground.questions.data.measures.changes.by_period import ByPeriod, by_period
from evenground.questions.data.measures.changes.looked_at import looked_at
from evenground.questions.data.measures.changes.schema_changes import Files, schema_changes
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.columns.column_profile import ColumnProfile
from evenground.questions.data.measures.columns.names import Hint, hints
from evenground.questions.data.measures.roles import Form, Roles

if TYPE_CHECKING:
    import pyarrow as pa


def checks(
    found: Mapping[str, pa.Table],
    profiles: Sequence[ColumnProfile],
    roles: Roles,
    *,
    files: Files,
    flags: bool = False,
) -> tuple[Check, ...]:
    """Return ``schema_changes`` always, and the other two where rows belong to periods.

    Parameters
    ----------
    found
        What ``asked`` gave when it was run.
    profiles, roles
        What the columns hold and stand for.
    files
        File to its columns, each with its type as stored, in order.
    flags
        Has no effect: no single row stands for a change.
    """
    del flags
    periods = _periods(found, profiles, roles, files)
    schema = schema_changes(files, periods)
    if periods is None:
        return (schema, *_unordered()) if len(files) > 1 else (schema,)
    counts = _counts(profiles) if roles.form is Form.COUNTS else ()
    fixed = {
        one.name: one.name == roles.area or hints(one.name, Hint.CODE, Hint.AREA)
        for one in profiles
    }
    return (
        schema,
        categories.category_changes(periods, counts),
        meanings.meaning_changes(periods, fixed),
    )


def _periods(
    found: Mapping[str, pa.Table],
    profiles: Sequence[ColumnProfile],
    roles: Roles,
    files: Collection[str],
) -> ByPeriod | None:
    period = periods_of(profiles, roles, files)
    if period is None or PERIODS not in found:
        return None
    laid_out = by_period(found, looked_at(profiles, roles, period), period)
    return laid_out if len(laid_out.labels) > 1 else None


def _counts(profiles: Sequence[ColumnProfile]) -> tuple[str, ...]:
    return tuple(
        one.name
        for one in profiles
        if one.low == 0 and one.n_whole and not hints(one.name, Hint.SHARE, Hint.MARGIN)
    )


def _unordered() -> tuple[Check, ...]:
    """Return the checks that need periods, for files that bear no dates."""
    reason = Message(code="reason.files_without_dates")
    of_categories = Message(
        code=f"definition.{categories.NAME}", parameters={"expected": int(EXPECTED)}
    )
    return (
        Check.not_established(
            categories.NAME, unit="categories", definition=of_categories, reason=reason
        ),
        Check.not_established(
            meanings.NAME, unit="columns", definition=meanings.definition(), reason=reason
        ),
    )
