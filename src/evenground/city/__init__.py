"""The city: its name, groups, baselines and tables. Data stands in tables, never in these values."""

from evenground.city.model import AreaLevel, BaselineChoice, City, Group, GroupKind
from evenground.city.tables import CITY_TABLES

__all__ = ["CITY_TABLES", "AreaLevel", "BaselineChoice", "City", "Group", "GroupKind"]
