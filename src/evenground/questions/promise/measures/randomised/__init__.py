"""Planned randomisation: who gets it first by lot, and what the lots say afterwards."""
