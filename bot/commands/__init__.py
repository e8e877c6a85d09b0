"""One file per command with its buttons and forms: request in, Reply out."""
