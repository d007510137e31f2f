"""Participatory budgeting: ballots, counting rules, certificates, reasons and fairness."""
