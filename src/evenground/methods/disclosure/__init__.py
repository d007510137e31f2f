"""Disclosure control: what of a city's counts of people a public edition may be computed from.

Small counts are suppressed once, on counts, before any figure or finding is made; further cells go
where a total would give the first ones away; what is left out is replaced by an allocation of what
remains, so that every public number is a function of publishable numbers; an audit by linear
programming certifies the result. ``disclose`` does all of it for a set of tables.

Source: Hundepool, Domingo-Ferrer, Franconi, Giessing, Schulte Nordholt, Spicer and de Wolf (2012),
Statistical Disclosure Control, chapter 4 (tables of counts); Fischetti and Salazar-González (2001),
"Solving the cell suppression problem on tabular data with linear constraints", Management Science
47(7).
"""

from evenground.methods.disclosure.disclose import Disclosed, disclose
from evenground.methods.disclosure.people import accounts_for, places_for
from evenground.methods.disclosure.population import Protected, protect
from evenground.methods.disclosure.rules import Certificate, Nesting, Rules, nesting_of

__all__ = [
    "Certificate",
    "Disclosed",
    "Nesting",
    "Protected",
    "Rules",
    "accounts_for",
    "disclose",
    "nesting_of",
    "places_for",
    "protect",
]
