"""Cells: from what is written in a file to numbers, dates, codes and choices; pure."""
