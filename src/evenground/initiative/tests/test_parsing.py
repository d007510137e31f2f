import tomllib
from datetime import date

import pytest

from evenground.declaration import Declaration, Written
from evenground.initiative import OptionKind, Stage
from evenground.initiative.parsing import parse_initiative

HEAD = 'title = "Bins"\nstage = "proposed"\n'
FULL = (
    HEAD
    + """\
domain = "waste"
offered_on = 2026-03-01
unit = "bin"
counts = "row"
[[problems]]
by = "city"
words = "Bins overflow"
indicator = "missed"
[decision]
body = "Committee"
date = 2026-06-10
open = ["whether", "where"]
heard_until = 2026-05-20
[[options]]
key = "as_today"
name = "As today"
cost = {2027 = 120000, 2026 = 110000}
price_year = 2026
n_sites = 0
[[options]]
key = "by_hand"
kind = "without_new_technology"
cost_of_leaving = 0
[made_by]
name = "N"
is_seller = true
"""
)


def parsed(text):
    return parse_initiative(Declaration(tomllib.loads(text), written=Written(file="i.toml")))


def codes(text):
    return [problem.code for problem in parsed(text).problems]


def test_everything_that_an_initiative_says():
    found = parsed(FULL)
    assert found.problems == ()
    one = found.initiative
    assert (one.stage, one.counts, one.offered_on) == (Stage.PROPOSED, "row", date(2026, 3, 1))
    today, by_hand = one.options
    assert today.kind is OptionKind.AS_TODAY
    assert list(today.cost) == [2026, 2027]
    assert today.whole_life_cost == 230_000
    assert today.n_sites == 0
    assert by_hand.n_sites is None
    assert by_hand.cost_of_leaving == 0
    assert one.decision.open == ("whether", "where")
    assert one.made_by.is_seller
    assert one.problems[0].words == "Bins overflow"


def test_a_vendor_s_offer_alone_is_an_initiative():
    found = parsed(HEAD + 'offered_by = "V"\n[[options]]\nkey = "all"\nkind = "full"\n')
    assert found.initiative.options[0].kind is OptionKind.FULL
    assert {p.code for p in found.problems} == {
        "no_problem_stated", "no_option_as_today", "no_option_without_new_technology",
    }  # fmt: skip
    assert {p.severity.value for p in found.problems} == {"note"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "initiative_without_title"),
        ("", "initiative_without_stage"),
        (FULL.replace('"proposed"', '"porposed"'), "not_a_choice"),
        (FULL.replace('words = "Bins overflow"', ""), "problem_without_words"),
        (FULL.replace('by = "city"', 'by = "vendor"'), "not_a_choice"),
        (FULL.replace('key = "by_hand"', ""), "option_without_key"),
        (FULL.replace('"by_hand"', '"as_today"'), "option_repeated"),
        (FULL.replace('kind = "without_new_technology"', ""), "option_without_kind"),
        (FULL.replace("2027 = 120000", "soon = 120000"), "cost_not_a_year"),
        (FULL.replace("2027 = 120000", '2027 = "much"'), "cost_not_a_number"),
        (FULL.replace("price_year = 2026", ""), "cost_without_price_year"),
        (FULL.replace("2026-05-20", "2026-07-20"), "heard_after_decision"),
        (FULL.replace("n_sites = 0", "n_sites = 2.5"), "not_a_whole_number"),
        (FULL.replace("is_seller = true", 'is_seller = "maybe"'), "not_a_yes_or_no"),
        (FULL.replace('domain = "waste"', 'domian = "waste"'), "unknown_key"),
    ],
)
def test_each_defect_is_listed(text, code):
    assert code in codes(text)


def test_a_defect_in_one_option_leaves_the_others():
    text = FULL.replace("2027 = 120000", '2027 = "much"')
    assert parsed(text).initiative.options[0].cost == {2026: 110_000}
    assert len(parsed(text).initiative.options) == 2
