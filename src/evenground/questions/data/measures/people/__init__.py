"""Who is in the data, and who is not: representativeness, weights, coverage. Arrays in."""
