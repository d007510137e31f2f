"""What shows only from day to day or beside other sensors: steps, units, drift, gaps."""
