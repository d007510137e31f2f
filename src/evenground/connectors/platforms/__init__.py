"""Votes on budgets held with Decidim or CONSUL: their exports as the rows of a Pabulib file."""
