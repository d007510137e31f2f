"""Audits to findings: verdicts, tables, pictures, whom to ask."""

from evenground.questions.data.findings.answering import answer

__all__ = ["answer"]
