"""What an option costs over its whole life, what leaving it costs, and what its effect is worth."""
