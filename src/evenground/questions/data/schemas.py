"""Tables that only Data brings: what each purpose asks of data, where the city asks otherwise."""

from evenground.questions.data.purposes.schemas import TABLES

__all__ = ["TABLES"]
