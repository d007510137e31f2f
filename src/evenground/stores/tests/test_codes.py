from hypothesis import given
from hypothesis import strategies as st

from evenground.stores.cells.codes import repairs

KNOWN = {"010203", "010204", "110203"}


def kinds(codes, known=KNOWN):
    return {code: (repair.code, repair.kind) for code, repair in repairs(codes, known).items()}


def test_lost_zeros_come_back():
    assert kinds(["10203", "10204"]) == {"10203": ("010203", "zeros"), "10204": ("010204", "zeros")}


def test_added_zeros_go():
    assert kinds(["0110203"]) == {"0110203": ("110203", "zeros")}


def test_floats_and_census_prefixes():
    assert kinds(["10203.0"]) == {"10203.0": ("010203", "float")}
    assert kinds(["110203,00"]) == {"110203,00": ("110203", "float")}
    assert kinds(["1400000US110203"]) == {"1400000US110203": ("110203", "prefix")}


def test_capitals_and_spaces():
    assert kinds(["e01 0083"], {"E010083"}) == {"e01 0083": ("E010083", "letters")}


def test_known_codes_stay_and_ambiguous_ones_are_left():
    assert kinds(["010203"]) == {}
    assert kinds(["7"], {"07", "007"}) == {}
    assert kinds(["99999"]) == {}


def test_no_repair_onto_a_code_that_the_table_holds():
    assert kinds(["10203", "010203"]) == {}


@given(st.sets(st.from_regex(r"[0-9]{6}", fullmatch=True), min_size=1, max_size=30))
def test_every_repair_is_a_known_code_and_no_two_clash(known):
    codes = [code.lstrip("0") or "0" for code in known]
    found = repairs(codes, known)
    assert all(repair.code in known for repair in found.values())
    assert len({repair.code for repair in found.values()}) == len(found)
