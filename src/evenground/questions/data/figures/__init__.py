"""Figures of Data: what is there when, what is flagged, who is in reach, what zonings do."""
