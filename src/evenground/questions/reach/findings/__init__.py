"""Reach answers: who gets it, who doesn't, and could chance have placed it like this?"""

from evenground.questions.reach.findings.answering import answer

__all__ = ["answer"]
