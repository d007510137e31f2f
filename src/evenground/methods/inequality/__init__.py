"""Inequality among people, when what is known is what the people of each area have.

Every measure counts people, not areas, and has a kernel (``*_rows``) that computes it for many
weightings at once. Intervals come from resampling areas; inequality within areas is not seen.
"""

from evenground.methods.inequality.atkinson import atkinson, atkinson_rows
from evenground.methods.inequality.concentration_index import (
    ConcentrationIndex,
    concentration_index,
    concentration_index_rows,
)
from evenground.methods.inequality.distribution import IndexRows
from evenground.methods.inequality.foster_greer_thorbecke import (
    Side,
    foster_greer_thorbecke,
    foster_greer_thorbecke_rows,
)
from evenground.methods.inequality.gini import gini, gini_rows
from evenground.methods.inequality.interval import (
    Interval,
    Resampling,
    interval_of,
    intervals_from_rows,
    intervals_of,
)
from evenground.methods.inequality.kolm_pollak import (
    KolmPollak,
    fitted_kappa,
    kolm_pollak,
    kolm_pollak_rows,
)
from evenground.methods.inequality.lorenz import (
    Dominance,
    LorenzCurve,
    LorenzDominance,
    concentration_curve,
    even_curve,
    lorenz_curve,
    lorenz_dominance,
    lorenz_rows,
)
from evenground.methods.inequality.palma import Palma, palma, palma_rows
from evenground.methods.inequality.replicates import bootstrap_weights, jackknife_weights
from evenground.methods.inequality.theil import theil_l, theil_l_rows, theil_t, theil_t_rows
from evenground.methods.inequality.theil_decomposition import (
    TheilParts,
    theil_l_decomposition,
    theil_t_between_rows,
    theil_t_decomposition,
)

__all__ = [
    "ConcentrationIndex",
    "Dominance",
    "IndexRows",
    "Interval",
    "KolmPollak",
    "LorenzCurve",
    "LorenzDominance",
    "Palma",
    "Resampling",
    "Side",
    "TheilParts",
    "atkinson",
    "atkinson_rows",
    "bootstrap_weights",
    "concentration_curve",
    "concentration_index",
    "concentration_index_rows",
    "even_curve",
    "fitted_kappa",
    "foster_greer_thorbecke",
    "foster_greer_thorbecke_rows",
    "gini",
    "gini_rows",
    "interval_of",
    "intervals_from_rows",
    "intervals_of",
    "jackknife_weights",
    "kolm_pollak",
    "kolm_pollak_rows",
    "lorenz_curve",
    "lorenz_dominance",
    "lorenz_rows",
    "palma",
    "palma_rows",
    "theil_l",
    "theil_l_decomposition",
    "theil_l_rows",
    "theil_t",
    "theil_t_between_rows",
    "theil_t_decomposition",
    "theil_t_rows",
]
