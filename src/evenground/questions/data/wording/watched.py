"""Who is watched, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
WATCHED: Mapping[str, str | tuple[str, str]] = {
    "definition.watched": N_("Read from what is written of each component: only words of a published list are taken to name people, vehicles, things or the environment; where none is found, that is said. Nothing is guessed."),
    "reason.watched.no_components": N_("It is not listed what the initiative is made of, so that it cannot be told who is watched. A table of components would be needed."),
    "reason.watched.no_sites": N_("It is not said where the components stand, so that nobody can be counted within their reach."),
    "subject.people": N_("people"),
    "subject.vehicles": N_("vehicles"),
    "subject.in_view": N_("whatever is in view or earshot"),
    "subject.things": N_("things"),
    "subject.environment": N_("the environment"),
    "subject.nothing": N_("nothing"),
    "subject.unknown": N_("to be read: in words that the list does not know"),
    "not_stated": N_("not stated"),
    "watches_people.yes": N_("senses people"),
    "watches_people.no": N_("is not said to sense people"),
    "watches_people.cannot_tell": N_("cannot tell"),
    "creep.beyond": N_("More is permitted or possible than is done"),
    "creep.within": N_("No more is permitted or possible than is done"),
    "creep.not_stated": N_("Not stated what is permitted, or what is possible"),
    "column.thing": N_("Component"),
    "column.maker": N_("Made by"),
    "column.owner": N_("Owned by"),
    "column.senses": N_("What it senses, in the words given"),
    "column.subjects": N_("Of whom or what"),
    "column.identifying": N_("By which somebody is known again"),
    "column.data_go_to": N_("Where the data go"),
    "column.kept": N_("Kept for"),
    "column.purpose_now": N_("For what now"),
    "column.purpose_permitted": N_("What the rules permit"),
    "column.purpose_possible": N_("What it could do"),
}
