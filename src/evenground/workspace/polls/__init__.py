"""Votes of participatory budgets: from files of several kinds to one election."""
