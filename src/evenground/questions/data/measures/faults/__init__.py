"""Clean networks, faults planted into them, and how well they are found."""
