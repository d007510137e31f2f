"""Evenground: a city's own instrument for judging one digital initiative."""

__version__ = "0.1.0"
