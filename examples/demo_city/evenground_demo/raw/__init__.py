"""The same city as its offices would really send it: flawed spreadsheets, on purpose."""
