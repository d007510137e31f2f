"""Synthetic estimators: one to five treated areas and a long history, or DiD where it is short."""

from evenground.questions.promise.measures.synthetic.augmented_synthetic_control import (
    augmented_synthetic_control,
)
from evenground.questions.promise.measures.synthetic.block_conformal import (
    BlockConformal,
    block_conformal,
)
from evenground.questions.promise.measures.synthetic.difference_in_differences import (
    difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.enumerated_did import enumerated_did
from evenground.questions.promise.measures.synthetic.in_time_placebo import (
    InTimePlacebo,
    in_time_placebo,
)
from evenground.questions.promise.measures.synthetic.leave_one_donor_out import (
    LeaveOneDonorOut,
    leave_one_donor_out,
)
from evenground.questions.promise.measures.synthetic.null_distribution import (
    NullDistribution,
    PilotShape,
    null_distribution,
)
from evenground.questions.promise.measures.synthetic.placebo_test import (
    PlaceboTest,
    Ranked,
    placebo_test,
)
from evenground.questions.promise.measures.synthetic.power_curve import PowerCurve, power_curve
from evenground.questions.promise.measures.synthetic.synthetic_control import synthetic_control
from evenground.questions.promise.measures.synthetic.synthetic_difference_in_differences import (
    synthetic_difference_in_differences,
)
from evenground.questions.promise.measures.synthetic.synthetic_fit import (
    Method,
    Mode,
    SyntheticFit,
)
from evenground.questions.promise.measures.synthetic.who_benefits import WhoBenefits, who_benefits

__all__ = [
    "BlockConformal",
    "InTimePlacebo",
    "LeaveOneDonorOut",
    "Method",
    "Mode",
    "NullDistribution",
    "PilotShape",
    "PlaceboTest",
    "PowerCurve",
    "Ranked",
    "SyntheticFit",
    "WhoBenefits",
    "augmented_synthetic_control",
    "block_conformal",
    "difference_in_differences",
    "enumerated_did",
    "in_time_placebo",
    "leave_one_donor_out",
    "null_distribution",
    "placebo_test",
    "power_curve",
    "synthetic_control",
    "synthetic_difference_in_differences",
    "who_benefits",
]
