"""Sentences of commands that say much: one file per verb, marked for translation; no logic."""
