"""Numbers of the question: need, fit, fabric, and what the same money could do."""
