"""The city's tables, one module each: true people in, rows as a city would hold them out."""
