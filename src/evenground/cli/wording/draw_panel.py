"""What ``evenground draw-panel`` says."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
LOTTERY = NN_("A panel of {size:count} from {n_people:count} people: there is {n:count} panel to be drawn.", "A panel of {size:count} from {n_people:count} people: {n:count} panels come with the chances listed, and everybody's chance follows from them.")
CHANCES = N_("Chances of being drawn go from {least} to {largest}; all would have {equal} if quotas allowed it.")
NEVER = NN_("{n:count} of them can be on no panel that meets the quotas.", "{n:count} of them can be on no panel that meets the quotas.")
PROVED: Mapping[str, str] = {
    "leximin": N_("It is proved that no lottery lifts the least chance, then the next and so on, any further ({gap})."),
    "maximin": N_("It is proved that no lottery lifts the least chance any further ({gap})."),
    "nash": N_("It is proved that no lottery has a larger product of chances ({gap})."),
}
ROUNDED = N_("to within rounding")
WITHIN = N_("to within {gap}")
STOPPED = N_("The search was stopped at its limit of work, which is the same on every computer; wider quotas or fewer features make it shorter.")
UNPROVED = N_("It is not proved that this is the fairest lottery: somebody's chance might be larger by {gap}.")
TICKETS = N_("For a public draw there is a list of {n:count} panels, each as likely as another. Nobody's chance on it differs from the exact one by more than {largest} percentage points; one place on the list is {one}.")
DIGEST = N_("SHA-256 of the list (publish it before the draw): {digest}")
COMMITMENT = N_("SHA-256 of the seed (publish it before the draw): {commitment}")
DRAWN = N_("Drawn from the seed and the public text: number {number:count} of the list.")
PANEL = N_("The panel: {names:list}.")
STAND_INS = N_("Alternates with whom any one who drops out can be replaced within the quotas: {names:list}.")
NO_STAND_IN = NN_("For {n:count} person on the panel nobody left in the pool can stand in within the quotas.", "For {n:count} people on the panel nobody left in the pool can stand in within the quotas.")
WRITTEN = N_("Written: {file}")
QUOTAS = N_("Quotas and what is expected:")
HEADER = (N_("quota"), N_("pool"), N_("min"), N_("max"), N_("expected"), N_("chance from"), N_("to"))
REPLACED = NN_("{n:count} place is drawn anew from the people left; those who stay keep theirs.", "{n:count} places are drawn anew from the people left; those who stay keep theirs.")
# fmt: on
