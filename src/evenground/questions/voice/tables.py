"""What Voice reads: the log, options, who took part, votes, a panel, and who lives where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evenground.initiative.tables import INITIATIVE_TABLES
from evenground.protocol import Case, Fold, Need
from evenground.questions.voice.opinion_tables import OPINION_TABLES
from evenground.questions.voice.panel_tables import PANEL_TABLES
from evenground.questions.voice.schemas import TABLES
from evenground.questions.voice.schemas_budgeting import BUDGETING_TABLES

if TYPE_CHECKING:
    import ibis

NEEDS: tuple[Need, ...] = (
    Need(table="events", columns=("date", "kind")),
    Need(table="considered_options", columns=("name",), optional=True),
    Need(table="cost_lines", columns=("option", "amount"), optional=True),
    Need(table="asking_ways", columns=("way", "hours"), optional=True),
    Need(table="took_part", columns=("count",), optional=True),
    Need(table="located_comments", optional=True),
    Need(table="budget_votes", columns=("vote", "budget"), optional=True),
    Need(table="ballot_projects", columns=("vote", "project_id", "cost"), optional=True),
    Need(table="ballots", columns=("vote", "voter_id"), optional=True),
    Need(table="opinion_statements", columns=("statement", "text"), optional=True),
    Need(table="opinion_votes", columns=("participant", "statement", "vote"), optional=True),
    Need(table="panel_pool", columns=("person", "feature", "value"), optional=True),
    Need(table="panel_quotas", columns=("feature", "value", "min", "max"), optional=True),
    Need(table="panel_members", columns=("person", "drawn"), optional=True),
    Need(table="areas", columns=("area_id",), optional=True),
    Need(table="population", columns=("area_id", "group", "count"), optional=True),
    Need(table="indicators", columns=("area_id", "indicator", "value"), optional=True),
)
SCHEMAS = {schema.name: schema for schema in (*INITIATIVE_TABLES, *TABLES)}
_AS_THEY_ARE = (
    "events",
    "considered_options",
    "asking_ways",
    "took_part",
    *(schema.name for schema in (*BUDGETING_TABLES, *OPINION_TABLES, *PANEL_TABLES)),
)


def prepare(tables: Mapping[str, ibis.Table], case: Case) -> Mapping[str, ibis.Table | Fold]:
    """Select the rows that are read, lazily: of people, the groups that took part or are named."""
    # Areas and their measures are loaded where rows are read, not where Voice is named.
    from evenground.frame.selecting import indicator_rows, named_indicators

    wanted: dict[str, ibis.Table | Fold] = {
        name: _known(tables[name], name) for name in _AS_THEY_ARE if name in tables
    }
    if "cost_lines" in tables:
        lines = tables["cost_lines"]
        told = ("option", "amount", "low", "high")
        wanted["cost_lines"] = lines.select(*(name for name in told if name in lines.columns))
    if "located_comments" in tables:
        wanted["located_comments"] = tables["located_comments"].select("assigned_to", "area_id")
    if "population" in tables:
        wanted["population"] = _people(tables, case)
    if "indicators" in tables:
        wanted["indicators"] = indicator_rows(tables["indicators"], named_indicators(case.city))
    return wanted


def _known(table: ibis.Table, name: str) -> ibis.Table:
    """Return the columns that the data model knows."""
    names = [one.name for one in SCHEMAS[name].columns]
    return table.select(*(name for name in names if name in table.columns))


def _people(tables: Mapping[str, ibis.Table], case: Case) -> ibis.Table:
    """Return the latest counts of the groups that the city names and of those that took part."""
    import ibis

    from evenground.frame.areas import TOTAL
    from evenground.frame.selecting import latest_counts, named_groups

    people = tables["population"]
    named = sorted(named_groups(case.city) | {TOTAL})
    wanted = people.group.isin([ibis.literal(group) for group in named])
    if "took_part" in tables:
        wanted |= people.group.isin(tables["took_part"].group)
    return latest_counts(people.filter(wanted))
