"""What exports of Decidim and CONSUL lack or may have wrong, and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

COLUMN = ProblemKind(
    code="export_column",
    what=N_("{file} has no column for {value}."),
    rule=N_("It is one of: {known}."),
    way_out=N_("Export it again with that column, or rename yours."),
)
SEVERAL = ProblemKind(
    code="export_several",
    what=N_("{file} holds several votes: {known}."),
    rule=N_("Each budget or heading is counted by itself, with its own money."),
    way_out=N_("Say which one."),
)
NO_SUCH_PART = ProblemKind(
    code="export_no_such_part",
    what=N_("{file} has no vote {value}."),
    rule=N_("It holds: {known}."),
    way_out=N_("Name one of these."),
)
BUDGET = ProblemKind(
    code="export_budget",
    what=N_("The budget is not known."),
    rule=N_("The export holds costs of projects and not the money to be given."),
    way_out=N_("Say how much money there was."),
)
UNFINISHED = ProblemKind(
    code="export_unfinished",
    severity=Severity.NOTE,
    what=N_("Ballots begun and never handed in: {n_rows}; the first is row {row}."),
    rule=N_("They were not counted: they have no time of being handed in."),
    way_out=N_("Nothing needs doing."),
)
NOT_ON_BALLOT = ProblemKind(
    code="export_not_on_ballot",
    severity=Severity.NOTE,
    what=N_("Projects that were not put to the vote: {n_rows}; the first is row {row}."),
    rule=N_("Projects that were not selected in the valuation stand on no ballot."),
    way_out=N_("Nothing needs doing; see who screened them out and why."),
)
LACKS_RULE = ProblemKind(
    code="export_lacks_rule",
    severity=Severity.NOTE,
    what=N_("The export does not say by which rule projects were chosen."),
    rule=N_("The announced result can be compared with every rule, and with none for certain."),
    way_out=N_("Say the rule, with its source."),
)
LACKS_WINNERS = ProblemKind(
    code="export_lacks_winners",
    severity=Severity.NOTE,
    what=N_("The export does not say which projects were funded."),
    rule=N_("The announced result cannot be checked without it."),
    way_out=N_("Add the column: {known}."),
)
LACKS_VOTERS = ProblemKind(
    code="export_lacks_voters",
    severity=Severity.NOTE,
    what=N_("The export says nothing about voters: no age, sex, area or way of voting."),
    rule=N_("Who took part cannot be compared with who lives there from it."),
    way_out=N_("Join them by the ballot's id where the law allows; never guess them from an area."),
)
LACKS_PAPER = ProblemKind(
    code="export_lacks_paper",
    severity=Severity.NOTE,
    what=N_("Votes on paper that stand in totals only, not as ballots: {n_rows}."),
    rule=N_("Rules that look at whole ballots cannot count them; the totals differ by them."),
    way_out=N_("Enter paper ballots one by one, or say that they are not in the count."),
)
