"""What a model's predictions did to whom: errors and calibration by group and area."""
