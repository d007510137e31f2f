"""Page one of a dossier: the code, whose date it is, and what was not sealed or not judged."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from evenground.cli import build
from evenground.dossier import Audience
from evenground.dossier.json import from_json
from evenground.errors import UsageError
from evenground.questions import discover
from evenground.record.witness import Witness
from evenground.workspace.appraising import Terms, appraise
from evenground.workspace.sealing import SealTerms, add_words, amend, open_seals, seal
from evenground.workspace.sealing.files import PUBLIC
from evenground.workspace.sealing.tests.initiatives import DAY

HEADING = "What was sealed"
(PROMISE,) = (one for one in discover() if "promises" in {need.table for need in one.needs})


def dossier_of(proposal, **terms):
    """Return the dossier with the one question that reads promises."""
    return appraise(proposal.path, terms=Terms(today=DAY, questions=(PROMISE,), **terms))


def lines(proposal, **terms) -> list[str]:
    return list(dossier_of(proposal, **terms).first_screen.sealed)


def test_promises_with_outcome_data_are_not_judged_without_a_seal(proposal):
    (line,) = lines(proposal)
    assert line.startswith("There are outcome data, and they were not held against")
    assert "never sealed" in line


def test_where_it_is_asked_for_page_one_says_that_it_is_unsealed(proposal):
    dossier = dossier_of(proposal, sealing=SealTerms(unsealed=True))
    (line,) = dossier.first_screen.sealed
    assert line.startswith("Unsealed: ")
    page = dossier.html()
    first, _, rest = page.partition('id="answers"')
    assert line in page
    assert page.index(line) < page.index("Before you decide")
    assert HEADING in rest
    assert HEADING not in first


@pytest.mark.parametrize("gone", ["promises.csv", "outcomes.csv"])
def test_nothing_is_said_where_nothing_could_be_judged(proposal, gone):
    (proposal.path / gone).unlink()
    for sealing in (SealTerms(), SealTerms(unsealed=True)):
        dossier = dossier_of(proposal, sealing=sealing)
        assert dossier.first_screen.sealed == ()
        assert HEADING not in dossier.html()


def test_a_sealed_one_prints_the_code_and_that_only_the_city_dates_it(proposal):
    made = seal(proposal.path, terms=proposal.terms())
    dossier = dossier_of(proposal)
    assert dossier.first_screen.sealed == (
        "What was promised was sealed on 2 March 2026.",
        f"The record of it has 1 entry; its code is {made.code}.",
        "Dated by the city only: nobody outside it vouches for the day.",
    )
    assert made.code in dossier.html()


def test_a_code_noted_outside_dates_it(proposal):
    made = seal(proposal.path, terms=proposal.terms())
    witness = Witness(code=made.code, on=DAY)
    said = lines(proposal, sealing=SealTerms(witness=witness))
    assert said[-1] == "A code noted outside on 2 March 2026 covers entry 1 and all before it."
    with pytest.raises(UsageError):
        lines(proposal, sealing=SealTerms(witness=Witness(code="5EA1")))


def test_a_change_since_stands_in_the_way_and_an_amendment_clears_it(proposal):
    seal(proposal.path, terms=proposal.terms())
    proposal.change("promises.csv", "3.0", "3.5")
    assert "what stands there today is not what was sealed" in lines(proposal)[0]
    amend(proposal.path, "Counted again", terms=proposal.terms())
    said = lines(proposal)
    assert said[0] == (
        "What was promised was sealed on 2 March 2026, and amended since, last on 2 March 2026."
    )
    assert "has 2 entries" in said[1]


@pytest.mark.parametrize("audience", Audience)
def test_before_opening_the_public_edition_holds_commitments_and_the_code_only(proposal, audience):
    """Reason, office and earlier figures stand in the sealed text and nowhere else."""
    seal(proposal.path, terms=proposal.terms(by="Office of the auditor"))
    proposal.change("promises.csv", "3.0", "3.5")
    amend(proposal.path, "Counted again in May", terms=proposal.terms())
    closed = dossier_of(proposal, audience=audience).json()
    assert ("Counted again in May" in closed) is (audience is Audience.INTERNAL)
    assert ('"3.0"' in closed) is (audience is Audience.INTERNAL)
    open_seals(proposal.path, terms=proposal.terms())
    opened = dossier_of(proposal, audience=audience).json()
    assert "Counted again in May" in opened
    assert '"3.0"' in opened


def test_a_broken_record_is_told_and_does_not_stop_the_rest(proposal):
    seal(proposal.path, terms=proposal.terms())
    proposal.change(PUBLIC, '"2026-03-02"', '"2026-03-01"')
    dossier = dossier_of(proposal)
    assert "the record of the seal does not hold" in dossier.first_screen.sealed[0]
    assert any("does not hold at 2 places" in line for line in dossier.first_screen.sealed)
    assert dossier.sections[0].asked


def test_the_same_record_gives_the_same_dossier(proposal):
    seal(proposal.path, terms=proposal.terms())
    assert dossier_of(proposal).json() == dossier_of(proposal).json()
    before = dossier_of(proposal).seal
    add_words(proposal.path, "Read out in public", terms=proposal.terms())
    assert dossier_of(proposal).seal != before


def test_a_dossier_of_before_there_were_seals_can_be_read(proposal):
    seal(proposal.path, terms=proposal.terms())
    dossier = dossier_of(proposal)
    text = dossier.json()
    assert from_json(text).first_screen == dossier.first_screen
    held = json.loads(text)
    del held["first_screen"]["sealed"]
    assert from_json(json.dumps(held)).first_screen.sealed == ()


def appraised(*words) -> str:
    result = CliRunner().invoke(
        build(), ["appraise", *(str(word) for word in words)], catch_exceptions=False
    )
    assert result.exit_code == 0
    return result.stdout


def test_the_command_says_it_and_can_be_asked_for_more(proposal):
    said = appraised(proposal.path, "--as-of", DAY)
    assert "they were not held against what was promised" in said
    assert "Unsealed: what came is held" in appraised(proposal.path, "--as-of", DAY, "--unsealed")
    made = seal(proposal.path, terms=proposal.terms())
    told = json.loads(
        appraised(proposal.path, "--as-of", DAY, "--head", made.head, "--on", DAY, "--json")
    )
    assert [line for line in told["sealed"] if made.code in line]
    assert "covers entry 1" in told["sealed"][-1]
