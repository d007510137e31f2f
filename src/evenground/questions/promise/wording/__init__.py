"""Finding code to sentence; no logic."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.questions.promise.wording.alone import ALONE
from evenground.questions.promise.wording.borrowed import BORROWED
from evenground.questions.promise.wording.came import CAME
from evenground.questions.promise.wording.checked import CHECKED
from evenground.questions.promise.wording.costs import COSTS
from evenground.questions.promise.wording.could_show import COULD_SHOW
from evenground.questions.promise.wording.delivery_record import DELIVERY_RECORD
from evenground.questions.promise.wording.effects import EFFECTS
from evenground.questions.promise.wording.expected import EXPECTED
from evenground.questions.promise.wording.looks import LOOKS
from evenground.questions.promise.wording.promised import PROMISED
from evenground.questions.promise.wording.sealed import SEALED
from evenground.questions.promise.wording.worth import WORTH

WORDING: Mapping[str, str | tuple[str, str]] = {
    **PROMISED,
    **BORROWED,
    **SEALED,
    **EFFECTS,
    **CAME,
    **CHECKED,
    **EXPECTED,
    **COSTS,
    **COULD_SHOW,
    **LOOKS,
    **DELIVERY_RECORD,
    **WORTH,
    **ALONE,
}
