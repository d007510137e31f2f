"""Stores: files and engines, the only code that touches data."""
