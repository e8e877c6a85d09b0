"""One file per form of source, each turning bytes into a `Book` of grids."""
