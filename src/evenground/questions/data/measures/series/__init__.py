"""One ordered pass over the readings of a sensor: what is missing, repeated, stuck, odd or late."""
