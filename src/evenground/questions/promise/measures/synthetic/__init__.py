"""Synthetic estimators: one to five treated areas and a long history, or DiD where it is short."""

from evenground.questions.promise.measures.synthetic.augmented_synthetic_control import (
    augmented_synthetic_control,
)
from evenground.questions.promise.measures.synthetic.difference_in_differences import (
    difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.enumerated_did import enumerated_did
from evenground.questions.promise.measures.synthetic.placebo_test import (
    PlaceboTest,
    Ranked,
    placebo_test,
)
from evenground.questions.promise.measures.synthetic.synthetic_control import synthetic_control
from evenground.questions.promise.measures.synthetic.synthetic_difference_in_differences import (
    synthetic_difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import (
    Method,
    Mode,
    SyntheticFit,
)

__all__ = [
    "Method",
    "Mode",
    "PlaceboTest",
    "Ranked",
    "SyntheticFit",
    "augmented_synthetic_control",
    "difference_in_differences",
    "enumerated_did",
    "placebo_test",
    "synthetic_control",
    "synthetic_difference_in_differences",
]
