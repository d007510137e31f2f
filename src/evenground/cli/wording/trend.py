"""What ``evenground trend`` says."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
SPREAD: Mapping[str, str] = {
    "like_chance": N_(
        "Spread: at the end of {year}, {units} lie over people as lots could have placed them "
        "(Gini index {gini}, by lot {low} to {high})."
    ),
    "uneven": N_(
        "Spread: at the end of {year}, {units} lie less evenly over people than lots would have "
        "placed them (Gini index {gini}, by lot {low} to {high})."
    ),
    "more_even": N_(
        "Spread: at the end of {year}, {units} lie more evenly over people than lots would have "
        "placed them (Gini index {gini}, by lot {low} to {high})."
    ),
    "nothing": N_("Spread: nothing stands, so there is nothing to be spread."),
}
CHANGE: Mapping[str, str] = {
    "evens_out": N_("From {first} to {year} the index fell from {before} to {after} (by lot, from {lot_before} to {lot_after})."),
    "widens": N_("From {first} to {year} the index rose from {before} to {after} (by lot, from {lot_before} to {lot_after})."),
    "no_change_told": N_("From {first} to {year} the index went from {before} to {after}, which is no change that can be told (by lot, from {lot_before} to {lot_after})."),
    "cannot_tell": N_("From {first} to {year} the index went from {before} to {after}; with so few areas it cannot be told whether that is a change (by lot, from {lot_before} to {lot_after})."),
}
FALLS_BY_ITSELF = N_(
    "The index falls by itself as units are added, by lot too: compare it with lots, year by year."
)
CATCHING: Mapping[str, str] = {
    "converging": N_("Catching up: areas that got little at first got more later, beyond luck."),
    "diverging": N_("Catching up: no; areas that got much at first got more still later, beyond luck."),
    "no_change_told": N_("Catching up: it cannot be told that areas that got little at first got more or less later."),
    "described": N_("Catching up: described only, since luck and change cannot be told apart with fewer than four years (plain slope {slope} a year)."),
    "cannot_tell": N_("Catching up: cannot tell; it takes 30 areas whose early years differ beyond luck."),
    "no_dates": N_("Catching up: cannot tell; it takes two areas and two years."),
}
DRAWN: Mapping[str, str] = {
    "cumulative_advantage": N_("What draws what: new {units} went to where some already stood, more than chance would have it, and their order shows more than places that were favoured all along (cumulative advantage)."),
    "favoured_or_reinforced": N_("What draws what: new {units} went to where some already stood, more than chance would have it. Favoured places, or units that draw further ones: cannot tell."),
    "none_seen": N_("What draws what: it is not seen that new {units} went to where some already stood."),
    "cannot_tell": N_("What draws what: cannot tell; there are too few {units}, years or areas that differ."),
}
ODDS = N_(
    "With one earlier unit more, the odds of a new one were {odds} times as high ({low} to {high}), "
    "people {given} alike."
)
AND_NEED, NO_NEED = N_("and need"), N_("being")
PARITY: Mapping[str, str] = {
    "reached": N_("Gap: between {focus} and {reference} it has closed."),
    "at_this_rate": N_("Gap: between {focus} and {reference} it is closing; at this pace they would be level in {years}."),
    "not_at_this_rate": N_("Gap: there is one between {focus} and {reference}, and at this pace nobody can say that it will close."),
    "widening": N_("Gap: between {focus} and {reference} it is widening."),
    "cannot_tell": N_("Gap: cannot tell whether it closes or widens between {focus} and {reference}."),
}
GAP_NOW = N_(
    "By {last} there are {focus_rate} for {per:count} people in {focus} and {reference_rate} in "
    "{reference}."
)
LINE = N_("A straight line is laid through the years; nothing says that the pace will last.")
YEARS_BETWEEN, YEARS_OPEN = N_("{low} to {high} years"), N_("{low} years or more")
MONEY: Mapping[str, str] = {
    "after": N_("Money: private money follows public money; the two go to the same areas, most of all {when}."),
    "after_less": N_("Money: private money changes after public money, and the other way: where public money went, less private money came, most of all {when}."),
    "before": N_("Money: private money comes before public money; the two go to the same areas, most of all {when}."),
    "before_less": N_("Money: private money changes before public money, and the other way: where private money went, less public money came, most of all {when}."),
    "together": N_("Money: private and public money go to the same areas, and which comes first cannot be told."),
    "together_less": N_("Money: private money goes where public money does not, and which comes first cannot be told."),
    "none_seen": N_("Money: over {n_years:count} years, private and public money do not go together more than chance would have it."),
    "cannot_tell": N_("Money: cannot tell; it takes five years and ten areas that got both."),
    "gaps": N_("Money: cannot tell; the years must follow one another without a gap."),
}
AFTER = NN_("with private money {n} year after public money", "with private money {n} years after public money")
EARLIER = NN_("with private money {n} year before public money", "with private money {n} years before public money")
SAME_YEAR = N_("in the same year")
NO_CAUSE = N_("Coming first is not causing: both may follow a third thing, such as a plan.")
HEADER = (
    N_("Year"), N_("Placed"), N_("Standing"), N_("Gini"), N_("By lot, middle"),
    N_("By lot ({confidence:share})"),
)
TESTS_HEADER = (N_("Test"), N_("Value"), N_("Interval ({confidence:share})"), N_("p"))
TESTS: Mapping[str, str] = {
    "change": N_("Change of the Gini index, first to last"),
    "slope": N_("Catching up: slope a year"),
    "odds": N_("Odds ratio for an earlier unit"),
    "order": N_("Order of units"),
    "gap": N_("Gap at the last date, along a line"),
    "asymmetry": N_("Money: after less before"),
}
GAP_HEADER = (N_("Year"), N_("{focus}"), N_("{reference}"))
RATES = N_("Units for {per:count} people")
LAGS = N_("Private money, years after public money")
LAG_HEADER = (N_("Years"), N_("Correlation"), N_("p"))
