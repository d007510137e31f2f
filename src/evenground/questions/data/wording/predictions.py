"""What a model's predictions did to whom, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
PREDICTIONS: Mapping[str, str | tuple[str, str]] = {
    # rates, by the names that the field gives them
    "rate.selection_rate": N_("Selected (selection rate)"),
    "rate.base_rate": N_("Came, predicted or not (base rate)"),
    "rate.true_positive_rate": N_("Predicted, of those for whom it came (true positive rate)"),
    "rate.false_positive_rate": N_("Predicted, of those for whom it did not come (false positive rate)"),
    "rate.false_negative_rate": N_("Not predicted, of those for whom it came (false negative rate)"),
    "rate.true_negative_rate": N_("Not predicted, of those for whom it did not come (true negative rate)"),
    "rate.positive_predictive_value": N_("Came, of those predicted (positive predictive value)"),
    "rate.negative_predictive_value": N_("Did not come, of those not predicted (negative predictive value)"),
    "rate.accuracy": N_("Predicted rightly (accuracy)"),
    "definition.error_rates": N_("Each rate is a number of cases over another, by group, with its exact interval (Clopper and Pearson). Of groups with fewer than {least:count} cases it is not told whether they differ."),
    "definition.rate_differences": N_("A group’s rate less, and over, that of {reference}, with intervals that hold for all groups together (Newcombe; Koopman). A difference is told only if its interval leaves out 0."),
    "reason.error_rates.few": NN_("For {group} there is {n:count} case. At least {least:count} would be needed.", "For {group} there are {n:count} cases. At least {least:count} would be needed."),
    "reason.predictions.no_outcome": N_("No column says what came, so that no prediction can be right or wrong. What came would have to be recorded beside it, also for those who were not selected."),
    "reason.predictions.no_prediction": N_("No column holds a prediction."),
    "reason.predictions.no_group": N_("No column tells a group or an area, so that errors cannot be told by them."),
    "told.more": N_("more"),
    "told.less": N_("less"),
    "told.cannot_tell": N_("cannot tell"),
    # calibration
    "label.brier_score": N_("Mean squared difference of predicted chance and outcome (Brier 1950)"),
    "label.calibration_intercept": N_("Calibration in the large (0: right on average; above: chances too low)"),
    "label.calibration_slope": N_("Calibration slope (1: as it should be; below: chances too extreme)"),
    "reason.calibration_slope.few": N_("Too few cases in which it came, or did not: {n:count}. At least {least:count} of either would be needed."),
    "reason.calibration_slope.one_score": N_("All predicted chances are the same."),
    "reason.calibration_slope.parted": N_("The predicted chances part what came from what did not wholly, so that the slope has no bound."),
    "reason.calibration.no_probability": N_("The predictions are no probabilities between 0 and 1, so that it can only be told what came at each value."),
    "reason.predictions.too_many": N_("There are too many rows to hold each prediction against what came; at most {most:count} are. A sample drawn by lot would tell."),
    "check.misleading_chances": N_("Predicted chances that do not mean what they say"),
    "definition.misleading_chances": N_("Groups (and areas) in which, among cases of like chances, the share that came leaves out the chance that was said. Cases are put into bins that are the same for all; the exact intervals (Clopper and Pearson) hold for all bins and groups together."),
    "verdict.chances_mislead": N_("chances do not mean what they say"),
    "verdict.chances_not_told_to_mislead": N_("not told to mislead"),
    "calibration.chances_mislead": N_("By {by}, chances in “{title}” do not mean what they say: {groups:list}."),
    "calibration.chances_not_told_to_mislead": N_("By {by}, it cannot be told that chances in “{title}” mean anything but what they say."),
    "calibration.no_chances": N_("What “{title}” predicts are no chances between 0 and 1. Beside each stands the share that came, by {by}; whether that is as it should be cannot be told."),
    "calibration.group": N_("in {group} it came in {came:share} of cases with a chance of {said:share} on average"),
    "caveat.calibration_slope": N_("Calibration as a whole, in {group}: {reason}"),
    "table.calibration": N_("Predictions in “{title}” beside what came, by {by}"),
    "column.said": N_("Predicted, on average"),
    "column.came": N_("Share that came"),
    # groups and areas
    "check.unequal_errors": N_("Errors of decisions that fall unequally"),
    "definition.unequal_errors": N_("Groups (and areas) in which it is told that more, or fewer, are wrongly said to come, or wrongly said not to come, than in the largest one. Intervals of the differences hold for all groups together (Newcombe). Of groups with fewer than {least:count} cases nothing is told."),
    "group.none": N_("rows without a group"),
    "group.more": N_("further ones that the table shows"),
    "caveat.group.more": N_("Of further groups too little is known; the table shows how many cases each has."),
    # amounts
    "check.leaning_amounts": N_("Predicted amounts that lean one way"),
    "definition.leaning_amounts": N_("Groups (and areas) for which predictions are told to be too high, or too low, on average: both the interval by resampling rows and Student’s, which holds for all groups together, leave out 0. Of groups with fewer than {least:count} rows nothing is told."),
    "verdict.amounts_lean": N_("amounts lean one way"),
    "verdict.amounts_not_told_to_lean": N_("not told to lean"),
    "amounts.amounts_lean": N_("By {by}, amounts predicted in “{title}” lean one way: {groups:list}."),
    "amounts.amounts_not_told_to_lean": N_("By {by}, it cannot be told that amounts predicted in “{title}” are too high or too low anywhere."),
    "amount.too_high": N_("in {group} they are too high by {off:number} on average"),
    "amount.too_low": N_("in {group} they are too low by {off:number} on average"),
    "label.prediction_bias": N_("Prediction less what came, on average"),
    "table.amounts": N_("Errors of predicted amounts in “{title}” by {by}"),
    "column.prediction_bias": N_("Prediction less what came, on average"),
    "column.mean_absolute_error": N_("How far off on average"),
    "label.mean_absolute_error": N_("How far off on average (mean absolute error)"),
    # what cannot hold at once
    "label.fairness_conflicts": N_("Criteria of fairness that cannot hold at once"),
    "definition.fairness_conflicts": N_("Where what is predicted is unequally frequent among groups, some criteria exclude one another, whatever the model; this is arithmetic and no fault of it. Which of them matters is for people to decide."),
    "reason.fairness_conflicts.alike": N_("It cannot be told that what is predicted is unequally frequent among groups, so that no criteria are shown to exclude one another."),
    "criterion.statistical_parity": N_("Equal shares of each group are selected"),
    "criterion.equal_false_positives": N_("Of those for whom it does not come, equal shares are selected"),
    "criterion.equal_false_negatives": N_("Of those for whom it comes, equal shares are missed"),
    "criterion.predictive_parity": N_("Of those selected, equal shares turn out rightly selected"),
    "criterion.calibration_within_groups": N_("A predicted chance means the same in each group"),
    "criterion.balance_for_positives": N_("Those for whom it comes have equal predicted chances on average in each group"),
    "criterion.balance_for_negatives": N_("Those for whom it does not come have equal predicted chances on average in each group"),
    "unless.perfect": N_("Unless the model is never wrong"),
    "unless.uninformative": N_("Unless selection does not hang on what comes"),
}
