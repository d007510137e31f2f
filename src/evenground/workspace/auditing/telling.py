"""Turn an audit into words: its checks in order of what they bear on, measures, verdicts, roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from evenground.evidence import Message
from evenground.language import Language
from evenground.questions.data import QUESTION
from evenground.questions.data.audited import DatasetAudit
from evenground.questions.data.findings.faults import counted
from evenground.questions.data.measure_table import found, required
from evenground.questions.data.measures.checks import Check
from evenground.questions.data.measures.roles import Form, Roles
from evenground.questions.data.purposes.model import (
    MEASURES,
    PURPOSES,
    Cell,
    Known,
    Measured,
    MeasureKind,
    Outcome,
)
from evenground.workspace.auditing.told import (
    ToldAudit,
    ToldCell,
    ToldCheck,
    ToldMeasure,
    ToldRole,
    ToldVerdict,
)
from evenground.workspace.auditing.wording import LABELS
from evenground.workspace.telling import Teller, Wording
from evenground.workspace.telling_problems import tell

OPTIONS: Mapping[str, str] = {
    "sensor": "--sensor",
    "time": "--time",
    "values": "--value",
    "zone": "--time-zone",
}
"""The option of the command that says what a column stands for; all else stands in a datasheet."""
SHARELESS = 0.01
"""What has no share, a run or a change of meaning, is told among what concerns one in a hundred."""


def told_audit(
    audit: DatasetAudit,
    speaks: Language,
    *,
    purposes: Sequence[str] = PURPOSES,
    wording: Wording | None = None,
) -> ToldAudit:
    """Return an audit in words.

    Parameters
    ----------
    audit, speaks
        What was found, and the language to say it in.
    purposes
        The purposes that are told of.
    wording
        Sentences by code; the question's own unless others are given.

    Raises
    ------
    KeyError
        If there is no sentence for a code.
    """
    teller = Teller(QUESTION.wording if wording is None else wording, speaks)
    telling = _Telling(audit, teller, speaks, tuple(one for one in PURPOSES if one in purposes))
    return ToldAudit(
        audit=audit,
        speaks=speaks,
        size=telling.size(),
        period=telling.period(),
        form=telling.t(f"form.{audit.roles.form.value}"),
        row_is=telling.row_is(),
        roles=tuple(telling.roles()),
        problems=tuple(tell(problem, speaks) for problem in audit.problems),
        checks=tuple(telling.check(one) for one in in_order(audit)),
        measures=tuple(telling.measures()),
        verdicts=tuple(telling.verdict(one) for one in telling.purposes),
        figures=tuple(teller.figure(figure, {}) for figure in audit.figures),
    )


def in_order(audit: DatasetAudit) -> list[Check]:
    """Return the checks, those first that bear on most requirements that are not met.

    Then those that bear on most that are known and still open, then the larger share, the larger
    count; checks alike in all of these keep the order in which they were made.
    """
    weights: dict[str, list[int]] = {}
    for verdict in audit.verdicts.values():
        for cell in verdict.cells:
            measured = audit.measures.get(cell.measure)
            known = cell.known is not None and cell.known.established
            for name in measured.checks if measured else ():
                weight = weights.setdefault(name, [0, 0])
                weight[0] += cell.outcome is Outcome.FAILED
                weight[1] += cell.outcome is Outcome.OPEN and known

    def place(check: Check) -> tuple[float, ...]:
        failed, still_open = weights.get(check.name, (0, 0))
        share = share_of(check, audit)
        part = (SHARELESS if check.count else 0.0) if share is None else share
        return (-failed, -still_open, -part, -(check.count or 0))

    return sorted(audit.checks.values(), key=place)


def share_of(check: Check, audit: DatasetAudit) -> float | None:
    """Return which share of rows, readings or columns a check counts; ``None`` without one."""
    share: Any = check.detail.get("share")
    if isinstance(share, (int, float)):
        return float(share)
    values = max(len(audit.roles.values), 1)
    all_of = {"rows": audit.n_rows, "readings": audit.n_rows * values, "columns": audit.n_columns}
    whole = all_of.get(check.unit, 0)
    return min(check.count / whole, 1.0) if check.count and whole else None


@dataclass(frozen=True, slots=True)
class _Telling:
    audit: DatasetAudit
    teller: Teller
    speaks: Language
    purposes: tuple[str, ...]

    def t(self, label: str, **parameters: Any) -> str:
        return self.speaks.say(LABELS[label], parameters)

    def size(self) -> str:
        rows = self.t("rows", n=self.audit.n_rows)
        return self.t("size", rows=rows, columns=self.t("columns", n=self.audit.n_columns))

    def period(self) -> str:
        if self.audit.period is None:
            return "" if self.audit.roles.time else self.t("no_period")
        first, last = self.audit.period
        return self.t("one_day" if first == last else "period", first=first, last=last)

    def row_is(self) -> str:
        """Say what a row is and, where that was guessed, why."""
        said = self.t(f"row_is.{self.audit.roles.form.value}")
        why = self.audit.guessed.get("form")
        told = why is not None and self.audit.roles.form is not Form.ROWS
        return f"{said} {self.teller.message(why)}" if why and told else said

    def roles(self) -> Iterator[ToldRole]:
        for one in fields(Roles):
            value: Any = getattr(self.audit.roles, one.name)
            if one.name == "form" or not value:
                continue
            why = self.audit.guessed.get(one.name)
            option = OPTIONS.get(one.name, "")
            yield ToldRole(
                role=one.name,
                label=self.t(f"role.{one.name}"),
                column=", ".join(value) if isinstance(value, tuple) else str(value),
                why=self.teller.message(why) if why else self.t("stated"),
                option=option,
                otherwise=(
                    self.t("option_or_datasheet", option=option)
                    if option
                    else self.t("in_datasheet")
                ),
            )

    def check(self, check: Check) -> ToldCheck:
        return ToldCheck(
            name=check.name,
            label=self.teller.say(f"check.{check.name}", {}),
            status=check.status,
            count=self.teller.message(counted(check)),
            share=share_of(check, self.audit),
            definition=self.teller.message(check.definition),
            reason=self.teller.message(check.reason) if check.reason else "",
            notes=self._said(check.notes),
            untold=self._said(check.untold),
            detail={name: value for name, value in check.detail.items() if name != "share"},
        )

    def verdict(self, purpose: str) -> ToldVerdict:
        one = self.audit.verdicts[purpose]
        return ToldVerdict(
            purpose=purpose,
            label=self.t(f"purpose.{purpose}"),
            verdict=one.verdict,
            words=self.t(f"verdict.{one.verdict.value}"),
            alone=self.t(f"alone.{one.from_data_alone.value}"),
            because=self._said(one.because),
            would_change=self._said(one.would_change),
            notes=self._said(one.notes),
        )

    def measures(self) -> Iterator[ToldMeasure]:
        """Yield a row for each measure, and one for each aspect that a purpose asks for."""
        cells: dict[tuple[str, str], dict[str, Cell]] = {}
        for purpose in self.purposes:
            for cell in self.audit.verdicts[purpose].cells:
                cells.setdefault((cell.measure, cell.aspect), {})[purpose] = cell
        for name in MEASURES:
            measured = self.audit.measures.get(name)
            if measured is None:
                continue
            aspects = {aspect for measure, aspect in cells if measure == name}
            for aspect in sorted({"", *aspects}):
                yield self._measure(measured, aspect, cells.get((name, aspect), {}))

    def _measure(self, measured: Measured, aspect: str, cells: Mapping[str, Cell]) -> ToldMeasure:
        known = measured.known(aspect)
        code = f"aspect.{measured.name}.{aspect}" if aspect else f"measure.{measured.name}"
        reason = known.reason if known else None
        established = known is not None and known.established
        return ToldMeasure(
            name=f"{measured.name}.{aspect}" if aspect else measured.name,
            label=self.teller.say(code, {}),
            meaning="" if aspect else self.teller.say(f"measure.{measured.name}.meaning", {}),
            known=self.teller.message(found(known)),
            established=established,
            kind=self._kind(known) if known and established else "",
            declared=self._declared(known) if known and established else (),
            method=self.teller.message(measured.method),
            reason=self.teller.message(reason) if reason else "",
            checks=measured.checks,
            cells=tuple(self._cell(purpose, cells.get(purpose)) for purpose in self.purposes),
        )

    def _kind(self, known: Known) -> str:
        if known.kind is MeasureKind.ESTIMATED:
            return self.t("kind.estimated", level=known.level)
        return self.t(f"kind.{known.kind.value}")

    def _declared(self, known: Known) -> tuple[str, ...]:
        by, role, document = (
            str(known.evidence.get(name) or "") for name in ("by", "role", "document")
        )
        lines = [self.t("declared_by", by=by, role=role) if by and role else by]
        if document:
            lines.append(self.t("evidence", document=document))
        return tuple(line for line in lines if line)

    def _cell(self, purpose: str, cell: Cell | None) -> ToldCell:
        outcome = cell.outcome if cell else Outcome.NOT_REQUIRED
        rule = cell.rule if cell else None
        because = cell.because if cell else None
        return ToldCell(
            purpose=purpose,
            outcome=outcome,
            words=self.t(f"outcome.{outcome.value}"),
            rule=self.teller.message(required(rule)) if rule else "",
            origin=rule.origin if rule else "",
            because=self.teller.message(because) if because else "",
        )

    def _said(self, messages: Sequence[Message]) -> tuple[str, ...]:
        return tuple(_sentence(self.teller.message(one)) for one in messages)


def _sentence(clause: str) -> str:
    """Return a clause as a sentence of its own; a sentence stays as it is."""
    closed = clause if clause.endswith((".", "?", "!", "…")) else f"{clause}."
    return closed[:1].upper() + closed[1:]
