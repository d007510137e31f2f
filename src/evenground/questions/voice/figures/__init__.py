"""Pictures of Voice."""
