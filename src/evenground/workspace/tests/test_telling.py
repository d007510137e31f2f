"""Codes become sentences: nested messages, marked strings, tables, figures, nothing executed."""

from __future__ import annotations

import pytest

from evenground.evidence import Ask, Estimate, Figure, Finding, Message, Method, Table, Verdict
from evenground.language import language
from evenground.workspace.telling import Teller

WORDING = {
    "verdict.more": "more {at}",
    "found": "{title}: more {at}, {rate:number} {unit}.",
    "in": "in {name}",
    "caveat": "Mind {what}.",
    "turns": "Else {answer}.",
    "label.rate": "Rate {at}",
    "column.group": "Group",
    "column.named": "{name}",
    "table.groups": "Groups {at}",
    "others": "other people",
    "per": "per {per} {people}",
    "axis": "Rate ({unit})",
    "bars": "Bars of {title}",
    "bars.alternative": "Bars.",
    "counted": ("{n} bin", "{n} bins"),
}
TELLER = Teller(WORDING, language("en", currency="EUR"))
NORTH = Message(code="in", parameters={"name": "the north"})


def finding(**changes):
    """Return a finding with everything that can be said."""
    rate = Estimate.exact(
        "rate", 9.4, unit="wording:per|per=10|people=cats", about="wording:others"
    )
    parts = {
        "code": "found",
        "verdict": Verdict("more"),
        "parameters": {"title": "Bins", "at": NORTH, "rate": rate, "unit": "bins"},
        "estimates": (rate,),
        "caveats": (Message(code="caveat", parameters={"what": NORTH}),),
        "would_change": (Message(code="turns", parameters={"answer": NORTH}),),
        "method": Method(name="Count", formula="x"),
        "asks": (Ask(to=NORTH, what=Message(code="others"), unlocks=Message(code="others")),),
    }
    return Finding(**{**parts, **changes})


def test_a_finding_is_said_whole():
    told = TELLER.finding(finding())
    assert told.sentence == "Bins: more in the north, 9.4 bins."
    assert told.verdict == "more in the north"
    assert told.labels == {"rate": "Rate in the north"}
    assert told.caveats == ("Mind in the north.",)
    assert told.would_change == ("Else in the north.",)
    assert told.asks[0].to == "in the north"
    assert told.asks[0].what == "other people"


def test_units_and_names_that_are_codes_are_said_too():
    told = TELLER.finding(finding())
    (rate,) = told.finding.estimates
    assert rate.unit == "per 10 cats"
    assert rate.about == "other people"
    assert rate.value == 9.4


def test_headings_may_be_somebody_s_own_words():
    table = Table(
        key="t",
        columns=("group", "named|name=Katzen", "named|name=wording:others"),
        rows=((NORTH, 1, "wording:others"),),
        title=Message(code="table.groups", parameters={"at": NORTH}),
    )
    told = TELLER.table(table, {})
    assert told.columns == ("Group", "Katzen", "other people")
    assert told.rows == (("in the north", 1, "other people"),)
    assert told.title == "Groups in the north"


def test_a_table_may_be_untitled():
    assert TELLER.table(Table(key="t", columns=(), rows=()), {}).title == ""


def test_a_figure_s_labels_know_what_its_title_knows():
    figure = Figure(
        key="bars",
        spec={"layer": [{"encoding": {"x": {"title": "wording:axis", "field": "x"}}}], "width": 6},
        title=Message(code="bars", parameters={"title": "bins"}),
        alternative=Message(code="bars.alternative"),
        table=Table(key="t", columns=("group",), rows=(("a",),)),
    )
    told = TELLER.figure(figure, {"unit": "per person"})
    assert told.title == "Bars of bins"
    assert told.spec["layer"][0]["encoding"]["x"] == {"title": "Rate (per person)", "field": "x"}
    assert told.spec["width"] == 6
    assert figure.spec["layer"][0]["encoding"]["x"]["title"] == "wording:axis"


@pytest.mark.parametrize(
    "text", ["wording:", "wording:nobody's", "wording:nobody|a=b", "word", "wording:per x"]
)
def test_text_that_only_looks_like_a_code_stays_as_it_is(text):
    table = Table(key="t", columns=("group",), rows=((text,),))
    assert TELLER.table(table, {}).rows == ((text,),)


def test_a_sign_without_a_value_is_passed_over():
    table = Table(key="t", columns=("named|name=a|b|c=d",), rows=())
    assert TELLER.table(table, {}).columns == ("a",)


def test_somebody_s_braces_stay_braces():
    told = TELLER.finding(finding(parameters={**finding().parameters, "title": "{rate} {nothing}"}))
    assert told.sentence.startswith("{rate} {nothing}: ")


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError, match="nobody"):
        TELLER.message(Message(code="nobody"))
    with pytest.raises(KeyError, match=r"verdict\.less"):
        TELLER.finding(finding(verdict=Verdict("less")))


def test_a_missing_field_is_an_error():
    with pytest.raises(KeyError, match="what"):
        TELLER.message(Message(code="caveat"))


def test_only_what_is_named_is_said():
    """A parameter that no template names may be anything, even unsayable."""
    said = TELLER.say("others", {"x": Message(code="nobody")})
    assert said == "other people"


def test_the_number_chooses_the_form():
    assert TELLER.say("counted", {"n": 1}) == "1 bin"
    assert TELLER.say("counted", {"n": 3}) == "3 bins"


def test_what_a_question_lacks_the_shared_words_say():
    assert TELLER.knows("verdict.cannot_tell")
    assert TELLER.say("verdict.cannot_tell", {}) == "cannot tell"
    own = Teller({"verdict.cannot_tell": "no idea"}, language("en"))
    assert own.say("verdict.cannot_tell", {}) == "no idea"


def test_a_finding_keeps_its_numbers_and_its_code():
    given = finding()
    told = TELLER.finding(given)
    assert told.finding.code == given.code
    assert told.finding.verdict == given.verdict
    assert told.finding.parameters is given.parameters
    assert told.finding.method == given.method
