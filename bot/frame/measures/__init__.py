"""One file per measure: its words, its window, and the question it asks of a block of accounts."""
