"""``evenground audit``: what is wrong with data, and what can they carry?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from evenground.cli.audit_progress import audit_bar
from evenground.cli.audit_report import audit_lines
from evenground.cli.audit_results import refuse_same_files, write_results, written_lines
from evenground.cli.audit_run import Ran, run_audit
from evenground.cli.inputs import as_data, versions
from evenground.cli.options import AsJson, Seed, Sheet
from evenground.cli.printing import say, say_json
from evenground.cli.wording import audit as words
from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import Language, language

if TYPE_CHECKING:
    from evenground.questions.data.audited import DatasetAudit

FAIL_ON = "--fail-on"
VERDICT_NO, CANNOT_TELL = 1, 9
"""Exit codes of ``--fail-on``: the verdict is no; it cannot be told (with ``--or-cannot-tell``)."""

ALONE = ProblemKind(
    code="or_cannot_tell_alone", what=words.ALONE, rule=words.ALONE_RULE,
    way_out=words.ALONE_WAY_OUT,
)  # fmt: skip
NOT_ASKED = ProblemKind(
    code="purpose_not_asked", what=words.NOT_ASKED, rule=words.NOT_ASKED_RULE,
    way_out=words.NOT_ASKED_WAY_OUT,
)  # fmt: skip


class PurposeName(StrEnum):
    """What the data are to be good for."""

    OPERATE = "operate"
    DECIDE = "decide"
    OFFICIAL_STATISTICS = "official_statistics"


_Option = typer.Option
Data: TypeAlias = Annotated[
    str, typer.Argument(metavar="PATH", help="File, folder of files, or table in PostgreSQL.")
]
Datasheet: TypeAlias = Annotated[
    Path | None, _Option(help="What people say about the data (TOML).")
]
City: TypeAlias = Annotated[
    Path | None, _Option(help="City folder: areas, residents, what its purposes ask.")
]
Reference: TypeAlias = Annotated[
    Path | None, _Option(help="File of reference readings to hold the data against.")
]
Purposes: TypeAlias = Annotated[
    list[PurposeName] | None, _Option(help="Purpose; may be given several times; all otherwise.")
]
TimeZone: TypeAlias = Annotated[
    str, _Option(help="Zone in which times are written, such as Europe/Stockholm.")
]
Sensor: TypeAlias = Annotated[str, _Option(help="Column that names the sensor of a row.")]
Time: TypeAlias = Annotated[str, _Option(help="Column of the time of a row.")]
Values: TypeAlias = Annotated[
    list[str] | None, _Option("--value", help="Column of measured values; several times for more.")
]
Explain: TypeAlias = Annotated[
    bool, _Option("--explain", help="Say what exactly was counted, and each requirement.")
]
Html: TypeAlias = Annotated[Path | None, _Option(help="Page to write: opens from the file.")]
Dqv: TypeAlias = Annotated[Path | None, _Option(help="W3C DQV as JSON-LD, to write.")]
Flags: TypeAlias = Annotated[
    Path | None, _Option(help="Parquet that gets a row for each flagged value.")
]
FailOn: TypeAlias = Annotated[
    PurposeName | None, _Option(help="End with 1 if the data cannot carry this purpose.")
]
OrCannotTell: TypeAlias = Annotated[
    bool, _Option("--or-cannot-tell", help="With --fail-on: end with 9 if it cannot be told.")
]
AsOf: TypeAlias = Annotated[
    datetime | None, _Option(formats=["%Y-%m-%d"], help="The day to audit on; today otherwise.")
]


def audit(  # noqa: PLR0913 - a command's options, each with a name
    path: Data,
    *,
    datasheet: Datasheet = None,
    city: City = None,
    reference: Reference = None,
    purpose: Purposes = None,
    sensor: Sensor = "",
    time: Time = "",
    value: Values = None,
    time_zone: TimeZone = "",
    sheet: Sheet = "",
    explain: Explain = False,
    html: Html = None,
    dqv: Dqv = None,
    flags: Flags = None,
    fail_on: FailOn = None,
    or_cannot_tell: OrCannotTell = False,
    seed: Seed = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with data, what stays open, and what they can carry: a verdict per purpose.

    Ends with 0 when the audit is done, whatever was found. With --fail-on it ends with 1 if the
    verdict for that purpose is no, and with 9 if it cannot be told and --or-cannot-tell is said.
    Wrong use ends with 2, missing files with 3, unreadable ones with 4, 5 or 6, unwritable with 8.
    """
    said = dict(locals())
    _refuse(said)
    speaks = language("en")
    with audit_bar() as show:
        ran = run_audit(said, show)
        written = write_results(ran, said, speaks)
    if as_json:
        say_json(_data(ran, speaks, written))
    else:
        for line in audit_lines(ran.told(speaks), speaks, path=path, explain=explain):
            say(line)
        for line in written_lines(ran, written, speaks):
            say(line)
    raise typer.Exit(exit_code(ran.audit, fail_on, or_cannot_tell=or_cannot_tell))


def exit_code(audited: DatasetAudit, purpose: PurposeName | None, *, or_cannot_tell: bool) -> int:
    """Return 0, or what ``--fail-on`` asks for."""
    from evenground.questions.data.purposes.model import CanCarry

    if purpose is None:
        return 0
    verdict = audited.verdicts[purpose.value].verdict
    if verdict is CanCarry.NO:
        return VERDICT_NO
    return CANNOT_TELL if or_cannot_tell and verdict is CanCarry.CANNOT_TELL else 0


def _refuse(said: Mapping[str, Any]) -> None:
    """Refuse options that do not go together before anything is read."""
    fail_on, asked = said["fail_on"], said["purpose"] or list(PurposeName)
    if said["or_cannot_tell"] and fail_on is None:
        raise UsageError(ALONE.at(Place(), value="--or-cannot-tell", option=FAIL_ON))
    if fail_on is not None and fail_on not in asked:
        raise UsageError(NOT_ASKED.at(Place(), value=fail_on.value, option=FAIL_ON))
    refuse_same_files(said)


def _data(ran: Ran, speaks: Language, written: Mapping[str, Path]) -> dict[str, Any]:
    return {
        **as_data(ran.data(speaks)),
        "command": "audit",
        "versions": versions(),
        "as_of": ran.day.isoformat(),
        "seed": ran.seed,
        "written": {name: str(path) for name, path in written.items()},
    }
