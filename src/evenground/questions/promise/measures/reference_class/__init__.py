"""What can be expected of a promise: what became of those before it, in this city and elsewhere."""
