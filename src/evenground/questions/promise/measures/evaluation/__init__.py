"""One effect from one panel: the design decides the method, and others stand beside it."""
