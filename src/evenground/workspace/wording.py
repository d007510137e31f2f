"""Sentences that belong to no single question; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

SHARED: Mapping[str, str | tuple[str, str]] = {
    "verdict.cannot_tell": N_("cannot tell"),
    "verdict.not_asked": N_("not asked yet"),
    "verdict.not_chosen": N_("left out by the city"),
    "verdict.described": N_("described, not judged"),
    "text": "{text}",
    "not_asked": N_("This question is not asked yet."),
    "not_chosen": N_("The city chose not to ask this question."),
    # areas, people and units
    "unit.one": N_("unit"),
    "unit.many": N_("units"),
    "in.classes": N_("in {name}"),
    "in.people": N_("where {name} live"),
    "other_people": N_("other people"),
    "residents": N_("residents"),
    "land_area": N_("land area"),
    "per_one": N_("per {people}"),
    "per_many": N_("per {per} {people}"),
    # ways
    "caveat.straight_line": N_("Distances are straight lines; the way on foot is longer."),
    "caveat.along_streets": N_("Distances follow the streets that the city gives. From where streets lead to no place, they are straight lines."),
    # who is asked
    "to.offerer": N_("{name}, who offers it"),
    "to.offerer_unknown": N_("whoever offers it"),
    "to.body": N_("{name}, which decides"),
    "to.body_unknown": N_("the body that decides"),
    "to.city": N_("the city department in charge"),
    "to.statistics": N_("the city's statistics office"),
    "to.residents": N_("residents, and the associations that speak for them"),
    # what is asked because the initiative's own sheet is blank there
    "ask.problem": N_("What problem is this for, in the words of the city and of residents, and which figure would show it?"),
    "ask.problem.unlocks": N_("whether there is a need, and where; without it, no later figure can show that the problem shrank"),
    "ask.residents": N_("What do you see as the problem, and what would help?"),
    "ask.residents.unlocks": N_("whether residents have the problem that this is for"),
    "ask.today": N_("What would going on as today cost, and what would it bring?"),
    "ask.today.unlocks": N_("whether anything new is needed"),
    "ask.bound": N_("Is what is already bound binding, and what would it cost to withdraw?"),
    "ask.bound.unlocks": N_("whether there is still a decision to make"),
    "ask.cost": N_("What does each option cost, year by year over its whole life, subscriptions included?"),
    "ask.cost.unlocks": N_("whether the ways compared are affordable, and which gives more for the same money"),
    "ask.leaving": N_("What does it cost to leave: data, hardware, notice period?"),
    "ask.leaving.unlocks": N_("whether the city could stop after a trial"),
    "ask.sites": N_("Where would the units stand, site by site?"),
    "ask.sites.unlocks": N_("who would get it and who would not"),
    "ask.without": N_("How would the same end be reached without new technology, and at what cost?"),
    "ask.without.unlocks": N_("whether the technology is what makes the difference"),
    "ask.open": N_("What is still open: whether, where, how many, on what terms?"),
    "ask.open.unlocks": N_("what residents can honestly be asked"),
    # first screen
    "no_other_way.as_today": N_("Nobody has set out what going on as today would cost and bring."),
    "no_other_way.without_new_technology": N_("No way without new technology was considered."),
    "not_measured.unmet": N_("{title}: no {tables:list} given, so part of the question stays open."),
    "not_measured.not_asked": N_("These questions are not asked yet: {titles:list}."),
    "not_measured.not_chosen": N_("The city chose not to ask: {titles:list}."),
    "not_in_figures.uncounted": N_("No count by area exists of {group}; who could be asked: {who}."),
    "not_in_figures.nobody": N_("nobody asked"),
    "not_in_figures.none_listed": N_("Groups without counts by area were not listed. Workers, visitors and people who are not registered may be missing from every figure."),
    "left_out.cells": NN_("{n} count of fewer than {threshold} people in the table “{table}” is left out of this public edition, and others so that it cannot be worked out.", "{n} counts of people in the table “{table}” are left out of this public edition: those under {threshold}, and others so that these cannot be worked out."),
    "left_out.accounts": NN_("{n} account is left out of this edition because the speaker did not agree to it.", "{n} accounts are left out of this edition because the speakers did not agree to it."),
    "disputed": N_("{by}: “{words}”"),
    "disputed.withheld": N_("name withheld"),
    # names of tables in sentences
    "table.services": N_("services"),
    "table.streets": N_("streets"),
    "table.spending": N_("spending"),
    "table.uncounted_groups": N_("groups without counts by area"),
    "table.initiative_accounts": N_("accounts about the initiative"),
    "table.areas": N_("map of areas"),
    "table.population": N_("population by area"),
    "table.indicators": N_("indicators by area"),
    "table.points": N_("population-weighted points"),
    "table.sites": N_("list of sites"),
    "table.accounts": N_("residents' accounts"),
}  # fmt: skip
