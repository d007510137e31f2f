"""Numbers of Promise: designs, effects, their inference, and what a rule set beforehand says."""
