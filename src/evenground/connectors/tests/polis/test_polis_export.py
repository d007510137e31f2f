"""Exports of conversations are read with re-votes resolved, moderation honoured, errors placed."""

import numpy as np
import pytest

from evenground.connectors.polis.conversation import ordered, read_conversation
from evenground.errors import EvengroundError

COMMENTS = """timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,comment-body
1,10,0,2,0,1,false,"More trees,
please"
2,2,1,1,1,0,false,Fewer cars
3,3,1,0,0,-1,false,Spam
4,4,1,0,0,1,true,I live here
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
5,a,10,0,1
9,b,10,0,-1
7,c,10,0,1
5,d,10,1,1
5,e,2,0,1
6,f,2,1,-1
6,g,3,1,1
6,h,4,1,1
"""
REJECTED = "comment-id,moderated\n10,-1\n2,-1\n3,-1\n4,-1\n"


@pytest.fixture
def export(tmp_path):
    def write(**files):
        kept = {"comments": COMMENTS, "votes": VOTES, **files}
        for name, text in kept.items():
            if text is not None:
                (tmp_path / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_the_latest_vote_counts_and_rejected_statements_do_not(export):
    found = read_conversation(export())
    assert [one.key for one in found.statements] == ["2", "3", "4", "10"]
    assert found.statements[3].text == "More trees, please"
    expected = [[1, np.nan, np.nan, -1], [-1, 1, 1, 1]]
    assert np.array_equal(found.votes, expected, equal_nan=True)
    assert found.counts.tolist() == [True, False, False, True]
    aside = {one.code: one.n_rows for one in found.set_aside}
    assert aside == {"polis_voted_again": 2, "polis_rejected": 1, "polis_meta": 1}
    assert found.n_read == 8


def test_strict_moderation_leaves_out_what_nobody_accepted(export):
    assert read_conversation(export(), strict=True).left_out["2"] == "polis_pending"


def test_without_times_the_last_row_counts(export):
    untimed = "\n".join(line.split(",", 2)[2] for line in VOTES.splitlines())
    found = read_conversation(export(votes=untimed))
    assert found.votes[0, 3] == 1
    assert "polis_no_time" in {one.code for one in found.noticed}


def test_banned_and_removed_participants_take_no_part(export):
    matrix = "participant,banned,2,10\n0,false,1,-1\n1,true,-1,1\n"
    found = read_conversation(export(participants_votes=matrix))
    assert found.participants == ("0",)
    removed = "participant,2,10\n0,1,-1\n"
    found = read_conversation(export(participants_votes=removed))
    assert found.participants == ("0",)
    assert "polis_participant_unlisted" in {one.code for one in found.set_aside}


def test_tables_that_contradict_each_other_are_told(export):
    matrix = "participant,2,10\n0,1,1\n1,-1,1\n"
    told = read_conversation(export(participants_votes=matrix)).noticed
    assert [(one.code, one.value) for one in told] == [("polis_tables_differ", "3")]


def test_the_matrix_alone_will_do(export):
    matrix = "participant,group-id,2,10\n0,1,1,-1\n1,,,1\n"
    found = read_conversation(export(votes=None, participants_votes=matrix))
    assert np.array_equal(found.votes[:, found.counts], [[1, -1], [np.nan, 1]], equal_nan=True)


def test_names_may_have_something_before_them(tmp_path):
    (tmp_path / "2025-08-29-abc-comments.csv").write_text(COMMENTS, encoding="utf-8")
    (tmp_path / "2025-08-29-abc-votes.csv").write_text(VOTES, encoding="utf-8")
    assert read_conversation(tmp_path).votes.shape == (2, 4)


def test_votes_with_minus_one_for_agreeing_are_turned(export):
    comments = "comment-id,agrees,disagrees,moderated,comment-body\n1,2,1,1,More trees\n"
    votes = "comment-id,voter-id,vote\n1,0,-1\n1,1,-1\n1,2,1\n"
    found = read_conversation(export(comments=comments, votes=votes))
    assert found.votes[:, 0].tolist() == [1, 1, -1]
    assert "polis_votes_turned" in {one.code for one in found.noticed}


@pytest.mark.parametrize(
    ("files", "code", "row", "column"),
    [
        ({"votes": VOTES.replace("5,d,10,1,1", "5,d,10,1,yes")}, "polis_vote_unknown", 5, "vote"),
        ({"votes": VOTES.replace("5,d,10,1,1", "5,d,10,,1")}, "polis_id_missing", 5, "voter-id"),
        ({"votes": VOTES.replace("5,d,", "soon,d,")}, "polis_time_unknown", 5, "timestamp"),
        ({"votes": "a,b\n1,2\n"}, "polis_column_missing", 1, ""),
        ({"comments": COMMENTS.replace("2,2,1", "2,10,1")}, "polis_id_twice", 3, "comment-id"),
        ({"comments": COMMENTS.replace(",-1,", ",no,")}, "polis_moderated_unknown", 4, "moderated"),
        ({"votes": None}, "polis_votes_missing", None, ""),
        ({"my_votes": VOTES}, "polis_several_files", None, ""),
        ({"comments": REJECTED}, "polis_nothing_left", None, ""),
    ],
)  # fmt: skip
def test_an_error_names_its_place(export, files, code, row, column):
    with pytest.raises(EvengroundError) as raised:
        read_conversation(export(**files))
    problem = raised.value.problems[0]
    assert problem.code == code
    assert problem.place.row == row
    assert problem.place.column == column
    assert problem.way_out


def test_every_bad_vote_is_listed_at_once(export):
    with pytest.raises(EvengroundError) as raised:
        read_conversation(export(votes=VOTES.replace(",1\n", ",7\n")))
    assert len(raised.value.problems) == VOTES.count(",1\n")


def test_what_is_no_text_is_refused(export):
    folder = export()
    (folder / "votes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(EvengroundError, match="polis_text_broken"):
        read_conversation(folder)
    with pytest.raises(EvengroundError, match="polis_folder_missing"):
        read_conversation(folder / "nowhere")


def test_ids_are_ordered_as_numbers_where_all_are():
    assert ordered(["10", "9", "1"]) == ("1", "9", "10")
    assert ordered(["b", "10", "9"]) == ("10", "9", "b")
