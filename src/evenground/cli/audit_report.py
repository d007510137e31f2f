"""What ``evenground audit`` says: what was read, what is wrong, what is open, what it can carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from evenground.cli.paragraphs import WIDTH, paragraph
from evenground.cli.printing import command_name
from evenground.cli.wording import audit as words
from evenground.language import Language
from evenground.phrasing import say_per_cent

if TYPE_CHECKING:
    from evenground.workspace.auditing.told import ToldAudit, ToldCheck

MOST_SENTENCES = 3
MOST_FILES = 5
_LABEL, _COUNT = 43, 19


def audit_lines(told: ToldAudit, speaks: Language, *, path: str, explain: bool) -> Iterator[str]:
    """Yield an audit of what lies at ``path`` for people, in lines of at most 80 characters."""
    yield from _read(told, speaks, path)
    yield from _found(told, speaks, explain=explain)
    yield from _open(told, speaks, explain=explain)
    yield from _verdicts(told, speaks, explain=explain)
    yield ""
    if not explain:
        yield from paragraph(speaks.text(words.EXPLAIN))
    yield from _files(told, speaks)


def _title(text: str, speaks: Language) -> Iterator[str]:
    yield ""
    yield speaks.text(text)


def _read(told: ToldAudit, speaks: Language, path: str) -> Iterator[str]:
    size = ", ".join(part for part in (told.size, told.period) if part)
    yield from paragraph(speaks.say(words.HEAD, {"title": told.audit.title, "size": size}))
    yield from paragraph(told.row_is)
    yield from _title(words.ROLES, speaks)
    for one in told.roles:
        text = words.ROLE_BY_OPTION if one.option else words.ROLE
        known = {"label": one.label, "option": one.option, "column": one.column, "why": one.why}
        yield from paragraph(speaks.say(text, known), inset=2, hanging=4)
    if told.roles:
        yield from paragraph(speaks.text(words.OTHERWISE), inset=2)
    if not told.roles:
        yield from paragraph(speaks.text(words.NO_ROLES), inset=2)
    if not told.audit.datasheet_given:
        draft = {"command": command_name(), "path": path}
        yield from paragraph(speaks.say(words.NO_DATASHEET, draft), inset=2)
    if told.problems:
        yield from _title(words.OPENING, speaks)
        for problem in told.problems:
            yield from paragraph(f"{problem.what} {problem.way_out}", inset=2, hanging=4)


def _found(told: ToldAudit, speaks: Language, *, explain: bool) -> Iterator[str]:
    from evenground.questions.data.measures.checks import Status

    found, none = told.of(Status.FOUND), told.of(Status.NONE)
    yield from _title(words.FOUND, speaks)
    label = max((len(one.label) for one in found), default=0)
    count = max((len(one.count) for one in found), default=0)
    for one in found:
        share = "" if one.share is None else say_per_cent(one.share, speaks)
        line = f"{one.label:<{min(label, _LABEL)}}  {one.count:>{min(count, _COUNT)}}  {share:>9}"
        yield f"  {line.rstrip()}"[:WIDTH]
        for note in one.notes:
            yield from paragraph(note, inset=6)
        if explain:
            yield from _explained(one)
    if not found:
        yield from paragraph(speaks.text(words.NOTHING), inset=2)
    if none:
        names = "; ".join(one.label for one in none)
        yield from paragraph(speaks.say(words.LOOKED_FOR, {"names": names}), inset=2)
    if explain:
        for one in none:
            yield from paragraph(f"{one.label}: {one.definition}", inset=4, hanging=6)


def _explained(check: ToldCheck) -> Iterator[str]:
    """Yield what was counted, and further figures by their name in JSON."""
    from evenground.workspace.auditing.report_html import further

    for text in (check.definition, *check.untold):
        yield from paragraph(text, inset=6)
    figures = [f"{name} {value}" for name, value in further(check.detail)]
    if figures:
        yield from paragraph(", ".join(figures), inset=6)


def _open(told: ToldAudit, speaks: Language, *, explain: bool) -> Iterator[str]:
    """Yield what could not be established; checks with one reason stand together."""
    from evenground.questions.data.measures.checks import Status

    reasons: dict[str, list[str]] = {}
    for one in told.of(Status.NOT_ESTABLISHED):
        text = f"{one.reason} {one.definition}" if explain else one.reason
        reasons.setdefault(text, []).append(one.label)
    if reasons:
        yield from _title(words.OPEN, speaks)
    for reason, names in reasons.items():
        known = {"names": "; ".join(names), "reason": reason}
        sentence = speaks.say(words.OPEN_FOR, known)
        yield from paragraph(sentence, inset=2, hanging=4)


def _verdicts(told: ToldAudit, speaks: Language, *, explain: bool) -> Iterator[str]:
    """Yield each verdict with its reasons; what must be read beside all of them comes once."""
    yield from _title(words.CARRY, speaks)
    shared = [note for note in told.verdicts[0].notes if _in_all(note, told)]
    for at, one in enumerate(told.verdicts):
        known = {"label": one.label, "verdict": one.words, "alone": one.alone}
        yield from paragraph(speaks.say(words.VERDICT, known), inset=2)
        yield from _listed(words.BECAUSE, one.because, speaks, explain=explain)
        yield from _listed(words.WOULD_CHANGE, one.would_change, speaks, explain=explain)
        own = [note for note in one.notes if note not in shared]
        yield from _listed(words.KEEP_IN_MIND, own, speaks, explain=True)
        if explain:
            yield from _listed(
                words.ASKED, list(_requirements(told, at, speaks)), speaks, explain=True
            )
    if shared:
        yield from _listed(words.ALL_KEEP_IN_MIND, shared, speaks, explain=True, inset=2)


def _in_all(note: str, told: ToldAudit) -> bool:
    return all(note in one.notes for one in told.verdicts)


def _listed(
    title: str,
    sentences: Sequence[str],
    speaks: Language,
    *,
    explain: bool,
    inset: int = 4,
) -> Iterator[str]:
    """Yield sentences under a title; of many, only the first unless all are asked for."""
    few = explain or len(sentences) <= MOST_SENTENCES + 1
    shown = sentences if few else sentences[:MOST_SENTENCES]
    if shown:
        yield f"{' ' * inset}{speaks.text(title)}"
    for sentence in shown:
        yield from paragraph(f"- {sentence}", inset=inset + 2, hanging=inset + 4)
    if len(shown) < len(sentences):
        more = speaks.say(words.MORE, {"n": len(sentences) - len(shown)})
        yield from paragraph(more, inset=inset + 4)


def _requirements(told: ToldAudit, at: int, speaks: Language) -> Iterator[str]:
    """Yield every requirement of one purpose with what is known and who set it."""
    for measure in told.measures:
        cell = measure.cells[at]
        if cell.rule:
            known = {"measure": measure.label, "known": measure.known, "words": cell.words,
                     "rule": cell.rule, "origin": cell.origin}  # fmt: skip
            yield speaks.say(words.REQUIREMENT, known)


def _files(told: ToldAudit, speaks: Language) -> Iterator[str]:
    sources = told.audit.sources
    for source in islice(sources, MOST_FILES):
        known = {"file": source.file, "used": source.rows_used, "read": source.rows_read,
                 "hash": source.sha256[:12]}  # fmt: skip
        yield from paragraph(speaks.say(words.READ, known), hanging=2)
    if len(sources) > MOST_FILES:
        yield speaks.say(words.READ_MORE, {"n": len(sources) - MOST_FILES})
