"""Health models as documents: drafted, simulated, approved by a second person."""
