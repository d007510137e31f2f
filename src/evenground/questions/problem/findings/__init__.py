"""Measures to findings: verdicts, estimates, caveats, sources."""

from evenground.questions.problem.findings.answering import answer

__all__ = ["answer"]
