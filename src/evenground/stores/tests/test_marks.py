import pytest

from evenground.stores.cells.marks import Mark, is_total, mark_of


@pytest.mark.parametrize(
    "text", ["..", ".", "-", "–", "n/a", "N/A", "#N/A", "NaN", ":", "", "k.A."]
)
def test_signs_of_a_missing_number(text):
    assert mark_of(text) is Mark.MISSING


@pytest.mark.parametrize("text", ["x", "X", "*", "(s)", "<5", "< 10", "suppressed", "c"])
def test_signs_of_a_withheld_number(text):
    assert mark_of(text) is Mark.WITHHELD


@pytest.mark.parametrize("text", ["0", "-5", "12", "xx", "Norra", "5-9"])
def test_what_may_be_a_value(text):
    assert mark_of(text) is None


def test_census_codes_for_estimates_that_could_not_be_made():
    assert mark_of("-666666666") is Mark.MISSING
    assert mark_of("-666666666.0") is Mark.MISSING


def test_signs_of_this_file():
    assert mark_of("ukjent") is None
    assert mark_of("ukjent", ("ukjent",)) is Mark.MISSING


def test_totals_in_several_languages():
    for text in ("Total", "Hela kommunen", "TOTALT", "Quillhaven total", "Insgesamt", "Summa"):
        assert is_total(text)
    for text in ("Totalled Street", "Norra", "0101"):
        assert not is_total(text)
