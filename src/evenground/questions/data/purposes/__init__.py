"""What data are to carry: 16 measures, what each purpose asks of them, and a verdict for each."""
