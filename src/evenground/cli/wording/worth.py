"""What ``evenground worth`` prints beside the sentences of its findings."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_

COSTED = N_("{option}, {years}")
NOT_COSTED = N_("{option}: no cost is given.")
AS_PAID = N_("as paid")
PRESENT = N_("in values of the first year")
BY_KIND: Mapping[str, str] = {
    "purchase": N_("purchase"),
    "subscription": N_("subscriptions"),
    "maintenance": N_("maintenance"),
    "staff": N_("staff"),
    "data": N_("data"),
    "leaving": N_("leaving"),
    "other": N_("other, or not broken down"),
}
LEAVING = N_("cost of leaving")
NOT_GIVEN = N_("not given")
MISSING = N_("not given: {what:list}")
OF_SHARE = N_("{amount} ({part:per_cent})")
WITH_RANGE = N_("{value} ({low} to {high})")
AT_LEAST = N_("at least {amount}")
LEFT = N_("{option}, left at the end of a year:")
LEFT_HEADER = (N_("Year"), N_("Paid by then"), N_("Saved by leaving"), N_("Not used up"))
BALANCE_HEADER = (
    N_("Counted"),
    N_("Benefit"),
    N_("Less lower cost"),
    N_("Less higher cost"),
)
ALIKE = N_("all alike")
ELASTICITY = N_("elasticity {elasticity}")
LOW_END = N_("… lower end")
HIGH_END = N_("… upper end")
WITH_IT = N_("To be known with it:")
TO_ASK = N_("To ask:")
ASKED = N_("{who}: {what}")
READ = N_("Read {file}.")
NOTICED = N_("Noticed: {what}")
