"""One parser per type of cell: the untidy forms people write, to plain values or a fault."""
