"""Where data is read, kept and computed on: files, DuckDB; the only code that touches data."""
