"""Siting: given so many units and these candidate places, where, and who gains and who loses?"""

from evenground.methods.siting.answer import Effort, Progress, Siting, Status
from evenground.methods.siting.frontier import FrontierPoint, frontier
from evenground.methods.siting.gains_and_losses import GainsAndLosses, gains_and_losses
from evenground.methods.siting.kolm_pollak_siting import kolm_pollak_siting
from evenground.methods.siting.lexicographic import lexicographic
from evenground.methods.siting.maximal_coverage import maximal_coverage
from evenground.methods.siting.maximin_groups import maximin_groups
from evenground.methods.siting.p_center import p_center
from evenground.methods.siting.p_median import p_median
from evenground.methods.siting.price_of_equity import PriceOfEquity, price_of_equity
from evenground.methods.siting.problem import Floors, SitingProblem

__all__ = [
    "Effort",
    "Floors",
    "FrontierPoint",
    "GainsAndLosses",
    "PriceOfEquity",
    "Progress",
    "Siting",
    "SitingProblem",
    "Status",
    "frontier",
    "gains_and_losses",
    "kolm_pollak_siting",
    "lexicographic",
    "maximal_coverage",
    "maximin_groups",
    "p_center",
    "p_median",
    "price_of_equity",
]
