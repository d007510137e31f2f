"""What a promise borrows from elsewhere, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
BORROWED: Mapping[str, str | tuple[str, str]] = {
    "verdict.elsewhere_less": N_("less than promised is seen elsewhere"),
    "verdict.elsewhere_as_much": N_("as much as promised is seen elsewhere"),
    "verdict.elsewhere_leaves_open": N_("results from elsewhere leave it open"),
    "verdict.elsewhere_alone": N_("there is a range from elsewhere"),
    "verdict.not_transferable": N_("not transferable from what is given"),
    "borrowed.elsewhere_less": N_("“{words}” This rests on results from {cities:list}. If {city} were one more such city, the change would lie between {low:number} and {high:number} {unit} (at {level:share} confidence); {promised} were promised, which is more than all of that range."),
    "borrowed.elsewhere_as_much": N_("“{words}” This rests on results from {cities:list}. If {city} were one more such city, the change would lie between {low:number} and {high:number} {unit} (at {level:share} confidence); {promised} were promised, and the whole range holds as much."),
    "borrowed.elsewhere_leaves_open": N_("“{words}” This rests on results from {cities:list}. If {city} were one more such city, the change would lie between {low:number} and {high:number} {unit} (at {level:share} confidence); the {promised} that were promised lie within, and so does less."),
    "borrowed.elsewhere_alone": N_("“{words}” This rests on results from {cities:list}. If {city} were one more such city, the change would lie between {low:number} and {high:number} {unit} (at {level:share} confidence); how much was promised here is not stated."),
    "borrowed.not_transferable": NN_("“{words}” This rests on a result from {cities:list} ({n} city). From what is given, nothing follows from it for {city}.", "“{words}” This rests on results from {cities:list} ({n} cities). From what is given, nothing follows from them for {city}."),
    "label.n_borrowed": N_("Results from elsewhere"),
    "label.n_borrowed_usable": N_("Of these with an interval, in the promise's unit"),
    "label.borrowed_here": N_("Change to be expected, were {city} one more such city"),
    "label.borrowed_promised": N_("Change promised"),
    # tables
    "table.borrowed_results": N_("What was seen elsewhere"),
    "column.from_city": N_("City"),
    "column.seen_there": N_("Seen there"),
    "column.seen_from_to": N_("Interval"),
    "seen_from_to": N_("{low:number} to {high:number}"),
    "column.seen_unit": N_("Unit"),
    "column.found_by": N_("Found by"),
    "column.found_how": N_("How"),
    "found_by.vendor": N_("who sells it"),
    "found_by.city": N_("the city there"),
    "found_by.independent": N_("somebody independent"),
    "found_by.unknown": N_("not known"),
    "table.contexts": N_("How unlike the places are"),
    "column.dimension": N_("In what"),
    "column.value_here": N_("Here"),
    "column.value_there": N_("There"),
    "column.how_unlike": N_("How unlike"),
    "unlike.not_known": N_("not known of one of the two"),
    "unlike.no_yardstick": N_("too few other cities to say"),
    "unlike.more": N_("unusually unlike: {closer:share} of other pairs of cities are closer"),
    "unlike.usual": N_("as unlike as cities are: {closer:share} of other pairs are closer"),
    "this_city": N_("this city"),
    # why, and with what care
    "caveat.borrowed.one_site": N_("One result does not show by how much cities differ, so nothing says how far it carries."),
    "caveat.borrowed.two_sites": N_("Two results do not show by how much cities differ; from three on, there is a range for one more."),
    "caveat.borrowed.no_intervals": N_("Fewer than three of the results come with an interval, so chance cannot be told from what cities differ in."),
    "caveat.borrowed.sites_differ": N_("The cities differ from one another by more than chance. The range for one more is wider for it than what any of them saw."),
    "caveat.borrowed.differs": N_("{other} and {city} are unusually unlike in this: {dimensions:list}. Nobody has said by how much that changes the result; who relies on it should say why it carries over."),
    "caveat.borrowed.unknown": N_("It is not known how unlike {city} and the other cities are in this: {dimensions:list}."),
    "caveat.borrowed.no_profile": N_("Nothing is listed on how unlike {city} and the other cities are."),
    "caveat.borrowed.seller": N_("Found by who sells it: what was seen in {cities:list}."),
    "caveat.borrowed.other_unit": N_("In another unit than the promise, and so not counted: what was seen in {cities:list}."),
    "caveat.borrowed.crossed": N_("With a lower end above the upper end, and so not counted: what was seen in {cities:list}."),
    "ask.borrowed": N_("Which results, with intervals and how they were found, from at least three cities, does this rest on? “{words}”"),
    "ask.borrowed.unlocks": N_("a range for what may be expected here"),
    "ask.contexts": N_("What would make the result differ here, and how do {city} and {cities:list} compare in it, beside five other cities or more?"),
    "ask.contexts.unlocks": N_("how unlike the places are that the promise borrows from"),
}
