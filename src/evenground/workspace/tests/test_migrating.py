"""Files go from format to format with their comments; what is newest already keeps every byte."""

from __future__ import annotations

import json

import pytest

from evenground.errors import FormatError, NotFoundError, VersionError
from evenground.workspace.dossier_files import open_dossier, read_text
from evenground.workspace.migrating import STEPS, files_with_format, migrated

CITY = '# Our city\r\nformat = 1\nname = "Saltholm" # as on the map\n\n[settings]\n  five=5\n'


def rename(document):
    """Move ``name`` to ``title``."""
    document["title"] = document.pop("name")


def count(document):
    """Note which format a document passed through."""
    document["passed"] = [*document.get("passed", []), document.get("format", 1)]


STEPPED = {
    "city.toml": (rename, count),
    "initiative.toml": (),
    "dossier.json": (rename, count, count),
}


def test_what_is_newest_already_keeps_every_byte():
    for name in STEPS:
        text = '{ "format":1 , "a" : 1.50 }' if name.endswith("json") else CITY
        one = migrated(name, text)
        assert (one.text, one.changed, one.was, one.now) == (text, False, 1, 1)


def test_steps_are_taken_in_order_and_comments_stay():
    one = migrated("city.toml", CITY, steps=STEPPED)
    assert (one.was, one.now, one.changed) == (1, 3, True)
    assert one.text.startswith("# Our city\r\nformat = 3\n")
    assert "  five=5\n" in one.text
    assert 'title = "Saltholm"' in one.text
    assert "passed = [1]" in one.text


def test_a_second_run_changes_nothing():
    once = migrated("city.toml", CITY, steps=STEPPED).text
    assert migrated("city.toml", once, steps=STEPPED).text == once


def test_only_the_steps_that_are_left_are_taken():
    half = json.dumps({"format": 3, "title": "x"})
    one = migrated("dossier.json", half, steps=STEPPED)
    assert json.loads(one.text) == {"format": 4, "passed": [3], "title": "x"}


def test_a_toml_file_without_a_number_is_the_first_format():
    one = migrated("city.toml", 'name = "A"\n', steps=STEPPED)
    assert (one.was, one.now) == (1, 3)
    assert migrated("city.toml", 'name = "A"\n').text == 'name = "A"\n'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("city.toml", "format = 2\n"),
        ("city.toml", "format = 0\n"),
        ("city.toml", 'format = "1"\n'),
        ("city.toml", "format = true\n"),
        ("initiative.toml", "format = 99\n"),
        ("dossier.json", '{"format": 2}'),
        ("dossier.json", "{}"),
    ],
)
def test_a_format_that_is_not_known_is_refused(name, text):
    with pytest.raises(VersionError) as refused:
        migrated(name, text)
    assert refused.value.problems[0].parameters["known"] == 1
    assert refused.value.problems[0].place.file == name


@pytest.mark.parametrize(
    ("name", "text"),
    [("city.toml", "format = \n"), ("dossier.json", "{"), ("dossier.json", "[1]"),
     ("dossier.json", "[" * 100_000)],
)  # fmt: skip
def test_what_cannot_be_read_is_left_alone(name, text):
    with pytest.raises(FormatError):
        migrated(name, text)


def test_files_are_found_in_and_under_a_folder(tmp_path):
    for name in (
        "city.toml",
        "bins/initiative.toml",
        "bins/dossier/dossier.json",
        "bins/notes.toml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("format = 1\n", encoding="utf-8")
    found = [file.relative_to(tmp_path).as_posix() for file in files_with_format(tmp_path)]
    assert found == ["bins/dossier/dossier.json", "bins/initiative.toml", "city.toml"]
    assert files_with_format(tmp_path / "city.toml") == (tmp_path / "city.toml",)
    with pytest.raises(NotFoundError):
        files_with_format(tmp_path / "bins" / "notes.toml")
    with pytest.raises(NotFoundError):
        files_with_format(tmp_path / "nowhere")


def test_a_dossier_is_opened_by_file_or_folder(tmp_path):
    with pytest.raises(NotFoundError):
        open_dossier(tmp_path)
    (tmp_path / "dossier").mkdir()
    file = tmp_path / "dossier" / "dossier.json"
    file.write_text('{"format": 7}', encoding="utf-8")
    for path in (tmp_path, tmp_path / "dossier", file):
        with pytest.raises(VersionError) as refused:
            open_dossier(path)
        assert refused.value.problems[0].place.file == "dossier.json"


def test_other_letters_than_utf8_are_refused(tmp_path):
    file = tmp_path / "dossier.json"
    file.write_bytes(b'{"city": "Malm\xf6"}')
    with pytest.raises(FormatError):
        read_text(file)
