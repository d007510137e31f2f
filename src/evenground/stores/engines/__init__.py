"""Engines where data may live: DuckDB, PostgreSQL and Spark, asked in the same expressions."""
