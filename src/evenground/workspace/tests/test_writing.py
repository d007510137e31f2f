from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from evenground.errors import WriteError
from evenground.workspace import writing
from evenground.workspace.writing import write_atomic, write_together


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_bytes_and_text_arrive_unchanged(tmp_path):
    assert write_atomic(tmp_path / "a" / "b.json", "räksmörgås\r\n") == tmp_path / "a" / "b.json"
    assert (tmp_path / "a" / "b.json").read_bytes() == "räksmörgås\r\n".encode()
    write_atomic(tmp_path / "a" / "b.json", b"\x00\n")
    assert (tmp_path / "a" / "b.json").read_bytes() == b"\x00\n"
    assert _names(tmp_path / "a") == {"b.json"}


def test_old_file_stays_when_the_disk_is_full(tmp_path, monkeypatch):
    target = tmp_path / "dossier.html"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(WriteError) as caught:
        write_atomic(target, "new")
    (problem,) = caught.value.problems
    assert problem.code == "write.refused"
    assert "space" in problem.way_out
    assert "could not be written" in str(caught.value)
    assert target.read_text() == "old"
    assert _names(tmp_path) == {"dossier.html"}


def test_a_stop_in_the_middle_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "dossier.html"
    target.write_text("old")

    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing.os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(target, "new")
    assert target.read_text() == "old"
    assert _names(tmp_path) == {"dossier.html"}


def test_refuses_to_overwrite_when_asked(tmp_path):
    target = tmp_path / "city.toml"
    write_atomic(target, "mine", overwrite=False)
    with pytest.raises(WriteError) as caught:
        write_atomic(target, "yours", overwrite=False)
    assert caught.value.problems[0].code == "write.exists"
    assert caught.value.exit_code == 8
    assert target.read_text() == "mine"
    assert _names(tmp_path) == {"city.toml"}


def test_a_folder_in_the_way_is_explained(tmp_path):
    (tmp_path / "dossier.html").mkdir()
    with pytest.raises(WriteError):
        write_atomic(tmp_path / "dossier.html", "x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError) as caught:
        write_atomic(tmp_path / "file" / "dossier.html", "x")
    assert caught.value.problems[0].way_out


def test_colleagues_can_read_the_file_and_rights_are_kept(tmp_path):
    target = tmp_path / "dossier.html"
    write_atomic(target, "x")
    plain = tmp_path / "plain"
    plain.write_text("x")
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    target.chmod(0o640)
    write_atomic(target, "y")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_keeps_pointing_at_its_file(tmp_path):
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    write_atomic(tmp_path / "link.html", "new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"


def test_together_lists_every_taken_name_and_writes_none(tmp_path):
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("2")
    with pytest.raises(WriteError) as caught:
        write_together(tmp_path, {"a": "x", "b": "x", "c": "x"})
    assert [Path(problem.value).name for problem in caught.value.problems] == ["a", "b"]
    assert _names(tmp_path) == {"a", "b"}


def test_together_takes_back_what_it_wrote_when_a_name_is_taken_meanwhile(tmp_path, monkeypatch):
    link = os.link

    def late(source: Path, target: Path) -> None:
        if target.name == "b":
            target.write_text("somebody else's")
        link(source, target)

    monkeypatch.setattr(writing.os, "link", late)
    with pytest.raises(WriteError):
        write_together(tmp_path, {"a": "x", "b": "x"})
    assert _names(tmp_path) == {"b"}
    assert (tmp_path / "b").read_text() == "somebody else's"


def test_a_disk_without_hard_links_works_too(tmp_path, monkeypatch):
    def none(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(writing.os, "link", none)
    assert write_together(tmp_path, {"a": "x"}) == (tmp_path / "a",)
    assert (tmp_path / "a").read_text() == "x"
    with pytest.raises(WriteError):
        write_atomic(tmp_path / "a", "y", overwrite=False)
    assert _names(tmp_path) == {"a"}
