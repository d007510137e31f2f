"""What clocks do to times: hours that a zone skips or repeats, placeholders, shifted clocks."""
