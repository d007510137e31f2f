"""Three initiatives: one that reads as good, one that does not, and an offer that is one sheet."""
