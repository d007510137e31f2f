"""Open whatever is to be audited as one lazy table, with everything that was wrong on opening."""

from evenground.stores.audited.engine import reading
from evenground.stores.audited.opened import FILE, ROW, Audited, AuditedFile
from evenground.stores.audited.opening import open_audited

__all__ = ["FILE", "ROW", "Audited", "AuditedFile", "open_audited", "reading"]
