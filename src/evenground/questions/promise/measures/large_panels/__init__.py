"""Panels of any size as sums by cluster, cohort and time, from which the estimators work."""
