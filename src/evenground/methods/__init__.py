"""What two or more questions share: pure functions over arrays."""
