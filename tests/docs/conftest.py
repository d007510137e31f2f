"""Run a page of the documentation as a reader would, in a folder of its own, from top to bottom.

Blocks of a page share that folder and, for Python, their variables:

- ``python`` is executed; what it prints is kept for an output block.
- ``console`` holds commands behind ``$``, each followed by what it prints (or by nothing, which is
  not compared); ``...`` stands for anything, within a line or as lines of its own.
- ``bash`` is a script.
- ``text``, ``toml``, ``csv`` and the like are read only, unless a comment says more.

A comment on the line before a block says what is special about it:

- ``<!-- not run: reason -->`` leaves it out;
- ``<!-- exit: 2 -->`` expects the block's last command to end with that status;
- ``<!-- file: my-city/city.toml -->`` writes the block there;
- ``<!-- append: my-city/city.toml -->`` writes the block below what the file holds, and
  ``<!-- append: my-city/city.toml below crs = "EPSG:25831" -->`` right below that line of it;
- ``<!-- sheet: offer.xlsx options -->`` fills the CSV rows of the block into a sheet of a workbook,
  into the row that has the same key, or else below the last one;
- ``<!-- output -->`` compares the block with what the Python block before it printed.

``<!-- hand: my-city/people.xlsx: 211 becomes 0224 -->`` anywhere else does what the page asks a
reader to do by hand, between the blocks around it: it changes the one place of a text file, or the
one cell of a workbook, that reads so.

Other comments bring something along:

- ``<!-- copy: examples/raw as raw -->`` copies from the repository;
- ``<!-- demo: city as demo/city -->`` copies from what ``evenground demo`` makes;
- ``<!-- real: washington_dc as downloads -->`` links a folder of real data, and skips the page
  where there is none.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from sybil import Document
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

from evenground.tests.appraisals import demo_city, programs, share_appraisals

ROOT = Path(__file__).parents[2]
SECONDS = 300
RUN = {"python", "console", "bash"}
MISNAMED = {"py": "python", "pycon": "python", "sh": "bash", "shell": "console", "zsh": "bash"}
ANY_LANGUAGE = re.compile(r"(?P<language>\{?[\w+.-]*\}?)[^\n]*\n")
MARK = re.compile(
    r"(?m:^)[ \t]*<!--\s*(not run|exit|file|append|sheet|output)\s*"
    r"(?::\s*(.*?))?\s*-->[ \t]*\n[ \t]*$"
)
LINK = re.compile(r"\]\((?![a-z]+:|#|<)([^)#\s]+)(?:#[^)\s]*)?\)")
HAND = re.compile(
    r"^[ \t]*<!--\s*hand:\s*(?P<file>[^:\n]+):\s(?P<old>.+?)\sbecomes\s(?P<new>.+?)\s*-->",
    re.MULTILINE,
)
BRING = re.compile(r"^[ \t]*<!--\s*(copy|demo|real):\s*(\S+)(?:\s+as\s+(\S+))?\s*-->", re.MULTILINE)


class PageError(AssertionError):
    """A page that does not hold what it says; the message names file and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block: where it stands, its language, its text, and the comment before it."""

    place: str
    line: int
    language: str
    source: str
    mark: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A change that a reader makes by hand, in a text file or a workbook."""

    place: str
    line: int
    file: str
    old: str
    new: str


@dataclass(slots=True)
class Page:
    """A Markdown file and the folder it is run in."""

    path: Path
    blocks: tuple[Block, ...]
    hands: tuple[Hand, ...]
    brings: tuple[tuple[str, str, str], ...]
    name: str
    words: str

    @classmethod
    def read(cls, path: Path, root: Path = ROOT) -> Page:
        """Find the blocks and comments of a page, and refuse marks that say nothing."""
        document = Document.parse(str(path))
        name = path.relative_to(root).as_posix()
        lexer = RawFencedCodeBlockLexer(ANY_LANGUAGE)
        regions = sorted(lexer(document), key=lambda region: region.start)
        blocks = tuple(_block(document.text, region, name) for region in regions)
        words = _outside(document.text, regions)
        hands = tuple(_hand(found, name) for found in HAND.finditer(words))
        brings = tuple(
            (what, source, target or Path(source).name)
            for what, source, target in BRING.findall(words)
        )
        return cls(path=path, blocks=blocks, hands=hands, brings=brings, name=name, words=words)

    @property
    def steps(self) -> list[Block | Hand]:
        """Return what a reader does, from top to bottom."""
        return sorted([*self.blocks, *self.hands], key=lambda step: step.line)

    @property
    def runs(self) -> bool:
        """Say whether anything on the page is executed."""
        return any(block.language in RUN and block.mark != "not run" for block in self.blocks)

    def dead_links(self) -> list[str]:
        """Return the links to files of the repository that are not there."""
        return [
            f"{self.name}: {target}"
            for target in LINK.findall(self.words)
            if not (self.path.parent / target).exists()
        ]


def _outside(text: str, regions) -> str:
    """Return the text with its blocks blanked, so that every line keeps its number."""
    kept, end = [], 0
    for region in regions:
        kept.append(text[end : region.start])
        kept.append("\n" * text.count("\n", max(end, region.start), max(end, region.end)))
        end = max(end, region.end)
    return "".join([*kept, text[end:]])


def _hand(found: re.Match[str], name: str) -> Hand:
    line = found.string.count("\n", 0, found.start()) + 1
    return Hand(
        place=f"{name}:{line}", line=line, file=found["file"], old=found["old"], new=found["new"]
    )


def _block(text: str, region, name: str) -> Block:
    line = text.count("\n", 0, region.start) + 1
    place = f"{name}:{line}"
    language = region.lexemes["language"]
    found = MARK.search(text, 0, region.start)
    mark, value = (found[1], found[2] or "") if found else ("", "")
    if language in MISNAMED:
        raise PageError(f"{place}: write {MISNAMED[language]} instead of {language}")
    if mark == "not run" and len(value.split()) < 2:
        raise PageError(f"{place}: say why the block is not run")
    if mark == "exit" and (not value.isdigit() or language not in {"console", "bash"}):
        raise PageError(f"{place}: exit wants a number and a block of commands")
    if mark in {"file", "append", "sheet"} and not value:
        raise PageError(f"{place}: say which file the block is")
    return Block(
        place=place,
        line=line,
        language=language,
        source=str(region.lexemes["source"]),
        mark=mark,
        value=value,
    )


def matches(printed: str, expected: str) -> bool:
    """Say whether output is as expected: ``...`` is any text in a line, or any lines by itself."""
    lines = [line.rstrip() for line in expected.strip("\n").splitlines()]
    pattern = ""
    for line in lines:
        if line.strip() == "...":
            pattern += r"(?:[^\n]*\n)*"
        else:
            pattern += "[^\n]*".join(re.escape(part) for part in line.split("...")) + r"\n"
    printed = "".join(f"{line.rstrip()}\n" for line in printed.strip("\n").splitlines())
    return re.fullmatch(pattern, printed) is not None


@dataclass(slots=True)
class Reader:
    """Someone who works through a page: a folder, variables, and what was printed last."""

    folder: Path
    names: dict[str, object] = field(default_factory=dict)
    printed: str = ""

    def work_through(self, page: Page) -> int:
        """Do what the page says; return the number of blocks that were done."""
        self._bring(page)
        done = 0
        for block in page.steps:
            if isinstance(block, Hand):
                self._by_hand(block)
            elif block.mark == "not run":
                continue
            elif block.mark in {"file", "append"}:
                self._write(block)
            elif block.mark == "sheet":
                self._fill(block)
            elif block.mark == "output":
                self._compare(block, self.printed, block.source)
            elif block.language == "python":
                self._python(block, page.path)
            elif block.language == "console":
                self._console(block)
            elif block.language == "bash":
                self._command(block, block.source, exit_status=int(block.value or 0))
            else:
                continue
            done += 1
        return done

    def _bring(self, page: Page) -> None:
        home = Path(os.environ.get("EVENGROUND_REAL_DATA", ROOT.parent / "shared" / "data"))
        for what, source, target in page.brings:
            if what in {"copy", "demo"}:
                path = (ROOT if what == "copy" else demo_city().root) / source
                copy = shutil.copytree if path.is_dir() else shutil.copy
                copy(path, self._inside(target, page.name))
            elif (home / source).is_dir():
                self._inside(target, page.name).symlink_to(home / source)
            else:
                pytest.skip(f"{page.name} works on real data, and {home / source} is not there")

    def _inside(self, name: str, place: str) -> Path:
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise PageError(f"{place}: {name} lies outside the reader's folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _write(self, block: Block) -> None:
        name, _, line = block.value.partition(" below ")
        path = self._inside(name, block.place)
        if block.mark == "file":
            path.write_text(block.source, encoding="utf-8")
            return
        before = path.read_text(encoding="utf-8")
        if not line:
            path.write_text(f"{before}\n{block.source}", encoding="utf-8")
            return
        lines = before.splitlines(keepends=True)
        at = [number for number, one in enumerate(lines) if one.strip() == line]
        if len(at) != 1:
            raise PageError(f"{block.place}: {name} has {len(at)} lines {line!r}")
        lines.insert(at[0] + 1, block.source)
        path.write_text("".join(lines), encoding="utf-8")

    def _fill(self, block: Block) -> None:
        name, _, title = block.value.rpartition(" ")
        path = self._inside(name, block.place)
        book = openpyxl.load_workbook(path)
        sheet = book[title]
        columns = {str(cell.value): cell.column for cell in sheet[1]}
        for row in csv.DictReader(io.StringIO(block.source)):
            if unknown := set(row) - set(columns):
                raise PageError(f"{block.place}: {title} has no column {', '.join(unknown)}")
            held = [cell.row for cell in sheet["A"] if cell.value == row.get("key", object())]
            number = held[0] if held else sheet.max_row + 1
            for column, text in row.items():
                sheet.cell(number, columns[column], text)
        book.save(path)

    def _by_hand(self, hand: Hand) -> None:
        path = self._inside(hand.file, hand.place)
        n = (_in_workbook if path.suffix == ".xlsx" else _in_text)(path, hand.old, hand.new)
        if n != 1:
            raise PageError(f"{hand.place}: {hand.file} holds {hand.old!r} {n} times")

    def _compare(self, block: Block, printed: str, expected: str) -> None:
        if expected.strip() and not matches(printed, expected):
            raise PageError(f"{block.place}: expected\n{expected}\n\nand it printed\n{printed}")

    def _python(self, block: Block, path: Path) -> None:
        if block.source.lstrip().startswith(">>>"):
            raise PageError(f"{block.place}: write Python without prompts")
        # Blank lines before the source let a traceback name the page's own line.
        code = compile("\n" * block.line + block.source, str(path), "exec")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(code, self.names)  # noqa: S102 - the page is ours, and running it is the point
        self.printed = said.getvalue()

    def _console(self, block: Block) -> None:
        steps = list(_steps(block))
        for number, (command, expected) in enumerate(steps, start=1):
            last = number == len(steps)
            status = int(block.value or 0) if last else 0
            self._compare(block, self._command(block, command, exit_status=status), expected)

    def _command(self, block: Block, command: str, *, exit_status: int) -> str:
        done = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", command],
            cwd=self.folder,
            env=_environment(self.folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        if done.returncode != exit_status:
            raise PageError(
                f"{block.place}: $ {command}\nended with {done.returncode} instead of "
                f"{exit_status} and printed\n{done.stdout}"
            )
        return done.stdout


def _in_text(path: Path, old: str, new: str) -> int:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text.count(old)


def _in_workbook(path: Path, old: str, new: str) -> int:
    book = openpyxl.load_workbook(path)
    cells = [c for sheet in book for row in sheet for c in row if str(c.value) == old]
    for cell in cells:
        cell.value = new
    book.save(path)
    return len(cells)


def _steps(block: Block) -> Iterator[tuple[str, str]]:
    lines = block.source.splitlines()
    if not lines or not lines[0].startswith("$ "):
        raise PageError(f"{block.place}: a console block starts with a command behind '$ '")
    at = 0
    while at < len(lines):
        command = [lines[at].removeprefix("$ ")]
        while command[-1].endswith("\\") and at + 1 < len(lines):
            at += 1
            command.append(lines[at].removeprefix("> "))
        at += 1
        start = at
        while at < len(lines) and not lines[at].startswith("$ "):
            at += 1
        yield "\n".join(command), "\n".join(lines[start:at])


def _environment(folder: Path) -> dict[str, str]:
    paths = [str(programs()), str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    return os.environ | {
        "PATH": os.pathsep.join(paths),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "TERM": "dumb",
        "NO_COLOR": "1",
    }


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Return a reader in an empty folder, which is the working folder as well."""
    monkeypatch.chdir(tmp_path)
    share_appraisals(monkeypatch)
    return Reader(folder=tmp_path, names={"__name__": "__page__"})


@pytest.fixture
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Page]:
    """Return a function that makes a page of a text."""

    def page(text: str) -> Page:
        folder = tmp_path_factory.mktemp("docs")
        path = folder / "page.md"
        path.write_text(text, encoding="utf-8")
        return Page.read(path, folder)

    return page


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give every page to the tests that ask for one."""
    if "page" in metafunc.fixturenames:
        paths = [
            *(path for path in sorted((ROOT / "docs").rglob("*.md")) if "_build" not in path.parts),
            *sorted((ROOT / "src" / "evenground").glob("questions/*/README.md")),
            *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
        ]
        metafunc.parametrize(
            "page",
            [pytest.param(path, id=path.relative_to(ROOT).as_posix()) for path in paths],
            indirect=True,
        )


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Page:
    """Return the page that a test is given."""
    return Page.read(request.param)
