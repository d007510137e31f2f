"""Tables of counts and shares: percentages among counts, totals, small bases, piles at the ends."""
