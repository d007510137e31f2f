"""What ``evenground audit`` writes, each file whole or not at all, and what may not be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenground.cli.paragraphs import paragraph
from evenground.cli.wording import audit as words
from evenground.errors import Place, ProblemKind, UsageError
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.cli.audit_run import Ran

RESULTS = ("html", "flags", "dqv")
SAME_FILE = ProblemKind(
    code="same_file",
    what=words.SAME_FILE,
    rule=words.SAME_FILE_RULE,
    way_out=words.SAME_FILE_WAY_OUT,
)


def refuse_same_files(said: Mapping[str, Any]) -> None:
    """Refuse to write over what is read, or two results into one file.

    Raises
    ------
    UsageError
        If a result has the name of anything else.
    """
    read = [said[name] for name in ("path", "datasheet", "reference", "city") if said[name]]
    taken = {Path(one).resolve() for one in read}
    wrong: list[Path] = []
    for name in RESULTS:
        if said[name] is None:
            continue
        if said[name].resolve() in taken:
            wrong.append(said[name])
        taken.add(said[name].resolve())
    if wrong:
        raise UsageError(*(SAME_FILE.at(Place(file=one.name), value=one) for one in wrong))


def write_results(ran: Ran, said: Mapping[str, Any], speaks: Language) -> dict[str, Path]:
    """Write what was asked for and return the paths by result.

    Raises
    ------
    WriteError
        If the disk refuses; what stood there before is unchanged.
    """
    from evenground.workspace.auditing.report_html import audit_html
    from evenground.workspace.auditing.results import dqv_text, flags_parquet
    from evenground.workspace.writing import write_atomic

    written: dict[str, Path] = {}
    if said["html"]:
        page = audit_html(ran.told(speaks), day=ran.day, seed=ran.seed, datasets=ran.datasets)
        written["html"] = write_atomic(said["html"], page)
    if said["flags"]:
        written["flags"] = write_atomic(said["flags"], flags_parquet(ran.audit))
    if said["dqv"]:
        written["dqv"] = write_atomic(said["dqv"], dqv_text(ran.audit, speaks, day=ran.day))
    return written


def written_lines(ran: Ran, written: Mapping[str, Path], speaks: Language) -> Iterator[str]:
    """Yield what was written where."""
    for name, path in written.items():
        n = ran.audit.flags().num_rows if name == "flags" else 0
        yield from paragraph(speaks.say(words.WRITTEN[name], {"path": path, "n": n}), hanging=2)
