"""The first hour: one file a step, and how far it has come."""
