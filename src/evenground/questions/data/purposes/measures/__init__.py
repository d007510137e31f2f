"""The 16 measures, each a function of the facts.

The list is Kitchin & Stehle's (2021, Journal of Official Statistics 37(1):121-147, doi
10.2478/jos-2021-0006); what is counted for each is defined here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evenground.questions.data.purposes.facts import Facts
from evenground.questions.data.purposes.measures.access import access
from evenground.questions.data.purposes.measures.changes_over_time import changes_over_time
from evenground.questions.data.purposes.measures.cleanliness import cleanliness
from evenground.questions.data.purposes.measures.coherence import coherence
from evenground.questions.data.purposes.measures.completeness import completeness
from evenground.questions.data.purposes.measures.fidelity import fidelity
from evenground.questions.data.purposes.measures.granularity import (
    spatial_granularity,
    temporal_granularity,
)
from evenground.questions.data.purposes.measures.metadata_availability import (
    metadata_availability,
)
from evenground.questions.data.purposes.measures.privacy import privacy
from evenground.questions.data.purposes.measures.relevance import relevance
from evenground.questions.data.purposes.measures.spatial_coverage import spatial_coverage
from evenground.questions.data.purposes.measures.standardisation import standardisation
from evenground.questions.data.purposes.measures.sustainability import (
    sustainability_and_reliability,
)
from evenground.questions.data.purposes.measures.transparency import (
    methodological_transparency,
    transparency_and_interpretability,
)
from evenground.questions.data.purposes.model import Measured

Measure = Callable[[Facts], Measured]
BY_NAME: Mapping[str, Measure] = {
    "access": access,
    "sustainability_and_reliability": sustainability_and_reliability,
    "transparency_and_interpretability": transparency_and_interpretability,
    "privacy": privacy,
    "fidelity": fidelity,
    "cleanliness": cleanliness,
    "completeness": completeness,
    "spatial_granularity": spatial_granularity,
    "temporal_granularity": temporal_granularity,
    "spatial_coverage": spatial_coverage,
    "coherence": coherence,
    "metadata_availability": metadata_availability,
    "changes_over_time": changes_over_time,
    "standardisation": standardisation,
    "methodological_transparency": methodological_transparency,
    "relevance": relevance,
}


def measures_of(facts: Facts) -> tuple[Measured, ...]:
    """Return all 16 measures of a dataset, in the order of ``MEASURES``."""
    return tuple(measure(facts) for measure in BY_NAME.values())
