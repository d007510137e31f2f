"""What may be concluded while it runs, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
LOOKS: Mapping[str, str | tuple[str, str]] = {
    "verdict.may_be_concluded": N_("it may be concluded now"),
    "verdict.goes_on": N_("it goes on: nothing is concluded yet"),
    "verdict.looks_are_over": N_("all looks are over"),
    "verdict.no_look_yet": N_("no look yet"),
    "verdict.looks_not_fixed": N_("no looks were fixed"),
    "looks.may_be_concluded": N_("“{words}” At look {at:count} of {n_looks:count} that were fixed beforehand, there was a change beyond what chance gives at all looks together: in the promised direction {interval} {unit}. It may be concluded now; over all looks, the error is {alpha:share} at most."),
    "looks.goes_on": N_("“{words}” Of {n_looks:count} looks that were fixed beforehand, {n_over:count} are over. No look showed a change beyond what chance gives at all looks together ({interval} {unit} in the promised direction). Nothing is concluded before the next look, on {next:date}."),
    "looks.looks_are_over": N_("“{words}” All {n_looks:count} looks that were fixed beforehand are over. No look showed a change beyond what chance gives at all of them together ({interval} {unit} in the promised direction)."),
    "looks.no_look_yet": N_("“{words}” Of {n_looks:count} looks that were fixed beforehand, none is over. Nothing is concluded before the first, on {next:date}, whatever the figures seem to say."),
    "looks.looks_not_fixed": N_("“{words}” It is to show by {due:date}, and no looks before were fixed. Whoever looks now and again later is wrong more often than the {alpha:share} that are accepted; the interval is that of a single look."),
    "label.gain_at_all_looks": N_("What came, by an interval that holds at all looks"),
    "assumes.lots": N_("This rests on the lots being drawn as it was said beforehand."),
    "assumes.sealed_looks": N_("It rests on looks being taken when it was said beforehand, and at no other time."),
    "table.looks": N_("Looks so far"),
    "column.look_on": N_("Look"),
    "column.chance_up_to": N_("Chance gives up to"),
    "column.error_spent": N_("Error spent so far"),
}
