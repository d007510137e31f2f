"""Figures of Problem: needs by group, units on a map of need, services, what came before."""
