"""``evenground evaluate --initiative``: promises of an initiative held against what came."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.inputs import as_data, versions
from evenground.errors import Problem, UsageError
from evenground.language import N_

if TYPE_CHECKING:
    from evenground.dossier import Dossier, ToldFinding

SHOWN = ("rule", "came", "kept", "decided", "seal")
"""Findings of Promise that say what came and by what right that is said."""
_WITHHELD = "came.not_judged_yet"
_WIDTH = 88


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """Which initiative, in which city, on which day, and whether sealed or not."""

    initiative: Path
    city: Path | None = None
    today: date | None = None
    unsealed: bool = False


def judge(asked: Judging) -> Dossier:
    """Return the dossier with Promise alone.

    Raises
    ------
    UsageError
        If outcome data are there, nothing is sealed, and nobody asked for it all the same.
    """
    from evenground.questions.promise import QUESTION
    from evenground.workspace.appraising import Terms, appraise
    from evenground.workspace.checking import city_near
    from evenground.workspace.opening import open_city, open_initiative
    from evenground.workspace.sealing import SealTerms

    opened = open_initiative(asked.initiative)
    found = asked.city or (None if opened.workbook else city_near(asked.initiative))
    place = open_city(found) if found is not None else opened.own_city()
    sealing = SealTerms(unsealed=asked.unsealed)
    terms = Terms(today=asked.today, questions=(QUESTION,), sealing=sealing)
    dossier = appraise(opened, place, terms=terms)
    if any(one.finding.code == _WITHHELD for one in shown(dossier)):
        raise _refused(dossier, asked.initiative)
    return dossier


def _refused(dossier: Dossier, initiative: Path) -> UsageError:
    """Return why nothing is judged: there is no seal, or it does not hold for what stands there."""
    (seal,) = (one for one in shown(dossier) if one.finding.code.startswith("seal."))
    rule = N_("Outcome data are held against promises only once it is fixed how they are judged.")
    if seal.finding.code == "seal.not_sealed":
        return UsageError(
            Problem(
                code="not_sealed",
                value=str(initiative),
                what=N_("Nothing is sealed in {value}."),
                rule=rule,
                way_out=N_(
                    "Seal first: evenground seal {value}. To judge all the same: --unsealed."
                ),
            )
        )
    return UsageError(
        Problem(
            code="seal_does_not_hold",
            value=str(initiative),
            what="{reason}",
            rule=rule,
            way_out=N_(
                "See what differs: evenground verify {value}. If the change is meant, say so with "
                "evenground seal {value} --amend. To judge all the same: --unsealed."
            ),
            parameters={"reason": seal.sentence},
        )
    )


def shown(dossier: Dossier) -> list[ToldFinding]:
    """Return what came, what the rule says, and what was sealed, in this order."""
    findings = [one for section in dossier.sections for one in section.findings]
    return [one for part in SHOWN for one in findings if one.finding.code.split(".")[0] == part]


def judged_lines(dossier: Dossier) -> Iterator[str]:
    """Yield what a person reads."""
    (section,) = dossier.sections
    yield section.headline.sentence
    for one in shown(dossier):
        yield ""
        yield from textwrap.wrap(one.sentence, _WIDTH)
        for said in (*one.caveats, *one.would_change):
            yield from textwrap.wrap(said, _WIDTH, initial_indent="  - ", subsequent_indent="    ")


def judged_data(dossier: Dossier) -> dict[str, Any]:
    """Return the same as data."""
    (section,) = dossier.sections
    return {
        "command": "evaluate",
        "versions": versions(),
        "verdict": section.headline.finding.verdict.code,
        "sentence": section.headline.sentence,
        "findings": [
            {
                "code": one.finding.code,
                "verdict": one.finding.verdict.code,
                "sentence": one.sentence,
                "caveats": [*one.caveats],
                "would_change": [*one.would_change],
                "estimates": as_data(
                    {
                        f"{estimate.name}{':' if estimate.about else ''}{estimate.about}": {
                            "value": estimate.value,
                            "low": estimate.low,
                            "high": estimate.high,
                            "level": estimate.level,
                            "unit": estimate.unit,
                        }
                        for estimate in one.finding.estimates
                    }
                ),
            }
            for one in shown(dossier)
        ],
    }
