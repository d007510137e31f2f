"""Turn findings into sentences: a question's wording, the shared wording, one language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from evenground.dossier import ToldAsk, ToldFigure, ToldFinding, ToldTable
from evenground.evidence import Ask, Estimate, Figure, Finding, Message, Method, Parameter, Table
from evenground.language import Language
from evenground.workspace.wording import SHARED

Wording = Mapping[str, str | tuple[str, str]]
MARK = "wording:"
"""A string that starts like this is a wording code: in a figure, as a unit, as a group's name."""


class Teller:
    """Says codes of one question in one language; what it lacks, the shared wording says."""

    def __init__(self, wording: Wording, language: Language) -> None:
        self._wording = {**SHARED, **wording}
        self._language = language

    def message(self, message: Message) -> str:
        """Say a message; its parameters may hold messages themselves.

        Raises
        ------
        KeyError
            If the code, or a field that its template names, is unknown.
        """
        return self.say(message.code, message.parameters)

    def say(self, code: str, parameters: Mapping[str, Parameter]) -> str:
        """Say a code with parameters."""
        return self._language.say(self._wording[code], _Spoken(parameters, self._spoken))

    def knows(self, code: str) -> bool:
        """Tell whether there is a wording for a code."""
        return code in self._wording

    def finding(self, finding: Finding) -> ToldFinding:
        """Say everything that a finding has to say."""
        known = finding.parameters
        return ToldFinding(
            finding=replace(
                finding,
                estimates=tuple(map(self._spoken, finding.estimates)),
                method=self._method(finding.method),
            ),
            sentence=self.message(finding.message),
            verdict=self.say(f"verdict.{finding.verdict.code}", known),
            labels={one.name: self.say(f"label.{one.name}", known) for one in finding.estimates},
            caveats=tuple(self.message(caveat) for caveat in finding.caveats),
            would_change=tuple(self.message(change) for change in finding.would_change),
            asks=tuple(self.ask(ask) for ask in finding.asks),
            tables=tuple(self.table(table, known) for table in finding.tables),
            figures=tuple(self.figure(figure, known) for figure in finding.figures),
        )

    def ask(self, ask: Ask) -> ToldAsk:
        """Say whom to ask for what, and what for."""
        return ToldAsk(
            to=self.message(ask.to),
            what=self.message(ask.what),
            unlocks=self.message(ask.unlocks),
            by=ask.by,
        )

    def table(self, table: Table, known: Mapping[str, Parameter]) -> ToldTable:
        """Say a table's title, headings and the cells that are messages."""
        return ToldTable(
            key=table.key,
            title=self.message(table.title) if table.title else "",
            columns=tuple(
                self._marked(f"{MARK}column.{column}", known) for column in table.columns
            ),
            rows=tuple(tuple(self._spoken(cell) for cell in row) for row in table.rows),
        )

    def figure(self, figure: Figure, known: Mapping[str, Parameter]) -> ToldFigure:
        """Say a figure's title, alternative, table and the labels in its specification.

        Labels may name the finding's parameters and those of the title.
        """
        known = {**known, **figure.title.parameters}
        spec = self._filled(figure.spec, known)
        return ToldFigure(
            key=figure.key,
            title=self.message(figure.title),
            alternative=self.message(figure.alternative),
            spec=spec,
            table=self.table(figure.table, known),
        )

    def _method(self, method: Method | None) -> Method | None:
        if method is None:
            return None
        say = self._language.text
        return replace(method, name=say(method.name), formula=say(method.formula))

    def _spoken(self, value: Parameter) -> Parameter:
        """Turn what is a message, or holds some, into words."""
        if isinstance(value, Message):
            return self.message(value)
        if isinstance(value, str) and value.startswith(MARK):
            return self._marked(value, {})
        if isinstance(value, Estimate):
            unit = self._spoken(value.unit) if value.unit.startswith(MARK) else value.unit
            unit = self._language.text(unit)
            return replace(value, unit=unit, about=self._spoken(value.about))
        if isinstance(value, (list, tuple)):
            return tuple(self._spoken(item) for item in value)
        return value

    def _marked(self, text: str, known: Mapping[str, Parameter]) -> str:
        """Say ``wording:code`` or ``wording:code|name=value|…``; the latter brings parameters.

        Text that only looks like it (a name in somebody's table) stays as it is.
        """
        code, *pairs = text.removeprefix(MARK).split("|")
        if code not in self._wording:
            return text
        brought = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
        return self.say(code, {**known, **brought})

    def _filled(self, node: Any, known: Mapping[str, Parameter]) -> Any:
        if isinstance(node, str) and node.startswith(MARK):
            return self._marked(node, known)
        if isinstance(node, Mapping):
            return {key: self._filled(value, known) for key, value in node.items()}
        if isinstance(node, (list, tuple)):
            return [self._filled(item, known) for item in node]
        return node


class _Spoken(Mapping[str, Parameter]):
    """Parameters in words, each only when a template names it."""

    def __init__(
        self, parameters: Mapping[str, Parameter], speak: Callable[[Parameter], Parameter]
    ) -> None:
        self._parameters = parameters
        self._speak = speak

    def __getitem__(self, name: str) -> Parameter:
        return self._speak(self._parameters[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)
