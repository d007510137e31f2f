"""What an audit measures: each check and measure a function of its own, over tables and arrays."""
