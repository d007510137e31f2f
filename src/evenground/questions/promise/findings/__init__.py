"""Promises, effects and costs to findings: verdicts, tables, pictures, whom to ask."""

from evenground.questions.promise.findings.answering import answer

__all__ = ["answer"]
