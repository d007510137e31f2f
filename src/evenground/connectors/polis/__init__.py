"""Exports of Polis conversations: statements, votes, who voted."""
