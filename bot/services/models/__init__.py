"""Versions of the health model as people work on them: drafted, simulated, approved, retired."""
