"""What ``evenground map-opinions`` says."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
READ = N_("Read “{topic}”: {n_read:count} votes by {n_people:count} participants; {n_statements:count} statements count, {n_votes:count} votes on them.")
ASIDE = NN_("{n} vote not counted: {why}.", "{n} votes not counted: {why}.")
GROUPS = N_("Groups: {n_groups} groups hold, of {sizes:list} people.")
REFUSED = N_("Groups: refused. {n_groups} could be drawn, but would mislead:")
REFUSED_NONE = N_("Groups: refused.")
REASON: Mapping[str, str] = {
    "no_groups": N_("No groups could be formed from these votes."),
    "too_few": N_("There are {n_people:count} people and {n_statements:count} statements that count; a map needs two of each. What became of each statement is still told."),
    "untested": N_("Too few votes were cast to hide some and see whether groups foretell them."),
    "unstable": N_("They change with who happens to take part: drawn anew, people fall into other groups (mean agreement {stability}, where 1 is the same and 0 is chance; below 0.5 in {dissolved} of {n_resamples} draws). At least {least} is needed, and at most one draw of ten below 0.5."),
    "foretell_nothing": N_("They say next to nothing about votes: knowing the group saves {gain} of the error in hidden votes ({low} to {high}); more than {least_gain} must be certain."),
    "level_only": N_("They only tell those who agree with much from those who agree with little: beyond that, knowing the group saves {beyond} of the error in hidden votes ({beyond_low} to {beyond_high})."),
    "votes_cast": N_("They mostly tell those who voted on much from those who voted on little ({share} of the difference in votes cast lies between groups; at most {most} is admitted)."),
}
STABILITY = N_("Stability: groups drawn anew {n_resamples:count} times agree with these by {stability} (adjusted Rand index, {lowest} to {highest}).")
HELD_OUT = N_("Hidden votes: squared error {map_error} by the map ({method}), {statement} by the mean of each statement, {groups} by groups; groups save {gain} ({low} to {high}).")
HELD_OUT_NONE = N_("Hidden votes: squared error {map_error} by the map ({method}), {statement} by the mean of each statement.")
CONFOUNDED = N_("Votes cast: {share} of the difference in how much people voted lies between groups.")
GROUP = N_("Group {letter} ({n:count} people) stands apart by:")
AGREES = N_("agrees ({agreed} of {seen}; others {other_agreed} of {other_seen}): {text}")
DISAGREES = N_("disagrees ({agreed} of {seen}; others {other_agreed} of {other_seen}): {text}")
BRIDGES: Mapping[str, str] = {
    "some": N_("Statements that bridge (most agree for certain, on every side):"),
    "none": N_("No statement bridges for certain."),
}
DIVIDES: Mapping[str, str] = {
    "some": N_("Statements that divide (many agree and many disagree, for certain):"),
    "none": N_("No statement divides for certain."),
}
STATEMENT = N_("{agreed} of {seen} agree ({low} to {high}), {disagreed} disagree: {text}")
MORE = NN_("… and {n} more (--json lists all).", "… and {n} more (--json lists all).")
CAVEATS = N_("What this rests on:")
CAVEAT: Mapping[str, str] = {
    "volunteers": N_("Those who vote here chose to; shares are theirs, not the city's."),
    "twice": N_("Groups are drawn from the same votes that then tell them apart, so differences between groups look larger than they are."),
    "cut": N_("There are people of every shade between these groups: somebody's own place on the map saves {place} of the error that the group leaves in hidden votes ({place_low} to {place_high}). The groups are a line drawn through a crowd without gaps."),
    "whole": N_("Within a group, somebody's own place on the map tells nothing more for certain ({place} of the error in hidden votes, {place_low} to {place_high})."),
    "each": N_("Limits hold for each statement by itself; of twenty, about one lies outside."),
    "asked": N_("People vote on what was shown to them, and which statements were shown is not drawn by lot."),
}
PICTURE = N_("Picture: {file}.")
DRAWS = N_("Random draws from seed {seed}. The same input gives the same output.")
METHOD: Mapping[str, str] = {
    "pca": N_("principal components"),
    "ridge 16": N_("ridge factors, penalty 16"),
    "ridge 4": N_("ridge factors, penalty 4"),
}
# fmt: on
