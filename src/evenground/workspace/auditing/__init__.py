"""Auditing one dataset: from what is opened to its audit, and what is said and written of it."""
