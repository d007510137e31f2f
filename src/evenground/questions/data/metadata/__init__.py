"""What is written about data, in the forms that others use: DCAT, Table Schema, CSVW, DQV."""
