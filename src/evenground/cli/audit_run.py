"""From the options of ``evenground audit`` to an audit, with its day, seed and shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from evenground.cli.audit_progress import Show
from evenground.language import Language

if TYPE_CHECKING:
    from evenground.questions.data.audited import DatasetAudit
    from evenground.workspace.auditing.told import ToldAudit


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """An audit with the day and the seed it was made with, and shapes that figures share.

    ``purposes`` are those that are told of.
    """

    audit: DatasetAudit
    day: date
    seed: int
    purposes: Sequence[str]
    datasets: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def told(self, speaks: Language) -> ToldAudit:
        """Return the audit in words."""
        from evenground.workspace.auditing.telling import told_audit

        return told_audit(self.audit, speaks, purposes=self.purposes)

    def data(self, speaks: Language) -> dict[str, Any]:
        """Return the audit as JSON has it."""
        from evenground.workspace.auditing.results import audit_data

        return audit_data(self.audit, speaks, purposes=self.purposes)


def run_audit(said: Mapping[str, Any], show: Show) -> Ran:
    """Open the data and audit them; ``said`` are the options by name.

    Raises
    ------
    EvengroundError
        As the readers of data, datasheet, city and reference do.
    """
    from evenground.questions.data.purposes.model import PURPOSES
    from evenground.workspace.auditing.running import DEFAULT_SEED, audit, today_in
    from evenground.workspace.opening import open_city
    from evenground.workspace.shapes import shapes

    place = open_city(said["city"]) if said["city"] else None
    day = said["as_of"].date() if said["as_of"] else today_in(place)
    seed = DEFAULT_SEED if said["seed"] is None else said["seed"]
    purposes = tuple(one.value for one in said["purpose"] or ()) or PURPOSES
    audited = audit(
        said["path"],
        said["datasheet"],
        city=place,
        reference=said["reference"],
        purposes=purposes,
        today=day,
        seed=seed,
        sheet=said["sheet"],
        roles=roles_said(said),
        flags=said["flags"] is not None or said["html"] is not None,
        progress=show,
    )
    return Ran(
        audit=audited,
        day=day,
        seed=seed,
        purposes=purposes,
        datasets=shapes(place.places) if place else {},
    )


def roles_said(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the options say that columns stand for."""
    roles = {
        "sensor": said["sensor"],
        "time": said["time"],
        "values": tuple(said["value"] or ()),
        "zone": said["time_zone"],
    }
    return {name: value for name, value in roles.items() if value}
