"""What ``evenground audit-asking`` prints: findings with their tables, what to ask, data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, method_lines
from evenground.cli.paragraphs import paragraph
from evenground.language import N_, Language

if TYPE_CHECKING:
    from evenground.dossier import ToldFinding
    from evenground.dossier.model import ToldTable
    from evenground.questions.voice.measures.timing.choices_open import ChoicesOpen
    from evenground.questions.voice.measures.timing.steps import Step
    from evenground.workspace.one_log import LogAudited

READ = N_("Read {file}: rows read {n_read:count}, used {n_used:count}.")
TO_ASK = N_("Whom to ask:")
ASK = N_("{to}: {what}")
PAGE = N_("The same as a page with its picture: {file}")
DATA = N_("The same as data: {file}")
DAY = N_("{day:date}")
_OWN_LOG = "log"


def log_lines(
    found: LogAudited, speaks: Language, *, written: Sequence[Path] = ()
) -> Iterator[str]:
    """Yield what a person reads."""
    section, read = found.section, found.read
    told = (section.headline, *section.findings)
    yield from paragraph(section.headline.sentence)
    for one in section.findings:
        yield ""
        yield from paragraph(one.sentence)
        yield from _tables(one, speaks)
        for sentence in one.caveats:
            yield from paragraph(f"- {sentence}", inset=2, hanging=4)
    asks = dict.fromkeys((ask.to, ask.what) for one in told for ask in one.asks)
    if asks:
        yield ""
        yield speaks.text(TO_ASK)
        for to, what in asks:
            words = speaks.say(ASK, {"to": to, "what": what})
            yield from paragraph(f"- {words}", inset=2, hanging=4)
    yield ""
    known = {"file": read.file, "n_read": read.n_read, "n_used": read.n_used}
    yield speaks.say(READ, known)
    yield from _problems(found, speaks)
    for template, path in zip((PAGE, DATA), written, strict=False):
        yield speaks.say(template, {"file": path})
    methods = (one.finding.method for one in told)
    yield from method_lines((name for one in methods if one for name in one.literature), speaks)


def _tables(one: ToldFinding, speaks: Language) -> Iterator[str]:
    """Yield each row as a line; the log itself is at hand."""
    for table in one.tables:
        if table.key == _OWN_LOG:
            continue
        yield from paragraph(f"{table.title}:", inset=2)
        for row in table.rows:
            first, *others = (_cell(cell, speaks) for cell in row)
            rest = "; ".join(cell for cell in others if cell)
            yield from paragraph(f"{first}: {rest}" if rest else first, inset=4, hanging=6)


def _cell(cell: object, speaks: Language) -> str:
    return speaks.say(DAY, {"day": cell}) if isinstance(cell, date) else str(cell)


def _problems(found: LogAudited, speaks: Language) -> Iterator[str]:
    from evenground.workspace.telling_problems import tell

    for problem in (*found.problems, *found.read.set_aside):
        told = tell(problem, speaks)
        row = f"{problem.place.row}: " if problem.place.row else ""
        yield from paragraph(f"- {row}{told.what} {told.way_out}", inset=2, hanging=4)


def log_data(
    found: LogAudited, speaks: Language, *, written: Sequence[Path] = ()
) -> dict[str, Any]:
    """Return everything as data."""
    from evenground.workspace.telling_problems import as_data as problem_data

    section, read = found.section, found.read
    return {
        "verdict": section.headline.finding.verdict.code,
        "sentence": section.headline.sentence,
        "steps": [_step(step, choices) for step, choices in found.steps],
        "findings": [_finding(one) for one in section.findings],
        "asks": [
            {"to": ask.to, "what": ask.what, "unlocks": ask.unlocks}
            for one in (section.headline, *section.findings)
            for ask in one.asks
        ],
        "file": {
            "name": read.file,
            "sha256": read.sha256,
            "rows_read": read.n_read,
            "rows_used": read.n_used,
        },
        "problems": [problem_data(problem, speaks) for problem in found.problems],
        "written": [str(path) for path in written],
    }


def _step(step: Step, choices: ChoicesOpen) -> dict[str, Any]:
    return {
        "step": step.asked.step or step.asked.text or step.asked.kind,
        "opened": step.opened.isoformat(),
        "closed": None if step.closed is None else step.closed.isoformat(),
        "choices": {one.name: one.state.value for one in choices.choices},
    }


def _finding(one: ToldFinding) -> dict[str, Any]:
    return {
        "code": one.finding.code,
        "verdict": one.finding.verdict.code,
        "sentence": one.sentence,
        "estimates": [
            {
                "name": number.name,
                "about": number.about,
                "value": number.value,
                "low": number.low,
                "high": number.high,
                "unit": number.unit,
            }
            for number in one.finding.estimates
        ],
        "caveats": list(one.caveats),
        "tables": {table.key: _table(table) for table in one.tables},
    }


def _table(table: ToldTable) -> dict[str, Any]:
    rows = [
        [cell.isoformat() if isinstance(cell, date) else as_data(cell) for cell in row]
        for row in table.rows
    ]
    return {"title": table.title, "columns": list(table.columns), "rows": rows}
