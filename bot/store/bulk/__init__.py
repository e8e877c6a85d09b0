"""The only native or Core statements of the house; each takes the workspace it is for."""
