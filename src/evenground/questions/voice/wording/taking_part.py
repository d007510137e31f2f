"""Who took part against who lives there, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
TAKING_PART: Mapping[str, str | tuple[str, str]] = {
    "verdict.unlike_residents": N_("unlike those who live there"),
    "verdict.not_told_unlike": N_("not to be told from those who live there"),
    "verdict.comments_uneven": N_("comments point to some areas more often"),
    "verdict.comments_not_told_uneven": N_("not to be told apart by area"),
    "who.unlike_residents": N_("Counted by {attribute}, “{group}” are {here:share} of the {n:count} {role} {at}, and {there:share} of {everyone}: farther apart than chance brings, whoever those of unknown group are."),
    "who.not_told_unlike": N_("Counted by {attribute}, the {n:count} {role} {at} cannot be told from {everyone}: every difference could be chance, or be due to those who did not say."),
    "who.cannot_tell": N_("{n:count} {role} {at} are counted by {attribute}; how many residents there are of these groups is not known, so that nobody can tell how like residents they were."),
    "role.participants": N_("people who took part"),
    "role.commenters": N_("people who commented"),
    "role.voters": N_("people who voted"),
    "role.panel": N_("members of the panel"),
    "at_step": N_("in “{step}”"),
    "at_all": N_("in all"),
    "by_group": N_("group"),
    "by_area": N_("area"),
    "table.who": N_("Who took part {at}, by {attribute}"),
    "column.group": N_("Group"),
    "column.took_part": N_("Took part"),
    "column.share_of_them": N_("Share of those who took part, limits"),
    "column.share_of_residents": N_("Share of residents"),
    "column.as_often": N_("As often as among residents"),
    "label.gap": N_("Share among those who took part, less share of residents"),
    "caveat.who_came": N_("Those who took part are not a sample of anybody; the limits say what chance alone could do, not why others stayed away."),
    "caveat.group_unknown": NN_("Of {n} person, the group is not known or not shown; the limits hold whatever it is.", "Of {n} people, the group is not known or not shown; the limits hold whatever it is."),
    "caveat.withheld": NN_("{n} group is too small to be shown, or would give such a one away.", "{n} groups are too small to be shown, or would give such a one away."),
    "ask.people": N_("How many residents are there of {groups:list}?"),
    "ask.people.unlocks": N_("how like residents those were who took part"),
    "turnout.described": N_("Of {of:count} who could take part {at}, {whole:per_cent} did. By {attribute}: lowest in “{lowest}” ({least:per_cent}), highest in “{highest}” ({most:per_cent})."),
    "turnout.of_residents": N_("The {n:count} {role} {at} are {whole:per_cent} of {of:count} residents. By {attribute}: least in “{lowest}” ({least:per_cent}), most in “{highest}” ({most:per_cent})."),
    "everyone.residents": N_("residents"),
    "everyone.eligible": N_("those who could take part"),
    "column.share_of_eligible": N_("Share of those who could"),
    "column.as_often_eligible": N_("As often as among those who could"),
    "label.turnout": N_("Turnout"),
    "caveat.of_residents": N_("Who could take part is not written down; turnout is of all residents."),
    "located.comments_uneven": N_("{n:count} comments point to places. By {group}: {fewest_rate:number} per thousand residents in {fewest}, {most_rate:number} in {most}; no choice of areas for those on boundaries changes that."),
    "located.comments_not_told_uneven": N_("{n:count} comments point to places. By {group}, {fewest_rate:number} to {most_rate:number} per thousand residents; that is not to be told apart from chance and boundaries."),
    "located.cannot_tell": N_("{n:count} comments point to places; by group of areas they are too few to be shown."),
    "table.located": N_("Comments by class of area"),
    "column.class": N_("Class of areas"),
    "class_of": N_("{name}: {comments:count} comments, {residents:count} residents"),
    "column.per_1000": N_("Per thousand residents"),
    "column.if_on_boundary": N_("By boundaries"),
    "column.limits": N_("By chance"),
    "label.comments_per_1000": N_("Comments per thousand residents"),
    "from_to": N_("{low:number} to {high:number}"),
    "caveat.places_not_people": N_("A comment tells of the place that it points to. Who wrote it and where they live is not known, and nothing is inferred about it; one person may have left many."),
    "caveat.on_boundary": NN_("{n} comment lies on a boundary, or too near to one to tell: counted once, with the range over all areas that it may belong to.", "{n:count} comments lie on boundaries, or too near to one to tell: each counted once, with the range over all areas that it may belong to."),
    "caveat.in_no_class": NN_("{n} comment lies in an area of no class: its figure is missing, or how many live there.", "{n:count} comments lie in areas of no class: their figure is missing, or how many live there."),
    "caveat.outside": NN_("{n} comment lies in no area.", "{n:count} comments lie in no area."),
    "caveat.not_one_assigned": N_("Not one of the {n:count} comments was ever assigned to anybody."),
}
