"""The log, the options and who took part to findings: verdicts, tables, pictures, whom to ask."""

from evenground.questions.voice.findings.answering import answer

__all__ = ["answer"]
