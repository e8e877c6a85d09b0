"""Large regular usage files: read in pieces, staged by account, memory bounded throughout."""
