"""Effects of what begins at different times in different places, and how sure they are."""
