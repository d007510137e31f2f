"""What was promised, in words."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_
from evenground.questions.promise.measures.promises.gaps import GAPS

# A sentence is a line.
# fmt: off
PROMISED: Mapping[str, str | tuple[str, str]] = {
    "headline.none": N_("Cannot tell what {initiative} is to bring: nobody has written down what is promised."),
    "headline.can_be_checked": N_("What {initiative} promises can be checked."),
    "headline.some_can_be_checked": N_("Some of what {initiative} promises can be checked; the rest could never be said to be broken."),
    "headline.cannot_be_checked": N_("Nothing that {initiative} promises can be checked: whatever comes, nobody could say that it was broken."),
    "ask.promises": N_("What is {initiative} to bring, to whom, by how much, by when, in your own words?"),
    "ask.promises.unlocks": N_("what can be checked later, and what the city should do if it does not come"),
    "table.promises": N_("promises"),
    "verdict.can_be_checked": N_("can be checked"),
    "verdict.some_can_be_checked": N_("some of it can be checked"),
    "verdict.cannot_be_checked": N_("cannot be checked"),
    "promised.can_be_checked": NN_("What was promised, {n} promise in all, can be held against what will have come.", "What was promised, {n} promises in all, can be held against what will have come: {n_number:count} by a number, {n_accounts:count} by what people will say."),
    "promised.some_can_be_checked": N_("Of {n:count} promises, {n_number:count} can be held against a number and {n_accounts:count} against what people will say; for the rest ({n_neither:count}), nobody could ever say whether it was kept."),
    "promised.cannot_be_checked": NN_("What was promised, {n} promise in all, can be held against nothing: whatever comes, nobody could say that it was broken.", "What was promised, {n} promises in all, can be held against nothing: whatever comes, nobody could say that one was broken."),
    "table.promised": N_("What was promised"),
    "column.promise": N_("Promise"),
    "column.promised_by": N_("Promised by"),
    "column.in_words": N_("In these words"),
    "column.measured_by": N_("Measured by"),
    "column.before": N_("Before"),
    "column.promised": N_("Promised"),
    "column.due": N_("Due"),
    "not_stated": N_("not stated"),
    "by_accounts": N_("what people say"),
    "amount": N_("{value} {unit}"),
    "table.gaps": N_("What is left out, and what that prevents"),
    "column.gap": N_("Left out"),
    "label.n_promises": N_("Promises"),
    "label.n_by_number": N_("Judged by a number"),
    "label.n_by_accounts": N_("Judged by what people say"),
    # contradictions
    "contradiction.ways_disagree": N_("Promise “{promise}”: the value, the change and the share that were promised do not agree with one another."),
    "contradiction.wrong_direction": N_("Promise “{promise}”: the value promised lies on the wrong side of the baseline."),
    "contradiction.no_change": N_("Promise “{promise}”: the value promised is the baseline."),
    "contradiction.minimum_above_promise": N_("Promise “{promise}”: the smallest worthwhile effect is above what was promised; kept in full, it would not be worth it."),
    "contradiction.floor_above_promise": N_("Promise “{promise}”: every group is to get more than was promised to all together."),
    "contradiction.baseline_after_date": N_("Promise “{promise}”: the baseline is from after the date by which it was to be kept."),
    "caveat.afterwards": N_("Promise “{promise}” was put together afterwards, by {by}: it is what was understood, not what was fixed."),
    "caveat.by_accounts": NN_("{n} promise ({promises:list}) is judged by what people say. There is no delivered share of it, and none is made up from other figures.", "{n} promises ({promises:list}) are judged by what people say. There is no delivered share of them, and none is made up from other figures."),
    "ask.number": N_("By how much, measured by what, from which value before, by when: {promises:list}?"),
    "ask.number.unlocks": N_("whether it can ever be said that the promise was kept or broken"),
    # what would be done
    "verdict.gesture": N_("as it stands, a gesture"),
    "verdict.some_gestures": N_("partly a gesture"),
    "verdict.would_change_something": N_("the result would change something"),
    "gesture.gesture": N_("Nobody has said what the city would do differently, whatever comes of {initiative}. As it stands, measuring it would be a gesture."),
    "gesture.some_gestures": NN_("For {n} of {of:count} promises ({promises:list}), nobody has said what the city would do differently, whatever comes of it. As it stands, measuring that would be a gesture.", "For {n} of {of:count} promises ({promises:list}), nobody has said what the city would do differently, whatever comes of them. As it stands, measuring those would be a gesture."),
    "gesture.would_change_something": N_("It is said beforehand what the city would do at different results."),
    "table.responses": N_("What the city would do at each result"),
    "column.if_it_says": N_("If the rule says"),
    "column.then": N_("Then"),
    "result.scale": N_("scale"),
    "result.adjust": N_("adjust"),
    "result.stop": N_("stop"),
    "result.cannot_tell": N_("cannot tell yet"),
    "ask.responses": N_("What would be done differently if all of it came, if a part of it came, if nothing came?"),
    "ask.responses.unlocks": N_("whether measuring the result can change anything"),
    # measured for nothing
    "verdict.measured_for_nothing": N_("some of it informs no decision"),
    "verdict.measured_for_decisions": N_("all of it informs a decision"),
    "unused.measured_for_nothing": NN_("Of everything that is measured ({of:count} in all), {n} indicator or dataset informs no decision: {names:list}.", "Of everything that is measured ({of:count} in all), {n} indicators and datasets inform no decision: {names:list}."),
    "unused.measured_for_decisions": N_("Everything that is measured ({of:count} indicators and datasets) is tied to a decision that it informs."),
    "label.n_measured": N_("Indicators and datasets"),
    "label.n_unused": N_("Informing no decision"),
    "ask.what_for": N_("Which decision waits for {names:list}?"),
    "ask.what_for.unlocks": N_("whether it needs to be measured at all"),
    **{f"gap.{gap.code}": gap.what for gap in GAPS},
}
