"""What Voice says of opinion maps."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

OPINIONS: Mapping[str, str | tuple[str, str]] = {
    "map.title": N_("Where those who voted stand"),
    "map.near": N_("People who stand close voted alike. Directions mean nothing."),
    "map.refused": N_("No groups are drawn: none hold."),
    "map.half": N_("half of the people"),
    "map.most": N_("80 % of the people"),
    "map.nearly_all": N_("95 % of the people"),
    "map.person": N_("how sure one place is"),
    "map.centre": N_("how sure a group's middle is"),
    "figure.opinions": N_("Where those who voted stand"),
    "figure.opinions.alternative": N_(
        "A map of {n:count} people who voted, drawn anew {n_resamples:count} times: the places where half, 80 % and 95 % of them stand, darker where it is denser, and an ellipse for how sure one person's place is. Nobody is shown."
    ),
    "table.opinion_errors": N_("Error in votes that were hidden"),
    "table.opinions_bridge": N_("Statements that bridge"),
    "table.opinions_divide": N_("Statements that divide"),
    "column.foretold_by": N_("Foretold by"),
    "column.error": N_("Squared error"),
    "column.statement": N_("Statement"),
    "column.agreed": N_("Agreed"),
    "column.disagreed": N_("Disagreed"),
    "column.voted": N_("Voted"),
    "column.share_agreed": N_("Share that agreed, limits"),
    "predictor.pca": N_("the map (principal components)"),
    "predictor.ridge_16": N_("the map (ridge factors, penalty 16)"),
    "predictor.ridge_4": N_("the map (ridge factors, penalty 4)"),
    "predictor.statement_mean": N_("the mean of each statement"),
    "predictor.statement_and_participant_mean": N_("the means of statement and person"),
    "predictor.groups": N_("groups"),
    "predictor.groups_and_participant_mean": N_("groups, and the mean of each person"),
    "label.group_stability": N_("Agreement of groups when people are drawn anew"),
    "label.group_gain": N_("Error in hidden votes that groups save"),
    "label.group_by_votes_cast": N_("Difference in votes cast that lies between groups"),
    "label.share_agreed": N_("Share that agreed"),
    "verdict.opinions.groups": N_("groups hold"),
    "verdict.opinions.refused": N_("no groups"),
    "verdict.opinions.bridge": N_("most agree, whatever side they are on"),
    "verdict.opinions.divide": N_("people are divided"),
    "opinions.groups": N_(
        "Of {n:count} people who voted on {n_statements:count} statements, {n_groups:count} groups hold: drawn anew they are found again (agreement {stability:number}, where 1 is the same), and knowing them helps to foretell hidden votes."
    ),
    "opinions.refused": N_(
        "Of {n:count} people who voted on {n_statements:count} statements, no groups are shown: those that could be drawn would mislead. {reason}"
    ),
    "opinions.few": NN_(
        "{n} statement or person cannot make a map.", "{n} statements or people cannot make a map."
    ),
    "opinions.bridge": NN_(
        "On {n} statement most agree, whatever side they are on, and chance does not explain it: “{statement}” ({agreed:count} of {voted:count}).",
        "On {n:count} statements most agree, whatever side they are on, and chance does not explain it; first: “{statement}” ({agreed:count} of {voted:count}).",
    ),
    "opinions.divide": NN_(
        "People are divided on {n} statement, and chance does not explain it: “{statement}” ({agreed:count} of {voted:count} agree, {disagreed:count} disagree).",
        "People are divided on {n:count} statements, and chance does not explain it; first: “{statement}” ({agreed:count} of {voted:count} agree, {disagreed:count} disagree).",
    ),
    "reason.no_groups": N_("No groups could be formed from these votes."),
    "reason.too_few": N_("A map needs two people and two statements."),
    "reason.untested": N_(
        "Too few votes were cast to hide some and see whether groups foretell them."
    ),
    "reason.unstable": N_("They change with who happens to take part."),
    "reason.foretell_nothing": N_("They say next to nothing about how people vote."),
    "reason.level_only": N_(
        "They only tell those who agree with much from those who agree with little."
    ),
    "reason.votes_cast": N_(
        "They mostly tell those who voted on much from those who voted on little."
    ),
    "caveat.opinions.volunteers": N_("Those who vote chose to; shares are theirs, not the city's."),
    "caveat.opinions.cut": N_(
        "Groups are a way to tell people apart, not a proof that nobody stands between them."
    ),
}
