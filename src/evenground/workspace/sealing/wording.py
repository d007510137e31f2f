"""What page one of a dossier says of the seal; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_
from evenground.record.wording import LIMITS

# A sentence is a line.
# fmt: off
SEAL_LINES: Mapping[str, str | tuple[str, str]] = {
    # not held against what came
    "refused.no_seal": N_("There are outcome data, and they were not held against what was promised: the promises were never sealed, so they could have been written when the result was known."),
    "refused.broken": N_("There are outcome data, and they were not held against what was promised: the record of the seal does not hold."),
    "refused.differs": N_("There are outcome data, and they were not held against what was promised: what stands there today is not what was sealed. An amendment would say openly what changed, and why."),
    "refused.key_lost": N_("There are outcome data, and they were not held against what was promised: the key of the seal is lost, so nobody can show what was sealed."),
    "refused.not_compared": N_("There are outcome data, and they were not held against what was promised: the sealed text is neither opened nor at hand, so nobody can show that what stands there today is what was sealed."),
    # held against what came, although not sealed
    "unsealed.no_seal": N_("Unsealed: what came is held against promises that were never sealed. They could have been written when the result was known."),
    "unsealed.broken": N_("Unsealed: what came is held against promises although the record of their seal does not hold."),
    "unsealed.differs": N_("Unsealed: what came is held against promises that are not those that were sealed."),
    "unsealed.key_lost": N_("Unsealed: the key of the seal is lost. Nobody can show that what came is held against what was sealed."),
    "unsealed.not_compared": N_("Unsealed: the sealed text is neither opened nor at hand. Nobody can show that what came is held against what was sealed."),
    "unsealed.asked_unsealed": N_("Unsealed: what came was to be held against the promises whether sealed or not. There is a seal, and they are what was sealed."),
    # the seal
    "sealed": N_("What was promised was sealed on {on:date}."),
    "amended": N_("What was promised was sealed on {on:date}, and amended since, last on {last:date}."),
    "afterwards": LIMITS["afterwards"],
    "afterwards_unnamed": LIMITS["afterwards_unnamed"],
    "key_lost": N_("The key of the seal in force is lost: what was sealed can no longer be proven."),
    # the record
    "broken": NN_("The record of the seal does not hold at {n} place.", "The record of the seal does not hold at {n} places."),
    "code": NN_("The record of it has {n} entry; its code is {code}.", "The record of it has {n} entries; its code is {code}."),
    "witness": LIMITS["witness"],
    "city_only": LIMITS["city_only"],
}  # fmt: skip
