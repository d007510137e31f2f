"""Opinion maps: who voted like whom, whether that holds, and what divides and what bridges."""
