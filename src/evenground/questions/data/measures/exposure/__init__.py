"""How far rows give people away: alike rows, uniform secrets, unique traces, small cells."""
