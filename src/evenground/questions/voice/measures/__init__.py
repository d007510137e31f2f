"""Numbers of Voice: counts of ballots, panels drawn by lot, opinions, timing, participation."""
