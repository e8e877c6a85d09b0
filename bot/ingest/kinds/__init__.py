"""One file per kind of fact, each defining `KIND`.  A new kind is one new file."""
