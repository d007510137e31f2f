"""What the columns of a table hold, what they stand for, and what is wrong with them."""
