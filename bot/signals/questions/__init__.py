"""One file per signal: what it reads, its limits, and its question to a block of accounts."""
