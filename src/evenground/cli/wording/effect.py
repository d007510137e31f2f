"""What ``evenground evaluate`` says of an effect, beside the question's own words. No logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
SENTENCES: Mapping[str, str | tuple[str, str]] = {
    "inference.enumerate": N_("every other choice of treated units listed"),
    "inference.drawn": N_("other choices of treated units drawn by lot"),
    "inference.permute": N_("every outcome of the lot listed"),
    "inference.permute_drawn": N_("outcomes of the lot drawn"),
    "inference.block-conformal": N_("residuals moved along time"),
    "inference.cluster": N_("errors by cluster"),
    "inference.wild-bootstrap": N_("wild cluster bootstrap"),
    "inference.hac": N_("errors that allow for autocorrelation"),
    "effect.told": N_("{outcome}: {effect} on average over the treated since their start ({level:share} interval: {low} to {high})."),
    "effect.like_chance": N_("{outcome}: no effect can be told from chance. The estimate is {effect} on average over the treated since their start ({level:share} interval: {low} to {high})."),
    "effect.cannot_tell": N_("{outcome}: cannot tell at this level, whatever the data say. The estimate is {effect} on average over the treated since their start ({level:share} interval: {low} to {high})."),
    "effect.by": N_("Estimated by {method}; interval by: {inference}."),
    "caveat.unsealed": N_("Nothing shows that the method was chosen before the result was known: this evaluation is unsealed."),
    "caveat.units_left_out": NN_("{n} unit without every time is left out: {names:list}.", "{n} units without every time are left out: {names:list}."),
    "caveat.lot_balanced": N_("What the lot could have given is as {file} says: draws that its rule of balance accepts, and no others."),
    "caveat.lot_known": N_("What the lot could have given is as {file} says."),
    "caveat.not_in_the_lot": NN_("{n} unit did not take part in the draw and is left out: {names:list}.", "{n} units did not take part in the draw and are left out: {names:list}."),
    "caveat.reference_mode": N_("Weights stop where the reference implementation stops, short of the optimum."),
}
BESIDE = N_("The same effect by other methods, which decide nothing here:")
WEIGHTS = N_("The comparison is made of:")
AND_OTHERS = NN_("{n} other", "{n:count} others")
SINCE_START = N_("By time since the start:")
CAVEATS = N_("Keep in mind:")
HEADER = (N_("Method"), N_("Effect"))
WEIGHTS_HEADER = (N_("Unit"), N_("Weight"))
PARTS_HEADER = (N_("Times since"), N_("Effect"))
