"""Hold what was measured against what each purpose asks, and say what would change the answer.

A requirement is met where its whole interval lies on the good side of the threshold, failed where
all of it lies on the bad side, and open otherwise. One that is failed decides; none makes up for
another, and nothing is added up or averaged.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from evenground.evidence import Message
from evenground.questions.data.datasheet.model import Datasheet
from evenground.questions.data.purposes import explaining
from evenground.questions.data.purposes.model import (
    MEASURES,
    PURPOSES,
    Basis,
    CanCarry,
    Cell,
    DataAlone,
    Known,
    Measured,
    MeasureKind,
    Outcome,
    PurposeRule,
    PurposeVerdict,
)

Measures = dict[str, Measured]


def judge(
    measures: Iterable[Measured],
    rules: Sequence[PurposeRule],
    *,
    purposes: Sequence[str] = PURPOSES,
    datasheet: Datasheet | None = None,
) -> tuple[PurposeVerdict, ...]:
    """Return whether the data can carry each purpose.

    Parameters
    ----------
    measures
        What was measured, in any order.
    rules
        The rules in force (``rules.in_force``).
    purposes
        Which purposes are asked about.
    datasheet
        For purposes for which those who made the data do not give them.

    Returns
    -------
    One verdict a purpose: ``no`` if any requirement is failed or those who made the data do not
    give them for it, ``yes`` if all are met, else ``cannot_tell``.
    """
    known = {measure.name: measure for measure in measures}
    return tuple(_verdict(purpose, known, rules, datasheet) for purpose in purposes)


def outcome_of(known: Known | None, rule: PurposeRule) -> Outcome:
    """Return what became of one requirement."""
    if known is None or not known.established:
        return Outcome.OPEN
    ends = interval_of(known)
    low, high = thresholds(rule, known)
    if low is None and high is None:
        return Outcome.OPEN
    least = -math.inf if low is None else low
    most = math.inf if high is None else high
    if ends[0] >= least and ends[1] <= most:
        return Outcome.MET
    if ends[1] < least or ends[0] > most:
        return Outcome.FAILED
    return Outcome.OPEN


def interval_of(known: Known) -> tuple[float, float]:
    """Return the ends of what is known; an end that is not known is without end."""
    low = known.value if known.low is None and known.high is None else known.low
    high = known.value if known.low is None and known.high is None else known.high
    return (-math.inf if low is None else low, math.inf if high is None else high)


def thresholds(rule: PurposeRule, known: Known) -> tuple[float | None, float | None]:
    """Return the least and the most that are asked; what is declared must be declared met."""
    if known.kind is MeasureKind.DECLARED or known.unit == "declared" or rule.declared:
        return 1.0, None
    return rule.at_least, rule.at_most


def _verdict(
    purpose: str, known: Measures, rules: Sequence[PurposeRule], datasheet: Datasheet | None
) -> PurposeVerdict:
    cells = tuple(_cells(purpose, known, rules))
    asked = [cell for cell in cells if cell.rule is not None]
    refused = datasheet is not None and purpose in datasheet.not_for
    outcomes = {cell.outcome for cell in asked}
    if refused or Outcome.FAILED in outcomes:
        verdict = CanCarry.NO
    elif outcomes == {Outcome.MET}:
        verdict = CanCarry.YES
    else:
        verdict = CanCarry.CANNOT_TELL
    told = sorted(
        (cell for cell in asked if cell.because is not None),
        key=lambda cell: cell.outcome is not Outcome.FAILED,
    )
    because = [cell.because for cell in told if cell.because]
    would_change = [cell.would_change for cell in told if cell.would_change]
    if refused and datasheet is not None:
        because.insert(0, explaining.not_given(purpose, datasheet))
        would_change.insert(0, explaining.ask_those_who_made_it(purpose, datasheet))
    if not because:
        because = [explaining.all_met(len(asked)) if asked else explaining.nothing_asked()]
    return PurposeVerdict(
        purpose=purpose,
        verdict=verdict,
        from_data_alone=_alone(asked),
        because=tuple(because),
        would_change=tuple(would_change),
        cells=cells,
        notes=_notes(purpose, asked, known),
    )


def _cells(purpose: str, known: Measures, rules: Sequence[PurposeRule]) -> Iterable[Cell]:
    for name in MEASURES:
        asked = [rule for rule in rules if rule.measure == name and rule.purpose == purpose]
        for rule in sorted(asked, key=lambda rule: rule.aspect):
            yield _cell(rule, known.get(name))
        if not asked:
            yield Cell(measure=name, purpose=purpose, outcome=Outcome.NOT_REQUIRED)


def _cell(rule: PurposeRule, measured: Measured | None) -> Cell:
    known = measured.known(rule.aspect) if measured else None
    outcome = outcome_of(known, rule)
    told = outcome in {Outcome.FAILED, Outcome.OPEN}
    ends = interval_of(known) if known is not None else (-math.inf, math.inf)
    return Cell(
        measure=rule.measure,
        aspect=rule.aspect,
        purpose=rule.purpose,
        outcome=outcome,
        rule=rule,
        known=known,
        because=explaining.because(rule, measured, outcome, ends) if told else None,
        would_change=explaining.would_change(rule, measured, outcome) if told else None,
    )


def _alone(asked: Sequence[Cell]) -> DataAlone:
    """Say what the data show by themselves: nobody's word and no metadata count."""
    shown = [
        cell
        for cell in asked
        if cell.known is not None and cell.known.established and cell.known.basis is Basis.DATA
        and is_stated(cell)
    ]  # fmt: skip
    outcomes = {cell.outcome for cell in shown}
    if Outcome.FAILED in outcomes:
        return DataAlone.FAILS
    return DataAlone.NOTHING_FOUND if outcomes == {Outcome.MET} else DataAlone.CANNOT_TELL


def is_stated(cell: Cell) -> bool:
    """Tell whether a threshold stands to hold the cell against."""
    if cell.rule is None or cell.known is None:
        return False
    return thresholds(cell.rule, cell.known) != (None, None)


def _notes(purpose: str, asked: Sequence[Cell], known: Measures) -> tuple[Message, ...]:
    """Gather what must be read beside the verdict, each once."""
    notes: dict[str, Message] = {}
    for cell in asked:
        measured = known.get(cell.measure)
        for note in measured.notes if measured else ():
            notes.setdefault(f"{note.code}{sorted(map(str, note.parameters.items()))}", note)
    closing = explaining.closing_note(purpose)
    return (*notes.values(), *((closing,) if closing else ()))
