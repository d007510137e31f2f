"""What ``evenground plan-asking`` prints: what to ask, the ways with their last days, data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import method_lines
from evenground.cli.paragraphs import paragraph
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.dossier import ToldFinding
    from evenground.workspace.plain_asking import Planned


def _told(found: Planned, speaks: Language) -> ToldFinding:
    from evenground.questions.voice import QUESTION
    from evenground.questions.voice.findings.planned import plan_finding
    from evenground.workspace.telling import Teller

    return Teller(QUESTION.wording, speaks).finding(plan_finding(found.before, found.plan))


def plan_lines(found: Planned, speaks: Language) -> Iterator[str]:
    """Yield what a person reads."""
    told = _told(found, speaks)
    yield from paragraph(told.sentence)
    yield ""
    (table,) = told.tables
    for way, whom, level, hours, start, close, fits in table.rows:
        yield from paragraph(f"{way}: {fits}")
        yield from paragraph(f"{table.columns[1]}: {whom}", inset=2, hanging=4)
        yield from paragraph(f"{table.columns[2]}: {level}", inset=2, hanging=4)
        days = f"{table.columns[4]}: {start}; {table.columns[5]}: {close}"
        yield from paragraph(f"{table.columns[3]}: {hours}; {days}", inset=2, hanging=4)
    yield ""
    for sentence in told.caveats:
        yield from paragraph(f"- {sentence}", inset=2, hanging=4)
    method = told.finding.method
    yield from method_lines(method.literature if method else (), speaks)


def plan_data(found: Planned, speaks: Language) -> dict[str, Any]:
    """Return everything as data."""
    told, plan = _told(found, speaks), found.plan
    (table,) = told.tables
    return {
        "advice": plan.advice.value,
        "sentence": told.sentence,
        "days": plan.days,
        "ask": list(plan.ask),
        "do_not_ask": list(plan.do_not_ask),
        "honest_level": plan.honest_level.code,
        "later": plan.later,
        "ways": [
            {
                "way": way.method.code,
                "name": row[0],
                "whom": row[1],
                "level": way.level.code,
                "hours": way.method.hours,
                "fits": way.fits.value,
                "start_by": way.start_by,
                "open_by": way.open_by,
                "close_by": way.close_by,
                "answer_by": way.answer_by,
                "days_short": way.days_short,
                "hours_short": way.hours_short,
                "source": way.method.source,
            }
            for way, row in zip(plan.ways, table.rows, strict=True)
        ],
        "caveats": list(told.caveats),
    }
