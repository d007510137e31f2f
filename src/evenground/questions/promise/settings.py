"""What a city may set about Promise; each default is visible in the dossier when it is changed."""

from __future__ import annotations

from evenground.language import N_
from evenground.schema import Setting

SCHEDULES: tuple[str, ...] = (
    "uk", "uk_health", "uk_long", "us", "us_2023", "us_rules_consumption", "us_rules_capital",
    "netherlands", "denmark", "denmark_2013", "norway", "sweden_transport",
)  # fmt: skip
"""Discount schedules that were found in a source; ``published`` holds their rates."""
NO_CLASS = "none"

# A setting is a line.
# fmt: off
SETTINGS: tuple[Setting, ...] = (
    Setting(key="discount_schedule", default="uk", choices=SCHEDULES, meaning=N_("Published real discount rates by which later years count less"), source="HM Treasury 2003, The Green Book, Table 6.1"),
    Setting(key="income_elasticity", default=1.3, low=0, high=5, unit="per cent per cent", meaning=N_("By how many per cent a further unit of money counts less to those with one per cent more income; 0 counts all alike"), source="HM Treasury 2018, The Green Book, A3.14"),
    Setting(key="median_income", default=0.0, low=0, unit="city currency", meaning=N_("Median income of all, in the unit of the groups' incomes; 0 where it is not known, and nothing is weighted")),
    Setting(key="class_weight", default=4.0, low=0, high=1000, unit="own outcomes", meaning=N_("How many past outcomes of the city's own a published class counts for"), source="Ferguson 1973, Annals of Statistics 1, 209–230"),
    Setting(key="least_in_class", default=10, low=1, high=1000, unit="own outcomes", meaning=N_("Fewer past costs of the city's own than this, and none published: uplifts on cost are published ones")),
    Setting(key="cost_class", default=NO_CLASS, choices=(NO_CLASS, "roads"), meaning=N_("Published class of cost overruns that the city's own are shrunk to; none keeps to its own")),
    Setting(key="uplift_category", default="equipment_development", choices=("standard_buildings", "non_standard_buildings", "standard_civil_engineering", "non_standard_civil_engineering", "equipment_development", "outsourcing"), meaning=N_("Kind of project whose published uplift on cost is told where the city's own past is too short"), source="Mott MacDonald 2002, Table 2"),
    Setting(key="partly_from", default=0.75, low=0.01, high=0.99, unit="share 0-1", meaning=N_("Part of a target from which on an agency's indicator counts as partly achieved")),
)
# fmt: on
