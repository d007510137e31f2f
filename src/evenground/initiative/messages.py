"""What can be wrong in ``initiative.toml``, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

NO_TITLE = ProblemKind(
    code="initiative_without_title",
    severity=Severity.WARNING,
    what=N_("The initiative has no title."),
    rule=N_("The dossier is named after it."),
    way_out=N_('Add a line: title = "200 sensor bins"'),
)
NO_STAGE = ProblemKind(
    code="initiative_without_stage",
    severity=Severity.WARNING,
    what=N_("The stage is missing; proposed was taken."),
    rule=N_("What can still be decided depends on how far the initiative has come."),
    way_out=N_('Add a line: stage = "proposed" (idea, proposed, decided, running, ended …)'),
)
OPTION_WITHOUT_KEY = ProblemKind(
    code="option_without_key",
    what=N_("An option has no key."),
    rule=N_("Sites, costs and findings name the option that they belong to."),
    way_out=N_('Add a line: key = "as_today"'),
)
OPTION_REPEATED = ProblemKind(
    code="option_repeated",
    what=N_("The option {value} is described twice."),
    rule=N_("Two options with one key cannot be told apart, so only the first was used."),
    way_out=N_("Give the second one a key of its own."),
)
OPTION_WITHOUT_KIND = ProblemKind(
    code="option_without_kind",
    severity=Severity.WARNING,
    what=N_("The option {option} does not say of what kind it is; other was taken."),
    rule=N_("Every decision is set against as_today and without_new_technology."),
    way_out=N_('Add a line: kind = "full" (as_today, without_new_technology, trial, full, other)'),
)
COST_NOT_A_YEAR = ProblemKind(
    code="cost_not_a_year",
    what=N_("{value} is not a year."),
    rule=N_("Costs are given by year over the whole life."),
    way_out=N_("Write cost = {{2026 = 120000, 2027 = 120000}}"),
)
COST_NOT_A_NUMBER = ProblemKind(
    code="cost_not_a_number",
    what=N_("The cost of {year} is {value}, which is not a number."),
    rule=N_("Costs are added up over the years."),
    way_out=N_("Write the amount in digits, without currency or spaces."),
)
COST_WITHOUT_PRICE_YEAR = ProblemKind(
    code="cost_without_price_year",
    severity=Severity.NOTE,
    what=N_("The option {option} has costs and no price_year."),
    rule=N_("Amounts of different years can be compared at the prices of one year only."),
    way_out=N_("Add a line: price_year = 2026"),
)
NO_AS_TODAY = ProblemKind(
    code="no_option_as_today",
    severity=Severity.NOTE,
    what=N_("No option says what happens if all stays as today."),
    rule=N_("The dossier says on its first page that this was not considered."),
    way_out=N_(
        'Add [[options]] (or a row in the sheet options) with kind = "as_today" and its cost.'
    ),
)
NO_LOW_TECH = ProblemKind(
    code="no_option_without_new_technology",
    severity=Severity.NOTE,
    what=N_("No option reaches the same end without new technology."),
    rule=N_("The dossier says on its first page that this was not considered."),
    way_out=N_('Add [[options]] (or a row in that sheet) with kind = "without_new_technology".'),
)
PROBLEM_WITHOUT_WORDS = ProblemKind(
    code="problem_without_words",
    what=N_("A problem is listed without words."),
    rule=N_("The dossier opens with the problem as it was stated."),
    way_out=N_('Add a line: words = "…", as the city or the residents put it.'),
)
NO_PROBLEM = ProblemKind(
    code="no_problem_stated",
    severity=Severity.NOTE,
    what=N_("Nobody has stated a problem that this initiative acts on."),
    rule=N_("The dossier opens with that fact."),
    way_out=N_(
        "Add [[problems]] (or a row in the sheet problems), as the city or residents put it."
    ),
)
HEARD_AFTER_DECISION = ProblemKind(
    code="heard_after_decision",
    severity=Severity.WARNING,
    what=N_("People can be heard until {value}, and the decision is on {decision}."),
    rule=N_("Who is heard after the decision cannot change it."),
    way_out=N_("Check both dates under [decision]."),
)
