"""What an export does not say about a vote, and its reader has to be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteTerms:
    """Terms of a vote.

    Attributes
    ----------
    budget
        Money to be given, as digits with a point before decimals.
    part
        Which of several: the id of the budget in Decidim, the id or name of the heading in CONSUL;
        empty where there is one only.
    rule
        A rule of Pabulib's ("greedy", "equalshares/add1" …); empty where it is not known.
    title, country, unit, instance, currency, language
        What the vote is called; the country and the city; the year or edition; three letters; two
        letters. A language also chooses among translated titles.
    max_length
        The most projects on a ballot; empty where it was not limited.
    max_sum_cost
        The most that projects on a ballot may cost; empty where it was not limited.
    """

    budget: str = ""
    part: str = ""
    rule: str = ""
    title: str = ""
    country: str = ""
    unit: str = ""
    instance: str = ""
    currency: str = ""
    language: str = ""
    max_length: str = ""
    max_sum_cost: str = ""

    def meta(self, *, n_projects: int, n_votes: int, days: tuple[str, str]) -> dict[str, str]:
        """Return the lines of META in their order; what is not known is left out."""
        lines = {
            "description": self.title,
            "country": self.country,
            "unit": self.unit,
            "instance": self.instance,
            "num_projects": str(n_projects),
            "num_votes": str(n_votes),
            "budget": self.budget,
            "vote_type": "approval",
            "rule": self.rule or "unknown",
            "date_begin": days[0],
            "date_end": days[1],
            "max_length": self.max_length,
            "max_sum_cost": self.max_sum_cost,
            "language": self.language,
            "currency": self.currency,
        }
        return {key: text for key, text in lines.items() if text}
