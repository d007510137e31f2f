"""``evenground audit-asking``: the timing audit from ten lines in a spreadsheet alone."""

from __future__ import annotations

import csv
import json
from datetime import datetime

import pytest

from evenground.errors import InvalidInputError, NotFoundError, UsageError

NAMES = ("Date", "Kind", "Text", "Choice", "Amount", "Level", "Source")
LINES = (
    ("2025-09-09", "need stated", "Tenants ask for closed bins", "", "", "", "Minutes, item 2"),
    ("2025-11-04", "choice opened", "", "whether; how many; maker; colour", "", "", "Paper 1"),
    ("2025-11-04", "nothing committed", "", "", "", "", "Paper 1"),
    ("2026-02-02", "contract signed", "Letter of intent", "whether; maker", 890_000, "", "Annex 2"),
    ("2026-02-16", "option closed", "A Saturday round", "", "", "", "Page 3"),
    ("2026-03-10", "residents asked", "Vote", "colour", "", "collaborate", "The app"),
    ("2026-03-24", "participation closed", "", "", "", "", "The app"),
    ("2026-04-01", "input published", "1,204 votes", "", "", "", "The app"),
    ("2026-04-20", "response published", "Grey has won", "", "", "", "Web site"),
    ("2026-05-06", "decision made", "", "colour", "", "", "Minutes"),
)
AS_OF = ("--as-of", "2026-06-01")
COSTS = ("--cost", "1226000", "--currency", "EUR")


def in_workbook(path, lines=LINES, names=NAMES):
    """Write a log as officials keep it: days as days, amounts as numbers, one sheet."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(list(names))
    for day, *others in lines:
        sheet.append([datetime.fromisoformat(day), *(cell or None for cell in others)])
    book.save(path)
    return path


def as_text(path, lines=LINES, names=NAMES):
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([names, *lines])
    return path


def finding(found, code):
    return next(one for one in found["findings"] if one["code"].startswith(code))


@pytest.mark.parametrize(("write", "name"), [(in_workbook, "log.xlsx"), (as_text, "log.csv")])
def test_ten_lines_are_enough(told, folder, write, name):
    found = told("audit-asking", write(folder / name), *COSTS, *AS_OF)
    assert found["verdict"] == "asked_when_part_was_made"
    assert found["file"]["rows_used"] == 10
    assert found["problems"] == []
    timing = finding(found, "timing.")
    shares = {one["name"]: one["value"] for one in timing["estimates"]}
    assert shares["committed_share"] == pytest.approx(890 / 1_226)
    assert shares["lead_days"] == 57
    (step,) = found["steps"]
    assert step == {
        "step": "Vote", "opened": "2026-03-10", "closed": "2026-03-24",
        "choices": {"whether": "made", "how many": "open", "maker": "made", "colour": "open"},
    }  # fmt: skip
    # Most of the money was bound by contract: "collaborate" cannot hold.
    assert finding(found, "level.")["code"] == "level.contradicts"
    assert [row[-1] for row in finding(found, "log.")["tables"]["log"]["rows"]] == [
        line[-1] for line in LINES
    ]


def test_an_initiatives_folder_with_that_log_alone_gives_the_same_audit(told, folder):
    in_workbook(folder / "events.xlsx")
    (folder / "initiative.toml").write_text(
        'format = 1\ntitle = "Bins"\nstage = "decided"\n'
        '[[options]]\nkey = "all"\nname = "All"\nkind = "full"\ncost = {2026 = 1226000}\n',
        encoding="utf-8",
    )
    told("appraise", folder, *AS_OF)
    dossier = json.loads((folder / "dossier" / "dossier.json").read_text(encoding="utf-8"))
    section = next(one for one in dossier["sections"] if one["key"] == "voice")
    alone = told("audit-asking", folder / "events.xlsx", "--title", "Bins", *COSTS, *AS_OF)
    assert section["headline"]["sentence"] == alone["sentence"]
    for code in ("timing.", "level.", "inputs.", "given.", "log."):
        there = next(
            one["sentence"]
            for one in section["findings"]
            if one["finding"]["code"].startswith(code)
        )
        assert there == finding(alone, code)["sentence"]


def test_what_is_not_written_down_is_unknown(told, folder):
    lines = [line for line in LINES if line[1] not in ("contract signed", "nothing committed")]
    found = told("audit-asking", as_text(folder / "log.csv", lines), *AS_OF)
    timing = finding(found, "timing.")
    assert not any(one["name"] == "committed_share" for one in timing["estimates"])
    assert any("does not speak of money" in caveat for caveat in timing["caveats"])
    assert any("How much was committed" in ask["what"] for ask in found["asks"])


def test_what_the_paper_lists_counts_beside_the_log(told, folder):
    log = as_text(folder / "log.csv", [LINES[5]])
    found = told(
        "audit-asking", log, "--open", "colour", "--made", "whether", "--decided-on", "2026-05-06",
        "--by", "The council", *AS_OF,
    )  # fmt: skip
    (step,) = found["steps"]
    assert step["choices"] == {"colour": "open", "whether": "unknown"}
    assert all(ask["to"].startswith("The council") for ask in found["asks"])


def test_options_that_the_log_names_share_the_cost(told, folder):
    lines = [(*LINES[3], "all"), (*LINES[5], "")]
    log = as_text(folder / "log.csv", lines, (*NAMES, "option"))
    found = told("audit-asking", log, *COSTS, *AS_OF)
    shares = {one["name"]: one["value"] for one in finding(found, "timing.")["estimates"]}
    assert shares["committed_share"] == pytest.approx(890 / 1_226)


def test_a_person_reads_lines_and_gets_a_page(invoke, folder):
    text = invoke(
        "audit-asking", in_workbook(folder / "log.xlsx"), "--title", "Sensor bins", "--out",
        folder / "page", *COSTS, *AS_OF,
    )  # fmt: skip
    flat = " ".join(text.split())
    assert "about Sensor bins, on 10 March 2026, 2 of 4 choices" in flat
    assert "made already" in flat
    assert all(words in flat for words in ("Letter of intent", "890 000 EUR", "Annex 2"))
    assert "Whom to ask:" in flat
    page = (folder / "page" / "dossier.html").read_text(encoding="utf-8")
    assert "How much was still open, and when people were asked" in page
    assert (folder / "page" / "dossier.json").is_file()


def test_a_line_without_a_day_is_told_and_the_others_count(invoke, told, folder):
    lines = [*LINES[:9], ("soon", *LINES[9][1:])]
    log = as_text(folder / "log.csv", lines)
    found = told("audit-asking", log, *AS_OF)
    assert found["file"]["rows_read"] == 10
    assert found["file"]["rows_used"] == 9
    assert [problem["row"] for problem in found["problems"]] == [11]
    assert "11: " in invoke("audit-asking", log, *AS_OF)


@pytest.mark.parametrize(
    ("names", "lines"), [(("When", "Kinds of bread"), [("2026-01-01", "rye")]), (NAMES, [])]
)
def test_a_file_that_is_no_log_says_what_one_needs(invoke, folder, names, lines):
    with pytest.raises(InvalidInputError) as refused:
        invoke("audit-asking", as_text(folder / "log.csv", lines, names), *AS_OF)
    assert refused.value.problems[-1].code == "log_without_events"
    assert all(problem.way_out for problem in refused.value.problems)


def test_a_cost_below_zero_and_a_file_that_is_not_there(invoke, folder):
    with pytest.raises(UsageError):
        invoke("audit-asking", as_text(folder / "log.csv"), "--cost", "-1", *AS_OF)
    with pytest.raises(NotFoundError):
        invoke("audit-asking", folder / "lag.csv", *AS_OF)
