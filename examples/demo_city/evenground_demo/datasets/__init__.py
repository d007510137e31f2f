"""Files that the initiatives rest on, with the faults that such files have."""
