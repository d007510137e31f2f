"""What ``evenground invite-panel`` says."""

from __future__ import annotations

from evenground.language import N_

# A sentence is a line.
# fmt: off
LETTERS = N_("{n:count} letters to {n_households:count} households, so that each stratum can be expected to bring the people it needs.")
EXPECTED = N_("Expected: {expected:count} people say yes; {needed:count} are needed.")
SHORT = N_("Too few letters or households in {names:list}: there the pool will probably be too small.")
ASSUMED = N_("All this holds if letters are answered as assumed. Within a stratum every household has the same chance of a letter; of a household at most one person comes to the pool.")
SEED = N_("Households were drawn from seed {seed}; the same files and seed draw the same.")
HEADER = (N_("stratum"), N_("households"), N_("letters"), N_("needed"), N_("expected"), N_("95 %"), N_("enough"))
# fmt: on
