"""Readers for other systems' exports."""
