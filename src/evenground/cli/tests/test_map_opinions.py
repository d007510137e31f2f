"""``evenground map-opinions`` on exports made by a known law."""

import csv
import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from evenground.errors import InvalidInputError, NotFoundError, UsageError, WriteError

KEYS = {"groups", "refused", "reasons", "stability", "held_out_error", "statements"}


def export(folder, votes, *, moderated=None):
    """Write votes (n, m) as an export."""
    folder.mkdir()
    with (folder / "votes.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["timestamp", "comment-id", "voter-id", "vote"])
        for who, what in np.argwhere(~np.isnan(votes)).tolist():
            writer.writerow([1000 + who, what, f"{who}", int(votes[who, what])])
    with (folder / "comments.csv").open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["comment-id", "author-id", "moderated", "comment-body"])
        for what in range(votes.shape[1]):
            state = 1 if moderated is None else moderated[what]
            writer.writerow([what, 0, state, f"Statement {what}"])
    return folder


def two_camps(rng, n=80, m=16):
    """Two camps of like size; the first statement is everybody's."""
    side = np.repeat([1.0, -1.0], n // 2)
    likes = np.where(rng.random(m) < 0.5, 1.0, -1.0)
    votes = np.where(rng.random((n, m)) < 0.88, side[:, None] * likes, -side[:, None] * likes)
    votes[:, 0] = 1
    return np.where(rng.random((n, m)) < 0.75, votes, np.nan)


@pytest.fixture
def camps(tmp_path):
    return export(tmp_path / "camps", two_camps(np.random.default_rng(4)))


@pytest.fixture
def nothing(tmp_path):
    rng = np.random.default_rng(7)
    votes = rng.choice([1.0, 0.0, -1.0], size=(90, 20))
    return export(tmp_path / "nothing", np.where(rng.random((90, 20)) < 0.6, votes, np.nan))


def test_groups_that_hold_are_shown_with_what_they_stand_for(invoke, told, camps):
    data = told("map-opinions", camps)
    assert data.keys() >= KEYS
    assert data["refused"] is False
    assert data["reasons"] == []
    assert [one["n_participants"] for one in data["groups"]] == [40, 39]  # one voted on too few
    assert data["stability"] > 0.9
    assert 0 < data["held_out_error"] < data["held_out_errors"]["statement mean"]
    first = data["statements"][0]
    assert first["bridges"]
    assert not first["divides"]
    assert first["bridging"] == max(one["bridging"] for one in data["statements"])
    assert sum(one["divides"] for one in data["statements"]) >= 10
    assert len(first["groups"]) == 2
    for one in (group for each in data["statements"] for group in each["groups"]):
        assert one["low"] <= one["agreed"] / one["n_votes"] <= one["high"]
    text = invoke("map-opinions", camps)
    assert "2 groups hold, of 40 and 39 people" in text
    assert "Statement 0" in text


def test_groups_of_nothing_are_refused_with_reasons(invoke, told, nothing):
    data = told("map-opinions", nothing)
    assert data["groups"] is None
    assert data["refused"] is True
    assert {"unstable", "foretell_nothing"} <= set(data["reason_codes"])
    assert len(data["reasons"]) == len(data["reason_codes"])
    assert data["polis"]["n_groups"] >= 2
    text = " ".join(invoke("map-opinions", nothing).split())
    assert "refused" in text
    assert "more than 1 % must be certain" in text
    assert "At least 0.75 is needed" in text
    assert 0.5 < data["share_dissolved"] <= 1


def test_the_order_of_rows_changes_nothing(invoke, told, camps):
    before = told("map-opinions", camps)
    lines = (camps / "votes.csv").read_text(encoding="utf-8").splitlines()
    shuffled = [lines[0], *np.random.default_rng(0).permutation(lines[1:])]
    (camps / "votes.csv").write_text("\n".join(shuffled), encoding="utf-8")
    one, two = before, told("map-opinions", camps)
    one.pop("inputs")
    two.pop("inputs")
    assert one == two


def test_a_rejected_statement_is_not_among_them(invoke, told, tmp_path):
    votes = two_camps(np.random.default_rng(4))
    folder = export(tmp_path / "one", votes, moderated=[-1, 0, *[1] * 14])
    data = told("map-opinions", folder)
    assert [one["id"] for one in data["statements"]] == [str(at) for at in range(1, 16)]
    strict = told("map-opinions", folder, "--strict")
    assert len(strict["statements"]) == 14


def test_a_picture_shows_nobody(invoke, camps, tmp_path):
    invoke("map-opinions", camps, "--picture", tmp_path / "map.svg")
    ET.parse(tmp_path / "map.svg")  # noqa: S314 - written by this program
    invoke("map-opinions", camps, "--picture", tmp_path / "map.json")
    spec = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    assert [layer["mark"]["type"] for layer in spec["layer"]] == [
        "rect",
        "line",
        "line",
        "text",
        "text",
    ]
    assert [one["letter"] for one in spec["layer"][4]["data"]["values"]] == ["A", "B"]
    with pytest.raises(WriteError, match="picture_exists"):
        invoke("map-opinions", camps, "--picture", tmp_path / "map.svg")
    with pytest.raises(UsageError, match="picture_kind_unknown"):
        invoke("map-opinions", camps, "--picture", tmp_path / "map.bmp")


def test_an_initiative_gets_votes_and_statements(invoke, camps, tmp_path):
    (tmp_path / "mine").mkdir()
    invoke("map-opinions", camps, "--tables", tmp_path / "mine")
    with (tmp_path / "mine" / "opinion_votes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with (camps / "votes.csv").open(encoding="utf-8", newline="") as stream:
        assert len(rows) == len(list(csv.DictReader(stream)))
    assert list(rows[0]) == ["participant", "statement", "vote"]
    assert {row["vote"] for row in rows} == {"1", "-1"}
    statements = (tmp_path / "mine" / "opinion_statements.csv").read_text(encoding="utf-8")
    assert statements.startswith("statement,text,moderated\n0,Statement 0,1\n")
    with pytest.raises(WriteError, match="opinion_table_exists"):
        invoke("map-opinions", camps, "--tables", tmp_path / "mine")
    with pytest.raises(WriteError, match="opinion_table_not_written"):
        invoke("map-opinions", camps, "--tables", tmp_path / "nowhere")


def test_an_error_names_row_and_way_out(invoke, camps):
    n_lines = len((camps / "votes.csv").read_text(encoding="utf-8").splitlines())
    with (camps / "votes.csv").open("a", encoding="utf-8") as stream:
        stream.write("1,2,3,agree\n")
    with pytest.raises(InvalidInputError) as raised:
        invoke("map-opinions", camps)
    problem = raised.value.problems[0]
    assert problem.code == "polis_vote_unknown"
    assert problem.place.row == n_lines + 1
    with pytest.raises(NotFoundError, match="polis_folder_missing"):
        invoke("map-opinions", camps / "no")


@pytest.mark.parametrize("shape", [(1, 5), (30, 1)])
def test_one_person_or_statement_makes_no_map(invoke, told, tmp_path, shape):
    folder = export(tmp_path / "one", np.ones(shape))
    data = told("map-opinions", folder)
    assert data.keys() >= KEYS
    assert (data["groups"], data["refused"], data["reason_codes"]) == (None, True, ["too_few"])
    assert (data["stability"], data["held_out_error"]) == (None, None)
    assert [one["agreed"] for one in data["statements"]] == [shape[0]] * shape[1]
    assert "two of each" in " ".join(invoke("map-opinions", folder).split())
    with pytest.raises(UsageError, match="picture_of_nobody"):
        invoke("map-opinions", folder, "--picture", tmp_path / "map.svg")


def test_everybody_agreeing_makes_no_groups(told, tmp_path):
    data = told("map-opinions", export(tmp_path / "one", np.ones((40, 8))))
    assert (data["refused"], data["reason_codes"]) == (True, ["no_groups"])
    assert all(one["bridges"] for one in data["statements"])


def test_three_people_are_refused_with_reasons(told, tmp_path):
    votes = np.random.default_rng(1).choice([1.0, 0.0, -1.0], size=(3, 6))
    data = told("map-opinions", export(tmp_path / "three", votes))
    assert data["refused"]
    assert data["reasons"]


def test_without_a_vote_it_is_said_so(invoke, tmp_path):
    with pytest.raises(InvalidInputError, match="polis_no_vote"):
        invoke("map-opinions", export(tmp_path / "none", np.full((4, 4), np.nan)))
