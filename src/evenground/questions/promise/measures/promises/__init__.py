"""The promise itself: complete, more than a gesture, borrowed from where, there or not."""
