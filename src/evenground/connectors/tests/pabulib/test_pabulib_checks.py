"""Every rule of the checks on a file that breaks it and nothing else; all problems at once."""

from __future__ import annotations

import re

import pytest

from evenground.connectors.pabulib.checks.listing import pabulib_problems
from evenground.connectors.pabulib.reading import read_pabulib
from evenground.errors import InvalidInputError, Severity
from evenground.workspace.polls.pabulib_poll import pabulib_poll

APPROVAL = """META
key;value
description;Green budget of the town
country;Poland
unit;Town
instance;2023
num_projects;4
num_votes;4
budget;1000
vote_type;approval
rule;greedy
date_begin;03.04.2023
date_end;21.04.2023
min_length;1
max_length;3
max_sum_cost;2000
categories;sport,trees
language;pl
currency;PLN
comment;#1: First. #2: Second.
PROJECTS
project_id;cost;votes;name;category;selected;neighborhood;latitude;longitude
1;600;3;Trees;trees;1;North;50.1;20.1
2;500;2;Pitch;sport,trees;0;North;50.2;20.2
3;400;2;Bench;sport;1;South;50.3;20.3
4;700;1;Bins;trees;0;South;;
VOTES
voter_id;vote;age;sex;voting_method;neighborhood
a;1,2,3;34;F;internet;North
b;1,3;40-59;M;paper;South
c;1,2;;O;internet;South
d;4;18;;paper;
"""
CUMULATIVE = """META
key;value
description;Points for projects
country;Poland
unit;Town
instance;2023
num_projects;3
num_votes;3
budget;900
vote_type;cumulative
rule;greedy-threshold
date_begin;2023
date_end;2023
min_points;1
max_points;6
min_sum_points;2
max_sum_points;8
min_project_score_threshold;3
PROJECTS
project_id;cost;votes;score;name;selected
1;600;3;11;Trees;1
2;300;2;5;Pitch;1
3;400;1;2;Bench;0
VOTES
voter_id;vote;points
a;1,2;5,3
b;1,3;4,2
c;2,1;2,2
"""
CHOOSE = """META
key;value
description;One choice
country;Poland
unit;Town
instance;2023
num_projects;3
num_votes;4
budget;900
vote_type;choose-1
rule;greedy-no-skip
date_begin;2023
date_end;2023
min_length;1
max_length;1
PROJECTS
project_id;cost;votes;name;selected
1;600;2;Trees;1
2;500;1;Pitch;0
3;300;1;Bench;0
VOTES
voter_id;vote
a;1
b;1
c;2
d;3
"""
ORDINAL = """META
key;value
description;Rankings
country;Poland
unit;Town
instance;2023
num_projects;3
num_votes;2
budget;700
vote_type;ordinal
rule;greedy
date_begin;2023
date_end;2023
max_length;3
PROJECTS
project_id;cost;votes;score;name;selected
1;600;2;4;Trees;1
2;500;2;4;Pitch;0
3;300;1;1;Bench;0
VOTES
voter_id;vote
a;1,2
b;2,1,3
"""

# file, text, its replacement, our code, section, line, field, the public checker's name of it
BROKEN = [
    (APPROVAL, "country;Poland\n", "", "pb_field_missing", "META", None, "country",
     "missing meta field value"),
    (APPROVAL, "unit;Town\n", "unit;\n", "pb_field_empty", "META", 5, "unit",
     "invalid meta field value"),
    (APPROVAL, "country;Poland", "country;Polnad", "pb_country", "META", 4, "country",
     "invalid meta field value"),
    (APPROVAL, "language;pl", "language;polish", "pb_language", "META", 18, "language",
     "invalid meta field value"),
    (APPROVAL, "currency;PLN", "currency;zl", "pb_currency", "META", 19, "currency",
     "invalid meta field value"),
    (APPROVAL, "03.04.2023", "2023-04-03", "pb_date", "META", 12, "date_begin",
     "invalid meta field value"),
    (APPROVAL, "03.04.2023", "31.02.2023", "pb_date", "META", 12, "date_begin",
     "invalid meta field value"),
    (APPROVAL, "03.04.2023", "22.04.2023", "pb_dates_reversed", "META", 13, "date_end",
     "date range missmatch"),
    (APPROVAL, "min_length;1", "min_length;one", "pb_not_whole", "META", 14, "min_length", None),
    (APPROVAL, "budget;1000", "budget;1000,50", "pb_decimal_comma", "META", 9, "budget",
     "comma in float!"),
    (APPROVAL, "budget;1000", "budget;much", "pb_not_a_number", "META", 9, "budget",
     "incorrect meta field datatype"),
    (APPROVAL, "budget;1000\n", "", "pb_budget_missing", "META", None, "budget",
     "missing meta field value"),
    (APPROVAL, "budget;1000", "budget;-5", "pb_below_zero", "META", 9, "budget", None),
    (APPROVAL, "vote_type;approval", "vote_type;aproval", "pb_vote_type", "META", 10, "vote_type",
     "invalid meta field value"),
    (APPROVAL, "rule;greedy", "rule;gredy", "pb_rule_unknown", "META", 11, "rule",
     "unknown rule value"),
    (APPROVAL, "rule;greedy", "rule;unknown", "pb_rule_unstated", "META", 11, "rule",
     "rule validation skipped"),
    (APPROVAL, "language;pl", "lingo;pl", "pb_field_unknown", "META", 18, "lingo",
     "not known meta fields"),
    (APPROVAL, "language;pl\ncurrency;PLN\n", "currency;PLN\nlanguage;pl\n", "pb_field_order",
     "META", None, "", "wrong meta fields order"),
    (APPROVAL, "max_length;3", "max_length;5", "pb_length_above_projects", "META", 15,
     "max_length", "invalid meta field value"),
    (APPROVAL, "max_length;3", "max_length;4", "pb_length_unused", "META", 15, "max_length",
     "no_max_length_used"),
    (APPROVAL, "max_length;3", "max_length;2", "pb_ballot_long", "VOTES", 29, "vote",
     "vote length exceeded"),
    (APPROVAL, "min_length;1", "min_length;2", "pb_ballot_short", "VOTES", 32, "vote",
     "vote length too short"),
    (APPROVAL, "max_length;3", "max_length;1", "pb_choose_one_likely", "META", 15, "max_length",
     "choose-1 vote_type suggested"),
    (APPROVAL, "max_sum_cost;2000", "max_sum_cost;1200", "pb_ballot_dear", "VOTES", 29, "vote",
     "approval vote cost above maximum"),
    (APPROVAL, "max_sum_cost;2000", "min_sum_cost;800", "pb_ballot_cheap", "VOTES", 32, "vote",
     "approval vote cost below minimum"),
    (APPROVAL, "max_sum_cost;2000", "max_points;3", "pb_field_needless", "META", 16, "max_points",
     "incompatible meta field for vote_type"),
    (APPROVAL, "sport,trees\nlanguage", "sport,trees,pets\nlanguage", "pb_label_unused", "META",
     17, "categories", "unused declared metadata values"),
    (APPROVAL, "sport,trees\nlanguage", "sport\nlanguage", "pb_label_undeclared", "PROJECTS",
     None, "category", "undeclared metadata values used"),
    (APPROVAL, "sport;1;South", "sport,sport;1;South", "pb_label_twice", "PROJECTS", 25,
     "category", "duplicate values inside list field"),
    (APPROVAL, "sport;1;South", "sport;1;north", "pb_labels_alike", "PROJECTS", None,
     "neighborhood", "inconsistent label normalization"),
    (APPROVAL, "sport,trees;0", "sport, trees;0", "pb_list_spaces", "PROJECTS", 24, "category",
     "whitespace around list separator"),
    (APPROVAL, "categories;sport,trees", "categories;sport, trees", "pb_list_spaces", "META", 17,
     "categories", "whitespace around list separator"),
    (APPROVAL, "b;1,3", "b;1, 3", "pb_list_spaces", "VOTES", 30, "vote",
     "whitespace around vote separator"),
    (APPROVAL, "3;400;2;Bench", "3;400;2; Bench", "pb_spaces", "PROJECTS", 25, "name",
     "file structure error"),
    (APPROVAL, "b;1,3;40-59", "b;1,3; 40-59", "pb_spaces", "VOTES", 30, "age",
     "file structure error"),
    (APPROVAL, "#1: First. #2", "First. #2", "pb_comment", "META", 20, "comment",
     "invalid meta field value"),
    (APPROVAL, "#2: Second", "#3: Third", "pb_comment_numbers", "META", 20, "comment",
     "non-sequential comment numbering"),
    (APPROVAL, "num_projects;4", "num_projects;5", "pb_num_projects", "META", 7, "num_projects",
     "different number of projects"),
    (APPROVAL, "num_votes;4", "num_votes;5", "pb_num_votes", "META", 8, "num_votes",
     "different number of votes"),
    (APPROVAL, "1;600;3", "1;600;2", "pb_votes_differ", "PROJECTS", 23, "votes",
     "different values in votes"),
    (APPROVAL, "3;400;2;Bench;sport;1", "3;0;2;Bench;sport;1", "pb_cost_zero", "PROJECTS", 25,
     "cost", "project with no cost"),
    (APPROVAL, "4;700;1", "4;1700;1", "pb_cost_above_budget", "PROJECTS", 26, "cost",
     "single project exceeded whole budget"),
    (APPROVAL, "4;700;1", "4;999999999;1", "pb_withdrawn", "PROJECTS", 26, "cost",
     "single project exceeded whole budget"),
    (APPROVAL, "4;700;1;Bins;trees;0", "4;999999999;1;Bins;trees;1", "pb_withdrawn_selected",
     "PROJECTS", 26, "cost", "selected sentinel-cost project"),
    (APPROVAL, "Pitch;sport,trees;0", "Pitch;sport,trees;1", "pb_overspent", "META", 9, "budget",
     "budget exceeded"),
    (APPROVAL, "budget;1000", "budget;3000", "pb_all_affordable", "META", 9, "budget",
     "all projects funded"),
    (APPROVAL, "currency;PLN\n", "currency;PLN\nfully_funded;1\n", "pb_not_fully_funded", "META",
     20, "fully_funded", "wrong fully_funded flag"),
    (APPROVAL, "currency;PLN\n", "currency;PLN\nfully_funded;2\n", "pb_value_unknown", "META",
     20, "fully_funded", "fully_funded flag different than 1!"),
    (APPROVAL, "Bench;sport;1", "Bench;sport;0", "pb_money_left", "META", 11, "rule",
     "unused budget"),
    (APPROVAL, "Bench;sport;1", "Bench;sport;0", "pb_rule_broken", "META", 11, "rule",
     "greedy rule not followed"),
    (APPROVAL, "Bench;sport;1", "Bench;sport;5", "pb_value_unknown", "PROJECTS", 25, "selected",
     "invalid projects field value"),
    (APPROVAL, ";selected;", ";notes;", "pb_selected_missing", "PROJECTS", None, "selected",
     "missing selected field in projects"),
    (APPROVAL, "Trees;trees;1", "Trees;trees;", "pb_field_empty", "PROJECTS", 23, "selected",
     "invalid projects field value"),
    (APPROVAL, "rule;greedy", "rule;greedy-threshold", "pb_threshold_missing", "META", 11, "rule",
     "missing threshold field"),
    (APPROVAL, "language;pl", "min_project_score_threshold;1", "pb_threshold_needless", "META",
     11, "rule", "incorrect rule with threshold"),
    (APPROVAL, "comment;#1: First. #2: Second.\n", "", "pb_custom_unexplained", "META", 11, "rule",
     "missing comment for greedy-custom"),
    (APPROVAL, ";50.3;20.3", ";50.3;", "pb_coordinate_alone", "PROJECTS", 25, "latitude",
     "invalid projects field value"),
    (APPROVAL, ";50.3;20.3", ";20.3;250.3", "pb_coordinate_range", "PROJECTS", 25, "longitude",
     "invalid projects field value"),
    (APPROVAL, ";50.3;20.3", ";far;20.3", "pb_no_number", "PROJECTS", 25, "latitude",
     "incorrect projects field datatype"),
    (APPROVAL, ";votes;name", ";target;name", "pb_field_renamed", "PROJECTS", None, "target",
     "invalid projects field value"),
    (APPROVAL, "2;500;", "1;500;", "pb_project_twice", "PROJECTS", 24, "project_id",
     "file structure error"),
    (APPROVAL, "2;500;", ";500;", "pb_id_empty", "PROJECTS", 24, "project_id",
     "file structure error"),
    (APPROVAL, "b;1,3", "a;1,3", "pb_voter_twice", "VOTES", 30, "voter_id",
     "file structure error"),
    (APPROVAL, "b;1,3", ";1,3", "pb_field_empty", "VOTES", 30, "voter_id",
     "file structure error"),
    (APPROVAL, "b;1,3", "b;1,9", "pb_project_unknown", "VOTES", 30, "vote",
     "vote for non-existent project"),
    (APPROVAL, "b;1,3", "b;1,1", "pb_vote_twice", "VOTES", 30, "vote", None),
    (APPROVAL, "d;4;", "d;;", "pb_field_empty", "VOTES", 32, "vote",
     "invalid votes field value"),
    (APPROVAL, "a;1,2,3;34", "a;1,2,3;old", "pb_age", "VOTES", 29, "age",
     "invalid votes field value"),
    (APPROVAL, "40-59", "59-40", "pb_age", "VOTES", 30, "age", "invalid votes field value"),
    (APPROVAL, ";F;", ";W;", "pb_value_unknown", "VOTES", 29, "sex", "invalid votes field value"),
    (APPROVAL, "M;paper", "M;post", "pb_value_unknown", "VOTES", 30, "voting_method",
     "invalid votes field value"),
    (APPROVAL, "vote;age;", "ballot;age;", "pb_column_missing", "VOTES", None, "vote",
     "missing votes field value"),
    (CUMULATIVE, "max_sum_points;8\n", "", "pb_needs_max_sum_points", "META", None,
     "max_sum_points", "missing meta field value"),
    (CUMULATIVE, "vote;points", "vote;marks", "pb_points_missing", "VOTES", None, "points",
     "missing points for vote_type"),
    (CUMULATIVE, "b;1,3;4,2", "b;1,3;4", "pb_points_unequal", "VOTES", 27, "points",
     "vote/points length mismatch"),
    (CUMULATIVE, "b;1,3;4,2", "b;1,3;4,x", "pb_not_a_number", "VOTES", 27, "points",
     "invalid points value"),
    (CUMULATIVE, "b;1,3;4,2", "b;1,3;4,-2", "pb_points_below_zero", "VOTES", 27, "points",
     "negative cumulative points"),
    (CUMULATIVE, "min_points;1", "min_points;3", "pb_points_low", "VOTES", 27, "points",
     "points below minimum"),
    (CUMULATIVE, "max_points;6", "max_points;4", "pb_points_high", "VOTES", 26, "points",
     "points above maximum"),
    (CUMULATIVE, "min_sum_points;2", "min_sum_points;5", "pb_total_low", "VOTES", 28, "points",
     "points sum below minimum"),
    (CUMULATIVE, "max_sum_points;8", "max_sum_points;7", "pb_total_high", "VOTES", 26, "points",
     "points sum above maximum"),
    (CUMULATIVE, "a;1,2;5,3", "a;2,1;3,5", "pb_points_unsorted", "VOTES", 26, "points",
     "vote order not sorted by points"),
    (CUMULATIVE, "1;600;3;11", "1;600;3;12", "pb_scores_differ", "PROJECTS", 21, "score",
     "different values in scores"),
    (CUMULATIVE, "_threshold;3", "_threshold;6", "pb_below_threshold", "PROJECTS", 22,
     "selected", "threshold violation"),
    (CUMULATIVE, "cost;votes;score;", "cost;public_id;proposer;", "pb_no_totals", "PROJECTS",
     None, "votes", "No votes or score counted in PROJECTS section"),
    (CHOOSE, "max_length;1", "max_length;2", "pb_choose_one_length", "META", 15, "max_length",
     "invalid choose-1 meta constraint"),
    (CHOOSE, "b;1", "b;1,2", "pb_not_one_project", "VOTES", 24, "vote",
     "invalid choose-1 vote length"),
    (CHOOSE, "vote_type;choose-1", "vote_type;approval", "pb_choose_one_likely", "META", 15,
     "max_length", "choose-1 vote_type suggested"),
    (CHOOSE, "Bench;0", "Bench;1", "pb_rule_broken", "META", 11, "rule",
     "greedy-no-skip rule not followed"),
    (CHOOSE, "3;300;1;", "3;300;0;", "pb_no_votes", "PROJECTS", 20, "votes",
     "project with no votes"),
    (ORDINAL, "1;600;2;4", "1;600;2;5", "pb_scores_differ", "PROJECTS", 17, "score",
     "different values in scores"),
]  # fmt: skip


def changed(text, old, new, code):
    """Return a file that breaks one rule; some need a second change for it to come up."""
    assert old in text
    if code == "pb_custom_unexplained":
        text = text.replace("rule;greedy", "rule;greedy-custom")
    return text.replace(old, new, 1)


def problems(text):
    return pabulib_problems(read_pabulib(text.encode(), file="a.pb"))


@pytest.mark.parametrize("text", [APPROVAL, CUMULATIVE, CHOOSE, ORDINAL])
def test_files_in_order_have_no_problem(text):
    assert not problems(text)
    assert pabulib_poll(read_pabulib(text.encode())).election.n_voters


@pytest.mark.parametrize(
    ("text", "old", "new", "code", "place"),
    [(*row[:4], row[4:7]) for row in BROKEN],
    ids=[f"{row[3]}-{at}" for at, row in enumerate(BROKEN)],
)
def test_each_rule(text, old, new, code, place):
    found = [problem for problem in problems(changed(text, old, new, code)) if problem.code == code]
    assert found
    at = found[0].place
    assert at.file == "a.pb"
    assert (at.sheet, at.row, at.column) == place
    for template in (found[0].what, found[0].rule, found[0].way_out):
        names = set(re.findall(r"{(\w+)", template))
        assert template
        assert names <= set(found[0].fields), names


def test_all_problems_are_listed_at_once():
    text = APPROVAL.replace("budget;1000", "budget;x").replace("b;1,3", "b;9").replace(";F;", ";W;")
    codes = {problem.code for problem in problems(text)}
    assert codes >= {"pb_not_a_number", "pb_project_unknown", "pb_value_unknown"}


def test_many_wrong_ballots_are_listed_up_to_twenty_and_counted():
    rows = "".join(f"v{at};1,9;;;internet;\n" for at in range(500))
    found = [
        problem for problem in problems(APPROVAL + rows) if problem.code == "pb_project_unknown"
    ]
    assert [problem.place.row for problem in found] == list(range(33, 53))
    assert [problem.n_rows for problem in found] == [1] * 19 + [481]


def test_nearest_names_are_offered():
    text = APPROVAL.replace("country;Poland", "country;Polnad").replace(
        "rule;greedy", "rule;greddy"
    )
    text = text.replace("03.04.2023", "2023-04-03")
    near = {problem.code: problem.nearest for problem in problems(text)}
    assert near["pb_country"] == "Poland"
    assert near["pb_rule_unknown"] == "greedy"
    assert near["pb_date"] == "03.04.2023"


COUNTABLE_CODES = {
    "pb_budget_missing", "pb_not_a_number", "pb_below_zero", "pb_vote_type", "pb_cost_zero",
    "pb_project_twice", "pb_id_empty", "pb_project_unknown", "pb_vote_twice", "pb_column_missing",
    "pb_points_missing", "pb_points_unequal", "pb_points_below_zero",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "old", "new", "code"),
    [row[:4] for row in BROKEN],
    ids=[f"{row[3]}-{at}" for at, row in enumerate(BROKEN)],
)
def test_a_count_is_refused_only_where_it_would_be_doubtful(text, old, new, code):
    file = read_pabulib(changed(text, old, new, code).encode(), file="a.pb")
    if code in COUNTABLE_CODES:
        with pytest.raises(InvalidInputError) as caught:
            pabulib_poll(file)
        assert code in [problem.code for problem in caught.value.problems]
        assert all(problem.severity is Severity.ERROR for problem in caught.value.problems)
    else:
        pabulib_poll(file)
