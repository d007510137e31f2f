"""Benefits registers: the table of promises as a city's own register has it, in and out."""
