"""What single methods say to whoever uses them alone: what they assume, why they cannot tell."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
ALONE: Mapping[str, str | tuple[str, str]] = {
    "assumes.fair_coin_in_pairs": N_("This rests on a fair coin having decided within each pair who is treated."),
    "assumes.constant_effect": N_("It takes the effect to be the same in every pair."),
    "assumes.independent_units": N_("This rests on units that do not act on one another."),
    "assumes.many_units": N_("It holds for many units; with few, the error is only about what it says."),
    "reason.lots.too_few": N_("Lots could have fallen in {n_assignments:count} ways. With so few, the error is {least:share} at least, and {alpha:share} were asked for."),
    "reason.lots.areas_few": N_("The areas are so few that an error below {least:share} cannot be had by lots, and {alpha:share} were asked for."),
    "history.nothing_to_compare": N_("All areas are to start at once: nothing is left to compare with."),
    "caveat.no_constant_effect": N_("No constant effect makes the time after the start look like the time before, so there is no interval."),
}
