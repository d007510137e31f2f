"""The numbers of Reach: one named method per file, arrays in, frozen results out."""
