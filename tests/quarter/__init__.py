"""A quarter of the sample company, lived day by day: what the loop does, counted."""
