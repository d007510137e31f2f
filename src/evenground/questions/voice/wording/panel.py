"""What Voice says of a panel drawn by lot."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

PANEL: Mapping[str, str | tuple[str, str]] = {
    "label.panel_quotas_broken": N_("Quotas that the panel does not keep"),
    "label.panel_least_possible": N_("Least chance, at its largest in any lot"),
    "label.panel_least_told": N_("Least chance that was published"),
    "label.panel_alike_apart": N_("Largest difference between people with the same features"),
    "verdict.panel.within": N_("within its quotas"),
    "verdict.panel.outside": N_("outside its quotas"),
    "verdict.panel.alike": N_("people alike had the same chance"),
    "verdict.panel.unlike": N_("people alike had different chances"),
    "panel.within": NN_(
        "The panel of {size:count} drawn from {n_people:count} people keeps its {n} quota.",
        "The panel of {size:count} drawn from {n_people:count} people keeps all {n} quotas.",
    ),
    "panel.outside": NN_(
        "The panel of {size:count} drawn from {n_people:count} people does not keep {n} of {n_quotas:count} quotas.",
        "The panel of {size:count} drawn from {n_people:count} people does not keep {n} of {n_quotas:count} quotas.",
    ),
    "panel.alike": N_(
        "People with the same features had the same chance of being drawn. The least chance was {least:share}; no lot within these quotas could have given everybody more than {most:share}."
    ),
    "panel.unlike": N_(
        "People with the same features had chances of being drawn that differ by up to {apart:share}. The least chance was {least:share}; no lot within these quotas could have given everybody more than {most:share}."
    ),
    "panel.untold": N_(
        "Whether the lot was fair cannot be told: chances of being drawn were not published for everybody. No lot within these quotas could have given everybody more than {most:share}; with no quotas it would be {equal:share}."
    ),
    "panel.open": N_(
        "Whether the panel was drawn fairly cannot be told from what was handed over: somebody's features or the quotas are not complete, or the panel is too small to tell of."
    ),
    "caveat.panel.volunteers": N_(
        "Quotas count what was asked about; those who let themselves be drawn may differ from others in all else."
    ),
    "caveat.panel.upper": N_(
        "The largest least chance is an upper limit; whole people may allow a little less."
    ),
}
