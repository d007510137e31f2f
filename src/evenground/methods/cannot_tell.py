"""The result of a method that could not establish what it was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from evenground.evidence import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotTell:
    """Returned in place of numbers.

    Attributes
    ----------
    reason
        Why it could not be established, and what would be needed: a wording code ``reason.…`` with
        its parameters.
    """

    reason: Message
