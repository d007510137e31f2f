"""Read what people declared (a TOML table, a key/value sheet) key by key, listing every defect.

A ``Declaration`` hands out one value at a time in the type that is asked for. What cannot be read
becomes a ``Problem`` and the default is used, so that one mistake never hides the next one. Keys
that nobody asked for are unknown keys: ``finish`` lists them with the nearest known name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

from evenground.errors import Place, Problem, ProblemKind, Severity, nearest_name
from evenground.language import N_

Path = tuple[str | int, ...]
"""A key path such as ``("groups", 1, "indicator")``."""

UNKNOWN_KEY = ProblemKind(
    code="unknown_key",
    severity=Severity.WARNING,
    what=N_("There is no key called {value} here."),
    rule=N_(
        "A key that is not known has no effect, so what it was meant to change stays as it was."
    ),
    way_out=N_("Take it out, or use one of: {known}."),
    suggestion=N_("Write {nearest} instead."),
)


def _type_kind(code: str, what: str, way_out: str) -> ProblemKind:
    rule = N_("A value of another type cannot be used, so it was left out.")
    return ProblemKind(code=code, what=what, rule=rule, way_out=way_out)


NOT_A_TEXT = _type_kind(
    "not_a_text", N_("{column} should be a text, and is {value}."), N_('Write: {key} = "…"')
)
NOT_A_NUMBER = _type_kind(
    "not_a_number",
    N_("{column} should be a number, and is {value}."),
    N_("Write digits only, such as 1200.5, without units, quotes or marks between thousands."),
)
NOT_WHOLE = _type_kind(
    "not_a_whole_number",
    N_("{column} should be a whole number, and is {value}."),
    N_("Write: {key} = 3"),
)
NOT_A_FLAG = _type_kind(
    "not_a_yes_or_no",
    N_("{column} should be true or false, and is {value}."),
    N_("Write: {key} = true, or {key} = false"),
)
NOT_A_DAY = _type_kind(
    "not_a_day",
    N_("{column} should be a date, and is {value}."),
    N_("Write year, month and day: {key} = 2026-03-01"),
)
NOT_A_LIST = _type_kind(
    "not_a_list",
    N_("{column} should be a list, and is {value}."),
    N_('Write square brackets around it: {key} = ["…", "…"]'),
)
NOT_A_TABLE = _type_kind(
    "not_a_table",
    N_("{column} should hold names and values, and is {value}."),
    N_('Write: {key} = {{name = "value"}}'),
)
NOT_A_CHOICE = ProblemKind(
    code="not_a_choice",
    what=N_("{value} is not a possible value of {column}."),
    rule=N_("Only these values are understood: {known}."),
    way_out=N_("Choose one of: {known}."),
    suggestion=N_("Write {nearest}."),
)
_TWO_READINGS = re.compile(r"[-+]?\d{1,3}([.,])\d{3}(\1\d{3})*")
"""``120,000`` in words: a hundred and twenty thousand for some, a hundred and twenty for others."""
_YES = frozenset({"true", "yes", "y", "1", "ja", "oui", "sí", "si"})
_NO = frozenset({"false", "no", "n", "0", "nej", "nein", "non", "nee"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where values were written: the file, and the place of each key path that is known."""

    file: str
    places: Mapping[Path, Place] = field(default_factory=dict[Path, Place])

    def place(self, path: Path) -> Place:
        """Return the place of a key, or of the nearest table around it."""
        column = dotted(path)
        for end in range(len(path), -1, -1):
            known = self.places.get(path[:end])
            if known is not None:
                return Place(file=known.file, sheet=known.sheet, row=known.row, column=column)
        return Place(file=self.file, column=column)


def dotted(path: Path) -> str:
    """Write a key path as people do: ``groups[2].indicator`` (counting from 1)."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class Declaration:
    """One table of declared values; defects are appended to ``problems``."""

    def __init__(
        self,
        values: Mapping[str, Any],
        *,
        written: Written,
        path: Path = (),
        problems: list[Problem] | None = None,
    ) -> None:
        self.values = values
        self.written = written
        self.path = path
        self.problems: list[Problem] = [] if problems is None else problems
        self._asked: dict[str, None] = {}

    def place(self, key: str = "") -> Place:
        """Return where a key (or this table) was written."""
        return self.written.place((*self.path, key) if key else self.path)

    def has(self, key: str) -> bool:
        """Whether a key is there and not empty."""
        self._asked[key] = None
        return self.values.get(key) not in (None, "")

    def add(self, kind: ProblemKind, key: str = "", *, value: object = "", **fields: Any) -> None:
        """Add a problem at ``key``."""
        self.problems.append(kind.at(self.place(key), value=value, key=key, **fields))

    def text(self, key: str, default: str = "") -> str:
        """Return a text; whole numbers are taken as texts, since years and codes look alike."""
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, (str, int, float, date)) and not isinstance(value, bool):
            return str(value).strip()
        self.add(NOT_A_TEXT, key, value=value)
        return default

    def raw_text(self, key: str) -> str:
        """Return a text as it stands, spaces and tabs included."""
        value = self.values.get(key)
        self._asked[key] = None
        return value if isinstance(value, str) else self.text(key)

    def whole(self, key: str) -> int | None:
        """Return a whole number, or ``None``."""
        number = self.number(key)
        if number is None:
            return None
        if number.is_integer():
            return int(number)
        self.add(NOT_WHOLE, key, value=number)
        return None

    def number(self, key: str) -> float | None:
        """Return a finite number, or ``None``."""
        value = self._value(key)
        if value is None:
            return None
        if not isinstance(value, bool):
            number = _number(value)
            if number is not None:
                return number
        self.add(NOT_A_NUMBER, key, value=value)
        return None

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return yes or no."""
        value = self._value(key)
        if value is None:
            return default
        word = str(value).strip().casefold()
        if word in _YES or word in _NO:
            return word in _YES
        self.add(NOT_A_FLAG, key, value=value)
        return default

    def day(self, key: str) -> date | None:
        """Return a calendar day, or ``None``."""
        value = self._value(key)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.add(NOT_A_DAY, key, value=value)
            return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text is split at semicolons, as sheets write lists."""
        value = self._value(key)
        if value is None:
            return ()
        if isinstance(value, (list, tuple)):
            found = [str(item).strip() for item in cast("Sequence[object]", value)]
        elif isinstance(value, dict):
            self.add(NOT_A_LIST, key, value=value)
            return ()
        else:
            found = [part.strip() for part in str(value).split(";")]
        return tuple(text for text in found if text)

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return a list of finite numbers."""
        found = [_number(text) for text in self.texts(key)]
        if any(number is None for number in found):
            self.add(NOT_A_LIST, key, value=self.values[key])
            return ()
        return tuple(number for number in found if number is not None)

    def choice(self, key: str, choices: Collection[str], default: str = "") -> str:
        """Return one of ``choices`` (capitals and spaces are forgiven)."""
        word = self.text(key, default)
        plain = word.casefold().replace(" ", "_").replace("-", "_")
        if word == default or plain in choices:
            return word if word == default else plain
        self.add(
            NOT_A_CHOICE, key, value=word, nearest=nearest_name(plain, choices),
            known=", ".join(choices),
        )  # fmt: skip
        return default

    def mapping(self, key: str) -> dict[str, Any]:
        """Return an inline table of names and values, or an empty one.

        In a sheet it is written as ``under_5 = children under 5; 65_plus = people over 64``.
        """
        value = self._value(key)
        if value is None:
            return {}
        if isinstance(value, dict):
            return cast("dict[str, Any]", value)
        pairs = [part.partition("=") for part in str(value).split(";") if part.strip()]
        if isinstance(value, str) and all(name.strip() and sign for name, sign, _ in pairs):
            return {name.strip(): text.strip() for name, _, text in pairs}
        self.add(NOT_A_TABLE, key, value=value)
        return {}

    def table(self, key: str) -> Declaration:
        """Return a table within this one (empty when it is not there)."""
        return Declaration(
            self.mapping(key), written=self.written, path=(*self.path, key), problems=self.problems
        )

    def tables(self, key: str) -> list[Declaration]:
        """Return the tables of a list of tables; one table alone counts as a list of one."""
        value = self._value(key)
        listed: list[Any] = value if isinstance(value, list) else [] if value is None else [value]
        found: list[Declaration] = []
        for position, one in enumerate(listed):
            path = (*self.path, key, position) if isinstance(value, list) else (*self.path, key)
            if isinstance(one, dict):
                fields = cast("dict[str, Any]", one)
                found.append(
                    Declaration(fields, written=self.written, path=path, problems=self.problems)
                )
            else:
                self.add(NOT_A_TABLE, key, value=one)
        return found

    def require(self, key: str, missing: ProblemKind) -> bool:
        """Add the problem ``missing`` unless ``key`` is there."""
        if self.has(key):
            return True
        self.add(missing, key)
        return False

    def finish(self, also: Collection[str] = ()) -> None:
        """List every key that was never asked for; ``also`` names keys read elsewhere."""
        known = [*self._asked, *also]
        for key in self.values:
            if key not in known:
                self.add(
                    UNKNOWN_KEY, key, value=key, nearest=nearest_name(key, known),
                    known=", ".join(known),
                )  # fmt: skip

    def _value(self, key: str) -> Any:
        self._asked[key] = None
        value = self.values.get(key)
        return None if isinstance(value, str) and not value.strip() else value


def _number(value: object) -> float | None:
    if isinstance(value, str):
        if _TWO_READINGS.fullmatch(value.strip()):
            return None
        value = value.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
    if not isinstance(value, (str, int, float)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
