import tomllib
from datetime import date

import pytest

from evenground.city import CITY_SETTINGS, GroupKind
from evenground.city.parsing import Known, parse_city
from evenground.declaration import Declaration, Written

KNOWN = Known(settings={s.key: s for s in CITY_SETTINGS}, questions=("first", "second"))
HEAD = 'name = "A"\ncrs = "EPSG:3006"\n'
CLASSES = '[[groups]]\nkey = "g"\nindicator = "i"\nlabels = ["a", "b", "c"]\n'
COUNTS = '[[groups]]\nkey = "g"\nmembers = ["young", "old"]\n'
TWO_LEADS = '[[baselines]]\nkey = "a"\nlead = true\n[[baselines]]\nkey = "b"\nlead = true\n'
NEED = '[[baselines]]\nkey = "n"\nkind = "need"\n'


def parsed(text):
    return parse_city(Declaration(tomllib.loads(text), written=Written(file="city.toml")), KNOWN)


def codes(text):
    return [problem.code for problem in parsed(HEAD + text).problems]


def test_everything_that_a_city_says():
    city = parsed(
        HEAD
        + 'language = "sv"\ncurrency = "SEK"\ntime_zone = "Europe/Stockholm"\nlevel = "deso"\n'
        + 'edition = 2025\nquestions = ["second", "first"]\nmade_by = "N"\n'
        + '[levels.deso]\nname = "small area"\n[settings]\ndisclosure_threshold = 10\n'
        + CLASSES
        + 'compare = ["c", "a"]\nperiod = 2014\n'
        + COUNTS.replace('"g"', '"h"')
        + 'names = {young = "young people"}\nagainst = "total"\n'
        + NEED
        + 'indicator = "i"\nlead = true\nreason = "r"\nchosen_by = "c"\nchosen_on = 2025-01-02\n'
    )
    assert city.problems == ()
    assert city.city.edition == "2025"
    assert city.city.questions == ("second", "first")
    assert city.city.level_named("deso").plural == "small areas"
    assert city.city.overrides == {"disclosure_threshold": 10}
    classes, counts = city.city.groups
    assert (classes.kind, classes.compare, classes.period) == (
        GroupKind.CLASSES,
        ("c", "a"),
        "2014",
    )
    assert (counts.kind, counts.against) == (GroupKind.COUNTS, "total")
    (need,) = city.city.baselines
    assert (need.lead, need.chosen_on) == (True, date(2025, 1, 2))


def test_an_empty_city_is_a_city():
    found = parsed("")
    assert {problem.code for problem in found.problems} == {"city_without_name", "city_without_crs"}
    assert found.city.language == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[groups]]\nname = "x"\n', "group_without_key"),
        (CLASSES + CLASSES, "repeated_key"),
        (CLASSES.replace('indicator = "i"', 'kind = "classes"'), "classes_without_indicator"),
        ('[[groups]]\nkey = "g"\nkind = "counts"\n', "counts_without_members"),
        (CLASSES + "classes = 4\n", "labels_do_not_fit"),
        (CLASSES + "breaks = [10]\n", "labels_do_not_fit"),
        (CLASSES + "breaks = [20, 10]\n", "breaks_not_rising"),
        (CLASSES + "classes = 1\n", "too_few_classes"),
        (CLASSES.replace('labels = ["a", "b", "c"]', ""), "labels_needed"),
        (CLASSES + 'compare = ["c"]\n', "compare_needs_two"),
        (CLASSES + 'compare = ["c", "d"]\n', "compare_unknown"),
        (COUNTS + 'compare = ["young", "aged"]\n', "compare_unknown"),
        (COUNTS + 'names = {yong = "x"}\n', "name_of_no_member"),
        (NEED, "need_without_measure"),
        ('[[baselines]]\nkind = "people"\n', "baseline_without_key"),
        ('[[baselines]]\nkey = "a"\nlead = true\n', "lead_without_reason"),
        (TWO_LEADS, "several_leading_baselines"),
        ("[settings]\nconfidence = 2\n", "setting_out_of_range"),
        ('[settings]\nconfidence = "high"\n', "setting_wrong_type"),
        ('questions = ["frst"]\n', "unknown_question"),
        ('time_zone = "Mars/Base"\n', "unknown_time_zone"),
        ('time_zone = "../../etc/passwd"\n', "unknown_time_zone"),
        ('level = "x"\n[levels.y]\nname = "y"\n', "level_unknown"),
        ('[levels.y]\nnmae = "y"\n', "unknown_key"),
    ],
)  # fmt: skip
def test_each_defect_is_listed(text, code):
    assert code in codes(text)


def test_by_value_needs_no_labels():
    text = CLASSES.replace('labels = ["a", "b", "c"]', "by_value = true")
    assert codes(text) == []


def test_two_leading_baselines_leave_the_first():
    assert [b.lead for b in parsed(HEAD + TWO_LEADS).city.baselines] == [True, False]


def test_a_group_with_a_defect_is_left_out_and_the_others_stay():
    text = CLASSES + "classes = 4\n" + COUNTS.replace('"g"', '"h"')
    assert [group.key for group in parsed(HEAD + text).city.groups] == ["h"]
