"""The pass over series as lazy expressions, for rows that stay in PostgreSQL, Spark or DuckDB."""
