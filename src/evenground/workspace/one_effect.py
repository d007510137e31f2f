"""What came of it: the outcomes of one file, evaluated by the design that they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evenground.errors import Problem, UsageError
from evenground.evidence import Message
from evenground.language import N_
from evenground.methods.validation import Flags
from evenground.questions.promise.effect_in_words import design_in_words, place_among_chance
from evenground.questions.promise.literature import literature
from evenground.questions.promise.measures.design import DesignFound
from evenground.questions.promise.measures.evaluation.effect import (
    Asked,
    Effect,
    Inference,
    Method,
)
from evenground.questions.promise.measures.evaluation.evaluate import evaluate
from evenground.questions.promise.measures.panel import Panel
from evenground.workspace.chosen_words import one_of
from evenground.workspace.lot_drawn import LotDrawn, lot_drawn, of_the_lot
from evenground.workspace.plain_outcomes import balanced, outcome_columns, outcomes_in
from evenground.workspace.plain_reading import read_plain_table
from evenground.workspace.plain_tables import Layout, PlainTable

_DRAWN = {Inference.ENUMERATE: "drawn", Inference.PERMUTE: "permute_drawn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFound:
    """What was read and what was found; ``effect`` is the design alone where nothing can be told.

    Attributes
    ----------
    left_out
        Untreated units that lack a time.
    lot
        The draw that it is tested over, where one was handed over.
    sentences, caveats
        What is said of it, in codes.
    """

    table: PlainTable
    panel: Panel
    effect: Effect | DesignFound
    left_out: tuple[str, ...]
    lot: LotDrawn | None
    sentences: tuple[Message, ...]
    caveats: tuple[Message, ...]
    literature: tuple[str, ...]

    @property
    def design(self) -> DesignFound:
        """What the panel allows."""
        return self.effect.design if isinstance(self.effect, Effect) else self.effect


def asked_for(
    *, method: str, inference: str, mode: str, confidence: float, randomised: bool
) -> Asked:
    """Return what was asked for in words; what is left empty follows from the design.

    Raises
    ------
    UsageError
        If there is no such method, inference or mode.
    """
    chosen = one_of("--mode", mode, ("exact", "reference"))
    return Asked(
        method=Method(one_of("--method", method, tuple(Method))) if method else None,
        inference=(
            Inference(one_of("--inference", inference, tuple(Inference))) if inference else None
        ),
        exact=chosen == "exact",
        alpha=1.0 - confidence,
        randomised=randomised,
    )


def evaluated(
    file: Path,
    named: Mapping[str, str],
    asked: Asked,
    *,
    layout: tuple[str, str] = ("", ""),
    lot: Path | None = None,
) -> EffectFound:
    """Return the effect that a file shows.

    Parameters
    ----------
    file, named
        The panel, and its columns by what they hold, as ``need_panel`` admits them.
    asked
        What is asked for.
    layout
        Sheet and decimal mark, where they are not told by the file.
    lot
        File of the draw, where lots decided and it is at hand.

    Raises
    ------
    EvengroundError
        If a file cannot be read, or as ``effect_in`` does.
    """
    sheet, decimal = layout
    laid_out = Layout(sheet=sheet, decimal=decimal)
    drawn = None
    if lot is not None:
        _refuse_beside_a_lot(named, asked)
        drawn = lot_drawn(lot)
    table = read_plain_table(file, outcome_columns(**named), layout=laid_out)
    return effect_in(table, asked, lot=drawn)


def need_panel(file: Path | None, named: Mapping[str, str]) -> Path:
    """Return the file; refuse a panel without a file, a column, or anything on who is treated.

    Raises
    ------
    UsageError
        If something is not named.
    """
    lacking = [f"--{name}" for name in ("unit", "time", "outcome") if not named[name]]
    if file is None or lacking:
        missing = ", ".join([*(["PANEL"] if file is None else []), *lacking])
        raise UsageError(
            Problem(
                code="panel_not_named",
                what=N_("Not named: {missing}."),
                rule=N_("A panel is a file with a column each for units, times and the outcome."),
                way_out=N_(
                    "Name them, or judge an initiative's promises with --initiative FOLDER."
                ),
                parameters={"missing": missing},
            )
        )
    if not (named["treated"] or named["first"]):
        raise UsageError(
            Problem(
                code="no_treatment_column",
                what=N_("No column says who is treated when."),
                rule=N_("An effect is that of treated units beside others."),
                way_out=N_(
                    "Name a column of 1 and 0 with --treated, or of first treated times with "
                    "--first-treated."
                ),
            )
        )
    return file


def refuse_both(*named: object) -> None:
    """Refuse a panel beside an initiative, which has outcome data of its own.

    Raises
    ------
    UsageError
        If anything of a panel is named.
    """
    if any(named):
        raise UsageError(
            Problem(
                code="panel_and_initiative",
                what=N_("Both a panel and --initiative are named."),
                rule=N_("An initiative is judged by its own promises and its own outcome data."),
                way_out=N_("Leave out one of the two."),
            )
        )


def _refuse_beside_a_lot(named: Mapping[str, str], asked: Asked) -> None:
    """Refuse what a draw says itself, and methods that no draw is tested with."""
    if (
        named.get("stratum")
        or asked.method not in (None, Method.DID)
        or (asked.inference not in (None, Inference.PERMUTE))
    ):
        raise UsageError(
            Problem(
                code="beside_a_lot",
                what=N_("--assignment stands beside --stratum, or beside another method."),
                rule=N_(
                    "A draw says its strata itself, and is tested over what lots could have given."
                ),
                way_out=N_("Leave out --stratum, --method and --inference, or --assignment."),
            )
        )


def effect_in(table: PlainTable, asked: Asked, *, lot: LotDrawn | None = None) -> EffectFound:
    """Return the effect that a table of outcomes shows.

    Parameters
    ----------
    table
        Columns of ``plain_outcomes.outcome_columns``.
    asked
        What is asked for; clusters and strata are taken from the table.
    lot
        The draw, which then says who took part, within which strata, and what could have come.

    Raises
    ------
    InvalidInputError
        If rows contradict one another, a treated unit lacks a time, or the panel does not go with
        the draw.
    UsageError
        If what is asked for does not go with the data.
    """
    read = outcomes_in(table)
    panel, kept, table = balanced(read, table)
    asked = replace(asked, clusters=_of(read.cluster, kept), strata=_of(read.stratum, kept))
    aside: tuple[str, ...] = ()
    if lot is not None:
        aside = tuple(name for name in panel.units if name not in set(lot.areas))
        panel = of_the_lot(panel, lot)
        asked = replace(
            asked,
            randomised=True,
            strata=lot.strata,
            clusters=None,
            assignments=lot.assignments,
        )
    effect = evaluate(panel, asked=asked)
    left_out = tuple(name for name, has in zip(read.units, kept, strict=True) if not has)
    outcome = table.wanted["outcome"].column
    return EffectFound(
        table=table,
        panel=panel,
        effect=effect,
        left_out=left_out,
        lot=lot,
        sentences=sentences(effect, outcome),
        caveats=(*_caveats(effect, left_out), *_of_lot(lot, aside)),
        literature=() if isinstance(effect, DesignFound) else cited(effect),
    )


def sentences(effect: Effect | DesignFound, outcome: str) -> tuple[Message, ...]:
    """Return what is said of an effect: the result, how it was found, where it ranks."""
    if isinstance(effect, DesignFound):
        refusal = effect.refusal
        return (Message(code=f"refusal.{refusal.value}"),) if refusal else ()
    known = {
        "outcome": outcome,
        "effect": effect.value,
        "low": effect.low,
        "high": effect.high,
        "level": effect.level,
    }
    return (
        Message(code=f"effect.{effect.verdict}", parameters=known),
        design_in_words(effect.design),
        Message(
            code="effect.by",
            parameters={
                "method": Message(code=f"method.{effect.method.value}"),
                "inference": Message(code=f"inference.{_inference(effect)}"),
            },
        ),
        *place_among_chance(effect, p=effect.p),
    )


def cited(effect: Effect) -> tuple[str, ...]:
    """Return what an effect rests on."""
    return literature(effect.method, effect.inference)


def _of(column: tuple[str, ...] | None, kept: Flags) -> tuple[str, ...] | None:
    if column is None:
        return None
    return tuple(one for one, has in zip(column, kept, strict=True) if has)


def _inference(effect: Effect) -> str:
    name = effect.inference.value
    return name if effect.enumerated else _DRAWN.get(effect.inference, name)


def _caveats(effect: Effect | DesignFound, left_out: tuple[str, ...]) -> tuple[Message, ...]:
    said: list[Message] = [Message(code="caveat.unsealed")]
    if isinstance(effect, Effect):
        said += effect.caveats
        if not effect.exact:
            said.append(Message(code="caveat.reference_mode"))
    if left_out:
        known = {"n": len(left_out), "names": left_out}
        said.append(Message(code="caveat.units_left_out", parameters=known))
    return tuple(said)


def _of_lot(lot: LotDrawn | None, aside: tuple[str, ...]) -> tuple[Message, ...]:
    if lot is None:
        return ()
    balanced = lot.assignments.accepts is not None
    code = "caveat.lot_balanced" if balanced else "caveat.lot_known"
    said = [Message(code=code, parameters={"file": lot.place.file})]
    if aside:
        known = {"n": len(aside), "names": aside}
        said.append(Message(code="caveat.not_in_the_lot", parameters=known))
    return tuple(said)
