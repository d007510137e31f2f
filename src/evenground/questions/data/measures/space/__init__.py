"""Where the rows are: coordinates at fault, places outside, moved sites, boundaries, coverage."""
