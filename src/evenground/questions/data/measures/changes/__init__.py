"""What changes from file to file or from period to period: columns, categories, meanings."""
