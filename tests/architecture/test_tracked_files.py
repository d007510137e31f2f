"""What is in the repository is true everywhere: no machine's paths, no registry's address."""

from __future__ import annotations

import re

import pytest

# Written in pieces, so that this file does not find itself.
PATHS = re.compile(r"(?<![\w.~:/])/" + r"(?:root|work|home/\w+|Users/\w+|workspace)/")
HOSTS = re.compile(
    r"pypi" + r"\.org|python" + r"hosted\.org|registry\.npm" + r"js|deb\.deb" + r"ian\.org",
    re.IGNORECASE,
)
FRAGMENT = re.compile(r"[a-z0-9-]+\.(?:added|changed|fixed|removed)\.md")
LARGEST = 2_000_000


def test_no_file_names_a_machine_or_a_registry(tracked, root):
    found = []
    assert tracked
    for path in tracked:
        data = path.read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8").splitlines(), start=1):
            if PATHS.search(line) or HOSTS.search(line):
                found.append(f"{path.relative_to(root)}:{number} {line.strip()[:100]}")
    assert found == []


def test_no_file_is_a_data_dump(tracked, root):
    large = {path.relative_to(root).as_posix(): path.stat().st_size for path in tracked}
    assert {name: size for name, size in large.items() if size > LARGEST} == {}


def test_locks_carry_hashes_and_no_address(root):
    locks = sorted((root / "requirements").glob("*.txt"))
    assert {"run.txt", "dev.txt", "bench.txt", "build.txt"} == {lock.name for lock in locks}
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in entry for entry in entries), lock.name
        assert "://" not in text, lock.name
        assert not re.search(r"^(?:--|-[a-z] )", text, flags=re.MULTILINE), lock.name


def test_locks_agree_with_one_another(root):
    versions: dict[str, set[str]] = {}
    for lock in (root / "requirements").glob("*.txt"):
        for name, version in re.findall(
            r"^([\w.-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE
        ):
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_news_fragments_are_one_sentence_each(root):
    fragments = sorted((root / "changelog.d").glob("*"))
    for path in fragments:
        if path.name == "template.md":
            continue
        assert FRAGMENT.fullmatch(path.name), f"{path.name}: name it slug.added.md"
        lines = path.read_text(encoding="utf-8").strip().splitlines()
        assert len(lines) == 1, f"{path.name}: one sentence on one line"
        assert lines[0].endswith("."), f"{path.name}: a sentence ends with a full stop"


@pytest.mark.parametrize("line", ["see /" + "root/x", "cd /" + "work/main", "/" + "home/ann/x"])
def test_a_machine_path_is_seen(line):
    assert PATHS.search(line)


@pytest.mark.parametrize(
    "line", ["https://example.org/" + "root/x", "src/" + "work/x", "net" + "work/"]
)
def test_other_paths_pass(line):
    assert not PATHS.search(line)
