"""Who is watched: what components sense, of whom, how long kept, and for what beyond today."""
