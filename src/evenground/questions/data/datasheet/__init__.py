"""A dataset's datasheet: what people say about it, which no data can show."""
