"""Open whatever is to be audited as one lazy table, with everything that was wrong on opening."""

from evenground.stores.audited.opened import Audited, AuditedFile

__all__ = ["Audited", "AuditedFile"]
