"""Sortition: panels drawn by lot within quotas, as fairly as can be proved."""
