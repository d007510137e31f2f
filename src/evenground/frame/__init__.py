"""What questions lay out before they compute: areas, people, groups, places and money as arrays."""
