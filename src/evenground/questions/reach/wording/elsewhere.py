"""The same units elsewhere, merged areas, bounds: what else the same figures would bear."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

# A sentence is a line.
# fmt: off
ELSEWHERE: Mapping[str, str | tuple[str, str]] = {
    "elsewhere.would_gain": N_("With the same {n:count} {units} spread evenly by {baseline}, there would be about {even_focus:count} {at_focus} instead of {placed_focus:count}, and {even_reference:count} {at_reference} instead of {placed_reference:count}. A draw by lot would give {lot_low:count} to {lot_high:count} {at_focus}."),
    "elsewhere.would_lose": N_("With the same {n:count} {units} spread evenly by {baseline}, there would be about {even_focus:count} {at_focus} instead of {placed_focus:count}, and {even_reference:count} {at_reference} instead of {placed_reference:count}. A draw by lot would give {lot_low:count} to {lot_high:count} {at_focus}."),
    "elsewhere.would_not_differ": N_("With the same {n:count} {units} spread evenly by {baseline}, there would be about {even_focus:count} {at_focus} and there are {placed_focus:count}: no more apart than a draw by lot could bring, which gives {lot_low:count} to {lot_high:count}."),
    "verdict.would_gain": N_("more {at_focus} if the same {units} were spread evenly by {baseline}"),
    "verdict.would_lose": N_("fewer {at_focus} if the same {units} were spread evenly by {baseline}"),
    "verdict.would_not_differ": N_("an even spread by {baseline} would change no more {at_focus} than lots could"),
    "table.elsewhere": N_("As placed, and spread evenly by …"),
    "column.by_lot": N_("By lot"),
    "column.even": N_("Spread evenly"),
    "column.apart": N_("More (+) or fewer (−) than even"),
    "column.lot_low": N_("By lot, from"),
    "column.lot_high": N_("By lot, to"),
    "label.change": N_("Units that an even spread would bring (+) or take (−)"),
    "figure.gains": N_("{group}: {placed_focus:count} {units} {at_focus}, {even_focus:count} if they were spread evenly by {baseline}"),
    "figure.gains.alternative": N_("A bar for each group: to the right where it has more {units} than an even spread would give, to the left where it has fewer, in front of the band that a draw by lot gives. The table holds the numbers."),
    "axis.apart": N_("{units} more (right) or fewer (left) than an even spread by {baseline}"),
    "legend.above": N_("more than even"),
    "legend.below": N_("fewer than even"),
}
