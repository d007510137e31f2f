"""When residents were asked, what was still open then, and what became of what they said."""
