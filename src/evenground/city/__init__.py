"""The city: its name, groups, baselines and tables; data stands in tables, not in these values."""

from evenground.city.model import AreaLevel, BaselineChoice, City, Group, GroupKind
from evenground.city.settings import CITY_SETTINGS
from evenground.city.tables import CITY_TABLES

__all__ = [
    "CITY_SETTINGS",
    "CITY_TABLES",
    "AreaLevel",
    "BaselineChoice",
    "City",
    "Group",
    "GroupKind",
]
