from __future__ import annotations

import pytest

from evenground.errors import InvalidInputError, UsageError

ASKED = ("invite-panel", "register.csv", "--strata", "strata.csv", "--letters", 90)


def written(folder, extra=()):
    rows = [f"H{at},{'hill' if at % 3 else 'port'}" for at in range(600)]
    lines = ["household,stratum", *rows, *rows[:50], *extra]
    (folder / "register.csv").write_text("\n".join(lines) + "\n")
    (folder / "strata.csv").write_text("stratum,needed,response\nport,6,0.1\nhill,6,0.2\n")


def test_letters_and_who_gets_them(folder, told):
    written(folder)
    found = told(*ASKED)
    port, hill = found["strata"]
    assert (port["letters"], hill["letters"]) == (60, 30)
    assert (port["households"], hill["households"]) == (200, 400)
    assert port["expected"] == pytest.approx(6)
    assert len(set(found["households"])) == 90
    assert sum(int(name[1:]) % 3 == 0 for name in found["households"]) == 60
    assert told(*ASKED)["households"] == found["households"]
    assert told(*ASKED, "--seed", 5)["households"] != found["households"]


def test_in_words(folder, invoke):
    written(folder)
    text = " ".join(invoke(*ASKED).split())
    assert "90 letters to 600 households" in text
    assert "All this holds if letters are answered as assumed." in text


def test_wrong_registers(folder, invoke):
    written(folder, extra=["H1,port", "H900,hil", "H901,hil"])
    with pytest.raises(InvalidInputError) as error:
        invoke(*ASKED)
    codes = [(one.code, one.value, one.nearest, one.n_rows) for one in error.value.problems]
    twice, unknown = codes
    assert twice[:2] == ("household_in_two_strata", "H1")
    assert unknown == ("stratum_unknown", "hil", "hill", 2)
    written(folder)
    with (folder / "strata.csv").open("a") as file:
        file.write("hill,1,0.5\n")
    with pytest.raises(InvalidInputError, match="stratum_twice"):
        invoke(*ASKED)
    written(folder)
    with pytest.raises(UsageError, match="letters_range"):
        invoke(*ASKED[:-1], 601)
    (folder / "strata.csv").write_text("stratum,needed,response\nport,6,0.1\nhill,6,0\n")
    with pytest.raises(InvalidInputError, match="response_range") as error:
        invoke(*ASKED)
    assert error.value.problems[0].place.row == 3
