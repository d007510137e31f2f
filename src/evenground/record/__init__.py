"""The tamper-evident record of what was promised, decided and changed.

It is pure: it reads no file, no clock and no randomness; keys and days are handed in. Entries that
name nobody form a chain (``chain``); each commits itself to a text that is kept apart until it is
opened (``commitment``, ``sealed_text``); ``status`` says what that shows, and what it does not.
"""

from evenground.record.permission import Permission, may_evaluate
from evenground.record.status import SealStatus

__all__ = ["Permission", "SealStatus", "may_evaluate"]
