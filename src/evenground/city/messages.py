"""What can be wrong in ``city.toml``, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

NO_NAME = ProblemKind(
    code="city_without_name",
    severity=Severity.WARNING,
    what=N_("The city has no name."),
    rule=N_("The dossier says on its first line which city it is about."),
    way_out=N_('Add a line: name = "Washington, DC"'),
)
NO_CRS = ProblemKind(
    code="city_without_crs",
    severity=Severity.WARNING,
    what=N_("The city names no projected coordinate system."),
    rule=N_("Distances and areas are measured in metres in one coordinate system."),
    way_out=N_('Add a line such as: crs = "EPSG:3006" (ask whoever makes the city\'s maps)'),
)
BAD_TIME_ZONE = ProblemKind(
    code="unknown_time_zone",
    what=N_("{value} is not a time zone."),
    rule=N_("Times in files are turned into days of the city's own calendar."),
    way_out=N_('Write a name such as "Europe/Stockholm" or "America/New_York".'),
    suggestion=N_('Write "{nearest}".'),
)
UNKNOWN_QUESTION = ProblemKind(
    code="unknown_question",
    what=N_("There is no question called {value}."),
    rule=N_("Only questions that exist can be asked."),
    way_out=N_("Choose among: {known}. Leave the line out to ask all of them."),
    suggestion=N_("Write {nearest}. The questions are: {known}."),
)
UNKNOWN_SETTING = ProblemKind(
    code="unknown_setting",
    what=N_("There is no setting called {value}."),
    rule=N_("A setting that is not known changes nothing."),
    way_out=N_("Take it out, or use one of: {known}."),
    suggestion=N_("Write {nearest} instead."),
)
SETTING_OUT_OF_RANGE = ProblemKind(
    code="setting_out_of_range",
    what=N_("The setting {column} is {value}."),
    rule=N_("It must lie between {low} and {high} ({meaning})."),
    way_out=N_("Write a number from {low} to {high}, or leave it out: it is {default} then."),
)
SETTING_WRONG_TYPE = ProblemKind(
    code="setting_wrong_type",
    what=N_("The setting {column} is {value}, which is not of the kind that it needs."),
    rule=N_("It stands for: {meaning}."),
    way_out=N_("Write a value such as {default}."),
)
GROUP_WITHOUT_KEY = ProblemKind(
    code="group_without_key",
    what=N_("A group has no key."),
    rule=N_("Results are told by group, so each grouping needs a short name of its own."),
    way_out=N_('Add a line: key = "age"'),
)
REPEATED_KEY = ProblemKind(
    code="repeated_key",
    what=N_("The key {value} is used twice."),
    rule=N_("Two things with one name cannot be told apart, so only the first was used."),
    way_out=N_("Give the second one a name of its own."),
)
CLASSES_WITHOUT_INDICATOR = ProblemKind(
    code="classes_without_indicator",
    what=N_("The grouping {group} sorts areas into classes and does not say by what."),
    rule=N_("Areas are sorted by one indicator of the table of indicators."),
    way_out=N_('Add a line: indicator = "poverty_pct"'),
)
COUNTS_WITHOUT_MEMBERS = ProblemKind(
    code="counts_without_members",
    what=N_("The grouping {group} counts people and does not say which groups."),
    rule=N_("Members are groups of the population table."),
    way_out=N_('Add a line: members = ["under_5", "65_plus"]'),
)
LABELS_DO_NOT_FIT = ProblemKind(
    code="labels_do_not_fit",
    what=N_("Labels of the grouping {group}: {n_labels}; classes: {n_classes}."),
    rule=N_("Every class needs one label, from the lowest values to the highest."),
    way_out=N_("Write as many labels as classes ({n_classes}), or change classes or breaks."),
)
LABELS_NEEDED = ProblemKind(
    code="labels_needed",
    what=N_("The grouping {group} has no labels for its classes ({n_classes})."),
    rule=N_("Sentences name the classes, from the lowest values to the highest."),
    way_out=N_('Add a line: labels = ["low", "middle", "high"]'),
)
BREAKS_NOT_RISING = ProblemKind(
    code="breaks_not_rising",
    what=N_("The breaks of the grouping {group} do not rise: {value}."),
    rule=N_("A break is the value at which the next class begins."),
    way_out=N_("Write them from low to high, each once: breaks = [10, 20]"),
)
TOO_FEW_CLASSES = ProblemKind(
    code="too_few_classes",
    what=N_("The grouping {group} asks for {value} classes."),
    rule=N_("At least two classes are needed to compare anything."),
    way_out=N_("Write classes = 3, or another number from 2 to 20."),
)
COMPARE_NEEDS_TWO = ProblemKind(
    code="compare_needs_two",
    what=N_("compare of the grouping {group} names {value}; it needs two names."),
    rule=N_("A sentence compares the first with the second."),
    way_out=N_("Name two of: {known}."),
)
COMPARE_UNKNOWN = ProblemKind(
    code="compare_unknown",
    what=N_("compare of the grouping {group} names {value}, which is not one of its classes."),
    rule=N_("Only classes or groups of the same grouping can be compared."),
    way_out=N_("Name two of: {known}."),
    suggestion=N_("Write {nearest}. The possible names are: {known}."),
)
NAME_OF_NO_MEMBER = ProblemKind(
    code="name_of_no_member",
    severity=Severity.WARNING,
    what=N_("names of the grouping {group} speaks of {value}, which is not one of its members."),
    rule=N_("A name without a member is never shown."),
    way_out=N_("Take it out, or add {value} to members."),
    suggestion=N_("Write {nearest} instead."),
)
BASELINE_WITHOUT_KEY = ProblemKind(
    code="baseline_without_key",
    what=N_("A baseline has no key."),
    rule=N_("A baseline says what an even distribution would follow; each needs a name."),
    way_out=N_('Add a line: key = "people"'),
)
NEED_WITHOUT_MEASURE = ProblemKind(
    code="need_without_measure",
    what=N_("The baseline {baseline} is of need and does not say what measures the need."),
    rule=N_("Need is measured by an indicator that counts, or by a group of the population."),
    way_out=N_('Add a line: indicator = "poor_people" (or group = "under_5")'),
)
SEVERAL_LEADS = ProblemKind(
    code="several_leading_baselines",
    what=N_("More than one baseline is marked as leading ({n_leads})."),
    rule=N_("The city chooses one; the others stand beside it."),
    way_out=N_("Leave lead = true at one of them only. The first was used."),
)
LEAD_WITHOUT_REASON = ProblemKind(
    code="lead_without_reason",
    severity=Severity.NOTE,
    what=N_("The leading baseline {baseline} has no reason, name or date."),
    rule=N_("The dossier says who chose it, when and why; readers will ask."),
    way_out=N_("Add lines: reason, chosen_by, chosen_on"),
)
LEVEL_UNKNOWN = ProblemKind(
    code="level_unknown",
    what=N_("level is {value}, and no level of that name is described."),
    rule=N_("Results are made at one level of areas."),
    way_out=N_("Use one of: {known}, or describe it under [levels.{value}]."),
    suggestion=N_("Write {nearest}, or describe it under [levels.{value}]."),
)
